// CRAM-MD5 message by message: who is believed, refused, waited for and forgotten.
import assert from "node:assert/strict";
import { test } from "node:test";
import { type Messages, type MessageName, decodeProtobuf, encodeProtobuf } from "@mezzo/wire";
import { silentLogger } from "../../core/logger.ts";
import { Authenticator } from "./authenticator.ts";
import { cramMd5Digest } from "../../net/authentication/cram-md5.ts";

const CLIENT = "scheduler-1@127.0.0.1:9000";
const AUTHENTICATEE = "crammd5-authenticatee(1)@127.0.0.1:9000";
const TIMEOUT_MS = 15_000;

/** An authenticator, what it sent as `name text`, and a clock that tests move. */
class Play {
  now = 1_000;
  asked = 0;
  readonly sent: string[] = [];
  readonly authenticator = new Authenticator(
    { hostname: "h", timeoutMs: TIMEOUT_MS, credentials: new Map([["p", "secret"]]) },
    {
      clock: { now: () => this.now, after: () => ({ cancel() {} }) },
      random: { next: () => 0.5, uuid: () => "nonce" },
      logger: silentLogger,
      send: ({ to, name, body }) => {
        assert.match(to, /^crammd5-authenticatee/);
        this.sent.push(describe(name.slice("mesos.internal.".length) as MessageName, body));
      },
      onAsked: () => this.asked++,
    },
  );

  say<N extends MessageName>(name: N, message: Messages[N], from = AUTHENTICATEE): boolean {
    const body = encodeProtobuf(name, message);
    return this.authenticator.take({ from, to: "master@h:1", name: `mesos.internal.${name}`, body });
  }

  begin(): void {
    this.say("AuthenticateMessage", { pid: CLIENT });
  }

  start(mechanism = "CRAM-MD5"): void {
    this.say("AuthenticationStartMessage", { mechanism });
  }

  answer(secret: string, challenge = "<nonce.1@h>"): void {
    const text = `p ${cramMd5Digest(secret, challenge)}`;
    this.say("AuthenticationStepMessage", { data: Buffer.from(text).toString("base64") });
  }

  get last(): string | undefined {
    return this.sent.at(-1);
  }
}

function describe(name: MessageName, body: Uint8Array): string {
  const decoded = decodeProtobuf(name, body);
  assert.ok(decoded.ok);
  const message = decoded.value as { data?: string; mechanisms?: string[]; error?: string };
  const text = message.error ?? message.mechanisms?.join() ?? Buffer.from(message.data ?? "", "base64");
  return `${name} ${String(text)}`.trim();
}

test("Authenticator.take() believes who answers the challenge", () => {
  const play = new Play();
  play.begin();
  play.start();
  assert.equal(play.authenticator.principalOf(CLIENT), undefined);
  play.answer("secret");
  assert.deepEqual(play.sent, [
    "AuthenticationMechanismsMessage CRAM-MD5",
    "AuthenticationStepMessage <nonce.1@h>",
    "AuthenticationCompletedMessage",
  ]);
  assert.equal(play.authenticator.principalOf(CLIENT), "p");
});

test("Authenticator.take() refuses a wrong answer, and a second one without a new challenge", () => {
  const play = new Play();
  play.begin();
  play.start();
  play.answer("guess");
  assert.equal(play.last, "AuthenticationFailedMessage");
  play.answer("secret");
  assert.equal(play.last, "AuthenticationErrorMessage Unexpected authentication 'step' received");
  assert.equal(play.authenticator.principalOf(CLIENT), undefined);
});

test("Authenticator.take() names messages out of order and unknown mechanisms", () => {
  const play = new Play();
  play.start();
  assert.equal(play.last, "AuthenticationErrorMessage Unexpected authentication 'start' received");
  play.begin();
  play.answer("secret");
  assert.equal(play.last, "AuthenticationErrorMessage Unexpected authentication 'step' received");
  play.begin();
  play.start("PLAIN");
  assert.equal(play.last, "AuthenticationErrorMessage no mechanism available");
});

test("Authenticator.take() gives up on a client that takes too long", () => {
  const play = new Play();
  play.begin();
  play.start();
  play.now += TIMEOUT_MS + 1;
  play.answer("secret");
  assert.equal(play.last, "AuthenticationErrorMessage Unexpected authentication 'step' received");
});

test("Authenticator forgets a client that begins anew or is gone", () => {
  const play = new Play();
  for (const end of [() => play.begin(), () => play.authenticator.forget(CLIENT)]) {
    play.begin();
    play.start();
    play.answer("secret", `<nonce.${Math.floor(play.now / 1000)}@h>`);
    assert.equal(play.authenticator.principalOf(CLIENT), "p");
    end();
    assert.equal(play.authenticator.principalOf(CLIENT), undefined);
  }
});

test("Authenticator.postpone() keeps what a client says until it is decided who it is", () => {
  for (const [secret, expected] of [
    ["secret", "p"],
    ["guess", undefined],
  ] as const) {
    const play = new Play();
    const heard: (string | undefined)[] = [];
    const say = (): boolean =>
      play.authenticator.postpone(CLIENT, () => heard.push(play.authenticator.principalOf(CLIENT)));
    assert.equal(say(), false);
    play.begin();
    assert.equal(say(), true);
    play.start();
    assert.equal(say(), true);
    assert.deepEqual(heard, []);
    play.answer(secret);
    assert.deepEqual(heard, [expected, expected]);
    assert.equal(say(), false);
  }
});

test("Authenticator.postpone() forgets with the authentication that it waited for", () => {
  const play = new Play();
  const say = (): boolean => play.authenticator.postpone(CLIENT, () => assert.fail("nobody waits any more"));
  play.begin();
  assert.equal(say(), true);
  play.say("AuthenticateMessage", { pid: CLIENT }, "crammd5-authenticatee(2)@127.0.0.1:9000");
  assert.equal(play.asked, 2);
  // The first authenticatee speaks for nobody now.
  play.start();
  assert.equal(play.last, "AuthenticationErrorMessage Unexpected authentication 'start' received");
  assert.equal(say(), true);
  play.now += TIMEOUT_MS + 1;
  assert.equal(say(), false);
});

test("Authenticator.take() leaves other messages and answers malformed ones", () => {
  const play = new Play();
  assert.equal(play.say("PingSlaveMessage", { connected: true }), false);
  const body = Uint8Array.of(0xff);
  play.authenticator.take({
    from: AUTHENTICATEE,
    to: "master@h:1",
    name: "mesos.internal.AuthenticateMessage",
    body,
  });
  assert.match(play.last ?? "", /^AuthenticationErrorMessage ./);
});

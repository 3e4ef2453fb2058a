// Tests of the agent's half of authentication.
import assert from "node:assert/strict";
import { test } from "node:test";
import { type MessageName, type Messages, decodeProtobuf, encodeProtobuf } from "@mezzo/wire";
import { silentLogger } from "../../core/logger.ts";
import { ManualClock } from "../../net/testing/manual-clock.ts";
import { verifyCramMd5 } from "../../net/authentication/cram-md5.ts";
import { Authenticatee } from "./authenticatee.ts";

const PID = "crammd5-authenticatee(1)@127.0.0.1:5051";
const CLIENT = "slave(1)@127.0.0.1:5051";
const MASTER = "master@127.0.0.1:5050";
const SESSION = "crammd5-authenticator-session(1)@127.0.0.1:5050";
const CHALLENGE = "<nonce.1@h>";

class Play {
  readonly clock = new ManualClock();
  readonly sent: { to: string; name: string; body: Uint8Array }[] = [];
  readonly outcomes: boolean[] = [];
  readonly authenticatee = new Authenticatee(
    {
      credential: { principal: "p", secret: "s" },
      client: CLIENT,
      pid: PID,
      backoffFactorMs: 1_000,
      timeoutMinMs: 5_000,
      timeoutMaxMs: 60_000,
    },
    {
      clock: this.clock,
      random: { next: () => 1, uuid: () => "u" },
      logger: silentLogger,
      link: () => {},
      send: (message) => this.sent.push(message),
    },
  );

  begin(): void {
    this.authenticatee.authenticate(MASTER, (accepted) => this.outcomes.push(accepted));
  }

  hear<N extends MessageName>(name: N, message: Messages[N], from = SESSION): boolean {
    const body = encodeProtobuf(name, message);
    return this.authenticatee.take({ from, to: PID, name: `mesos.internal.${name}`, body });
  }

  get said(): string[] {
    return this.sent.map(({ to, name }) => `${name.replace("mesos.internal.", "")} → ${to.split("@")[0]}`);
  }
}

const challenge = { data: Buffer.from(CHALLENGE).toString("base64") };

test("Authenticatee answers the session that challenges it", () => {
  const play = new Play();
  play.begin();
  play.hear("AuthenticationMechanismsMessage", { mechanisms: ["PLAIN", "CRAM-MD5"] });
  play.hear("AuthenticationStepMessage", challenge);
  assert.deepEqual(play.said, [
    "AuthenticateMessage → master",
    "AuthenticationStartMessage → crammd5-authenticator-session(1)",
    "AuthenticationStepMessage → crammd5-authenticator-session(1)",
  ]);
  const step = decodeProtobuf("AuthenticationStepMessage", play.sent.at(-1)?.body ?? new Uint8Array());
  assert.ok(step.ok);
  const answer = Buffer.from(step.value.data, "base64");
  const credentials = new Map([["p", "s"]]);
  assert.equal(verifyCramMd5(answer, { challenge: CHALLENGE, credentials }), "p");
  play.hear("AuthenticationCompletedMessage", {}, "stranger@127.0.0.1:1");
  assert.deepEqual(play.outcomes, []);
  play.hear("AuthenticationCompletedMessage", {});
  play.hear("AuthenticationCompletedMessage", {});
  assert.deepEqual(play.outcomes, [true]);
});

test("Authenticatee says once that it was refused", () => {
  const play = new Play();
  play.begin();
  play.hear("AuthenticationMechanismsMessage", { mechanisms: ["CRAM-MD5"] });
  play.hear("AuthenticationFailedMessage", {});
  play.clock.advance(120_000);
  assert.deepEqual(play.outcomes, [false]);
  assert.equal(play.sent.length, 2);
});

test("Authenticatee asks again after errors and silence, with more patience each time", () => {
  const play = new Play();
  const asked = (): number => play.said.filter((words) => words.startsWith("AuthenticateMessage")).length;
  play.begin();
  play.clock.advance(6_999);
  assert.equal(asked(), 1);
  play.clock.advance(1);
  assert.equal(asked(), 2);
  play.clock.advance(8_999);
  assert.equal(asked(), 2);
  play.clock.advance(1);
  assert.equal(asked(), 3);
  play.hear("AuthenticationErrorMessage", { error: "no" });
  play.clock.advance(500);
  assert.equal(asked(), 4);
  play.authenticatee.linkBroken(SESSION);
  play.clock.advance(500);
  assert.equal(asked(), 4);
  play.authenticatee.linkBroken(MASTER);
  play.clock.advance(500);
  assert.equal(asked(), 5);
  play.authenticatee.cancel();
  play.clock.advance(120_000);
  assert.equal(asked(), 5);
});

test("Authenticatee.take() leaves messages of others", () => {
  const play = new Play();
  const message = {
    from: MASTER,
    to: CLIENT,
    name: "mesos.internal.PingSlaveMessage",
    body: new Uint8Array(),
  };
  assert.equal(play.authenticatee.take(message), false);
});

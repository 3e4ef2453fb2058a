// Authentication of drivers and agents over libprocess. It stands at the edge of the process, as HTTP authentication
// does: the steps only ever see who was let in.
//
//   client                                   master
//     AuthenticateMessage{its pid}      ──►
//                                       ◄──  AuthenticationMechanismsMessage{CRAM-MD5}
//     AuthenticationStartMessage        ──►
//                                       ◄──  AuthenticationStepMessage{challenge}
//     AuthenticationStepMessage{answer} ──►
//                                       ◄──  AuthenticationCompletedMessage | AuthenticationFailedMessage
import { type Messages, decodeProtobuf, encodeProtobuf } from "@mezzo/wire";
import type { Clock } from "../../core/clock.ts";
import type { Logger } from "../../core/logger.ts";
import type { Random } from "../../core/random.ts";
import type { Message } from "../../net/libprocess/message.ts";
import { verifyCramMd5 } from "../../net/authentication/cram-md5.ts";

export interface AuthenticatorOptions {
  /** Secrets by principal; absent: every answer is wrong, as in Mesos. */
  readonly credentials?: ReadonlyMap<string, string>;
  /** Part of the challenge. */
  readonly hostname: string;
  /** A client that takes longer begins anew. @see Mesos `--authentication_v0_timeout` */
  readonly timeoutMs: number;
}

export interface AuthenticatorDependencies {
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly send: (message: { to: string; name: string; body: Uint8Array }) => void;
  /** A client wants to authenticate. */
  readonly onAsked: () => void;
}

interface Session {
  /** Who is to be authenticated; its authenticatee is another process. */
  readonly pid: string;
  readonly startedMs: number;
  /** Absent until the client has chosen the mechanism. */
  challenge?: string;
  /** What is done once it has been decided who the client is. */
  readonly postponed: (() => void)[];
}

type AuthenticationMessage = Extract<keyof Messages, `Authentication${string}Message`>;

const PREFIX = "mesos.internal.";
const MECHANISM = "CRAM-MD5";
/** Clients at once in the middle of authentication; above that the oldest begin anew. */
const MAX_SESSIONS = 10_000;
/** Authenticated clients remembered: more than a cluster has agents and drivers. The oldest must do it again. */
const MAX_AUTHENTICATED = 100_000;
/** Messages that wait for an authentication: a client that is in the middle of one repeats its registration a few times. */
const MAX_POSTPONED = 16;

/** Knows which pids have proved to be which principal. @see Mesos src/authentication/cram_md5/authenticator.cpp */
export class Authenticator {
  readonly #credentials: ReadonlyMap<string, string>;
  readonly #hostname: string;
  readonly #timeoutMs: number;
  readonly #dependencies: AuthenticatorDependencies;
  /** By the pid of the authenticatee. */
  readonly #sessions = new Map<string, Session>();
  /** The authenticatee that speaks for a pid now; an earlier one counts no more. */
  readonly #authenticatees = new Map<string, string>();
  readonly #principals = new Map<string, string>();

  constructor(options: AuthenticatorOptions, dependencies: AuthenticatorDependencies) {
    this.#credentials = options.credentials ?? new Map();
    this.#hostname = options.hostname;
    this.#timeoutMs = options.timeoutMs;
    this.#dependencies = dependencies;
  }

  /** The principal that `pid` has proved to be. */
  principalOf(pid: string): string | undefined {
    return this.#principals.get(pid);
  }

  /**
   * While `pid` authenticates: keeps `again` for when it has been decided who it is, and returns true. An authentication
   * that is begun anew, goes wrong or takes too long takes it along, and the client repeats itself.
   */
  postpone(pid: string, again: () => void): boolean {
    const session = this.#sessionOf(this.#authenticatees.get(pid) ?? "");
    if (session === undefined) return false;
    if (session.postponed.length < MAX_POSTPONED) session.postponed.push(again);
    return true;
  }

  /** A client that is gone has to prove itself again. */
  forget(pid: string): void {
    this.#principals.delete(pid);
    this.#end(this.#authenticatees.get(pid) ?? "");
    this.#end(pid);
  }

  /** No more of this authentication. */
  #end(authenticatee: string): void {
    const session = this.#sessions.get(authenticatee);
    if (session === undefined) return;
    this.#sessions.delete(authenticatee);
    this.#authenticatees.delete(session.pid);
  }

  /** Takes a message of an authentication; false when the message is of another kind. */
  take({ from, name, body }: Message): boolean {
    switch (name) {
      case `${PREFIX}AuthenticateMessage`:
        this.#begin(from, body);
        return true;
      case `${PREFIX}AuthenticationStartMessage`:
        this.#challenge(from, body);
        return true;
      case `${PREFIX}AuthenticationStepMessage`:
        this.#finish(from, body);
        return true;
      default:
        return false;
    }
  }

  #begin(from: string, body: Uint8Array): void {
    const decoded = decodeProtobuf("AuthenticateMessage", body);
    if (!decoded.ok) return this.#fail(from, decoded.error);
    const { pid } = decoded.value;
    this.#dependencies.onAsked();
    this.#principals.delete(pid);
    this.#end(from);
    this.#end(this.#authenticatees.get(pid) ?? "");
    const oldest = this.#sessions.size < MAX_SESSIONS ? undefined : firstKey(this.#sessions);
    if (oldest !== undefined) this.#end(oldest);
    this.#sessions.set(from, { pid, startedMs: this.#dependencies.clock.now(), postponed: [] });
    this.#authenticatees.set(pid, from);
    return this.#send(from, "AuthenticationMechanismsMessage", { mechanisms: [MECHANISM] });
  }

  #challenge(from: string, body: Uint8Array): void {
    const decoded = decodeProtobuf("AuthenticationStartMessage", body);
    if (!decoded.ok) return this.#fail(from, decoded.error);
    const session = this.#sessionOf(from);
    if (session === undefined || session.challenge !== undefined) {
      return this.#fail(from, "Unexpected authentication 'start' received");
    }
    if (decoded.value.mechanism !== MECHANISM) return this.#fail(from, "no mechanism available");
    const { clock, random } = this.#dependencies;
    session.challenge = `<${random.uuid()}.${Math.floor(clock.now() / 1000)}@${this.#hostname}>`;
    const data = Buffer.from(session.challenge).toString("base64");
    return this.#send(from, "AuthenticationStepMessage", { data });
  }

  #finish(from: string, body: Uint8Array): void {
    const decoded = decodeProtobuf("AuthenticationStepMessage", body);
    if (!decoded.ok) return this.#fail(from, decoded.error);
    const { pid, challenge, postponed } = this.#sessionOf(from) ?? {};
    if (pid === undefined || challenge === undefined) {
      return this.#fail(from, "Unexpected authentication 'step' received");
    }
    this.#end(from);
    const answer = Buffer.from(decoded.value.data, "base64");
    const principal = verifyCramMd5(answer, { challenge, credentials: this.#credentials });
    const { logger } = this.#dependencies;
    if (principal === undefined) {
      logger.warn("Authentication failed: invalid credentials", { pid });
      this.#send(from, "AuthenticationFailedMessage", {});
    } else {
      const oldest = this.#principals.size < MAX_AUTHENTICATED ? undefined : firstKey(this.#principals);
      if (oldest !== undefined) this.#principals.delete(oldest);
      this.#principals.set(pid, principal);
      logger.info("Authenticated", { pid, principal });
      this.#send(from, "AuthenticationCompletedMessage", {});
    }
    for (const again of postponed ?? []) again();
  }

  #sessionOf(from: string): Session | undefined {
    const session = this.#sessions.get(from);
    const isFresh = session && this.#dependencies.clock.now() - session.startedMs <= this.#timeoutMs;
    return isFresh ? session : undefined;
  }

  #fail(from: string, error: string): void {
    this.#end(from);
    this.#dependencies.logger.warn("An authentication went wrong", { from, error });
    this.#send(from, "AuthenticationErrorMessage", { error });
  }

  #send<N extends AuthenticationMessage>(to: string, name: N, message: Messages[N]): void {
    this.#dependencies.send({ to, name: PREFIX + name, body: encodeProtobuf(name, message) });
  }
}

/** The key that came first. */
function firstKey(map: ReadonlyMap<string, unknown>): string | undefined {
  return map.keys().next().value;
}

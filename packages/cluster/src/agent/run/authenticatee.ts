// The agent's half of authentication towards its master: it stands at the edge of the process, in front of registration,
// so that the steps only ever see masters that let the agent in. @see Mesos src/authentication/cram_md5/authenticatee.cpp
//
//   agent                                    master
//     AuthenticateMessage{the agent's pid} ──►
//                                          ◄──  AuthenticationMechanismsMessage
//     AuthenticationStartMessage           ──►
//                                          ◄──  AuthenticationStepMessage{challenge}
//     AuthenticationStepMessage{answer}    ──►
//                                          ◄──  AuthenticationCompletedMessage | …Failed | …Error
import { type Messages, decodeProtobuf, encodeProtobuf } from "@mezzo/wire";
import type { Clock, Timer } from "../../core/clock.ts";
import type { Logger } from "../../core/logger.ts";
import type { Random } from "../../core/random.ts";
import { cramMd5Digest } from "../../net/authentication/cram-md5.ts";
import type { Message } from "../../net/libprocess/message.ts";
import type { AgentCredential } from "../options.ts";

export interface AuthenticateeOptions {
  readonly credential: AgentCredential;
  /** The pid to be authenticated: the agent's own. */
  readonly client: string;
  /** Where the master's answers go: a process of its own, as in Mesos. */
  readonly pid: string;
  readonly backoffFactorMs: number;
  readonly timeoutMinMs: number;
  readonly timeoutMaxMs: number;
}

export interface AuthenticateeDependencies {
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly send: (message: { from: string; to: string; name: string; body: Uint8Array }) => void;
  /** Keeps a connection to the master, whose end is the end of what it believes. */
  readonly link: (pid: string) => void;
}

type AuthenticationMessage = Extract<keyof Messages, `Authenticat${string}Message`>;

interface Attempt {
  readonly master: string;
  /** Timeouts are random below this bound, which doubles its distance from the least one. */
  readonly maxMs: number;
  readonly done: (accepted: boolean) => void;
  /** The master's session, once it answered. */
  session?: string;
}

const PREFIX = "mesos.internal.";
const MECHANISM = "CRAM-MD5";
/** After an error the next attempt does not follow at once: a master that always errs is not asked in a busy loop. */
const ERROR_PAUSE_MS = 500;

/** Proves who the agent is. One attempt at a time; a new master supersedes the attempt at the last one. */
export class Authenticatee {
  readonly #options: AuthenticateeOptions;
  readonly #dependencies: AuthenticateeDependencies;
  #attempt: Attempt | undefined;
  #timer: Timer | undefined;

  constructor(options: AuthenticateeOptions, dependencies: AuthenticateeDependencies) {
    this.#options = options;
    this.#dependencies = dependencies;
  }

  /** Asks until the master has decided, then says once whether it let the agent in. */
  authenticate(master: string, done: (accepted: boolean) => void): void {
    const { timeoutMinMs, timeoutMaxMs, backoffFactorMs } = this.#options;
    const maxMs = Math.min(timeoutMinMs + backoffFactorMs * 2, timeoutMaxMs);
    this.#begin({ master, maxMs, done });
  }

  /** Takes a message for the authenticatee; false when it is another's. */
  take({ from, to, name, body }: Message): boolean {
    if (to !== this.#options.pid) return false;
    const attempt = this.#attempt;
    if (attempt === undefined || (attempt.session !== undefined && attempt.session !== from)) return true;
    switch (name) {
      case `${PREFIX}AuthenticationMechanismsMessage`:
        this.#start(attempt, from, body);
        break;
      case `${PREFIX}AuthenticationStepMessage`:
        this.#answer(attempt, from, body);
        break;
      case `${PREFIX}AuthenticationCompletedMessage`:
        this.#decided(attempt, true);
        break;
      case `${PREFIX}AuthenticationFailedMessage`:
        this.#decided(attempt, false);
        break;
      case `${PREFIX}AuthenticationErrorMessage`: {
        const decoded = decodeProtobuf("AuthenticationErrorMessage", body);
        this.#failed(
          attempt,
          `Authentication error: ${decoded.ok ? (decoded.value.error ?? "") : decoded.error}`,
        );
        break;
      }
    }
    return true;
  }

  /** The connection to a master broke: what was said may be lost, so that waiting for an answer is in vain. */
  linkBroken(pid: string): void {
    if (this.#attempt?.master === pid) this.#failed(this.#attempt, "the connection broke");
  }

  /** Gives up; nobody hears of it. */
  cancel(): void {
    this.#attempt = undefined;
    this.#timer?.cancel();
  }

  #begin(attempt: Attempt): void {
    const { clock, random, logger, link } = this.#dependencies;
    const { timeoutMinMs, client } = this.#options;
    this.cancel();
    this.#attempt = attempt;
    logger.info("Authenticating with the master", { master: attempt.master });
    link(attempt.master);
    this.#send(attempt.master, "AuthenticateMessage", { pid: client });
    const timeoutMs = timeoutMinMs + random.next() * Math.max(0, attempt.maxMs - timeoutMinMs);
    this.#timer = clock.after(timeoutMs, () => this.#again(attempt, "it took too long"));
  }

  #start(attempt: Attempt, from: string, body: Uint8Array): void {
    const decoded = decodeProtobuf("AuthenticationMechanismsMessage", body);
    if (!decoded.ok) return this.#failed(attempt, decoded.error);
    if (!(decoded.value.mechanisms ?? []).includes(MECHANISM)) {
      return this.#failed(attempt, `the master does not offer ${MECHANISM}`);
    }
    attempt.session = from;
    return this.#send(from, "AuthenticationStartMessage", { mechanism: MECHANISM });
  }

  #answer(attempt: Attempt, from: string, body: Uint8Array): void {
    const decoded = decodeProtobuf("AuthenticationStepMessage", body);
    if (!decoded.ok) return this.#failed(attempt, decoded.error);
    const { principal, secret } = this.#options.credential;
    const challenge = Buffer.from(decoded.value.data, "base64").toString("utf8");
    const answer = Buffer.from(`${principal} ${cramMd5Digest(secret, challenge)}`);
    return this.#send(from, "AuthenticationStepMessage", { data: answer.toString("base64") });
  }

  #decided(attempt: Attempt, accepted: boolean): void {
    const { logger } = this.#dependencies;
    const facts = { master: attempt.master };
    if (accepted) logger.info("Successfully authenticated with the master", facts);
    else logger.error("Master refused authentication", facts);
    this.cancel();
    attempt.done(accepted);
  }

  #failed(attempt: Attempt, reason: string): void {
    this.#timer?.cancel();
    this.#timer = this.#dependencies.clock.after(ERROR_PAUSE_MS, () => this.#again(attempt, reason));
  }

  #again(attempt: Attempt, reason: string): void {
    const { master, maxMs, done } = attempt;
    const { timeoutMinMs, timeoutMaxMs } = this.#options;
    this.#dependencies.logger.warn("Failed to authenticate with the master", { master, reason });
    const longer = timeoutMinMs + (maxMs - timeoutMinMs) * 2;
    this.#begin({ master, maxMs: Math.min(longer, timeoutMaxMs), done });
  }

  #send<Name extends AuthenticationMessage>(to: string, name: Name, message: Messages[Name]): void {
    this.#dependencies.send({
      from: this.#options.pid,
      to,
      name: PREFIX + name,
      body: encodeProtobuf(name, message),
    });
  }
}

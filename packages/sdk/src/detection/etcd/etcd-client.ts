// Calls to etcd version 3 through its JSON gateway, on any member that answers.
import { Agent } from "node:http";
import { parseJson } from "@mezzo/wire";
import type { Clock } from "../../clock.ts";
import { EtcdError, type EtcdRefusal, errorOfRefusal, wantsNewToken } from "./etcd-error.ts";
import { type EtcdAnswer, openPost, post, unreachable } from "./etcd-http.ts";
import type { EtcdPlace } from "./parse-etcd-url.ts";

export interface EtcdClientOptions {
  /** How long one member has for its answer before another one is asked, milliseconds. */
  attemptTimeoutMs: number;
}

/** A stream of answers. */
export interface EtcdStream {
  close(): void;
}

export interface EtcdStreamListener {
  /** One answer. */
  next(result: unknown): void;
  /** It is over, not by `close`. Called once. */
  ended(error: EtcdError): void;
}

/** Connections to one member: a call waits for another one rather than open more. */
const MAX_CONNECTIONS = 16;

/** An event with a master's info has a few kB. */
const MAX_LINE_CHARACTERS = 4 * 1024 * 1024;

function resultOf({ status, text }: EtcdAnswer, endpoint: string): unknown {
  const json = parseJson(text);
  if (!json.ok || typeof json.value !== "object" || json.value === null) {
    const message = `${endpoint} answers ${status} without JSON: it is no etcd of version 3.4 or newer`;
    throw status >= 500
      ? unreachable(endpoint, new Error(`it answers ${status}`))
      : new EtcdError("failed", message);
  }
  return json.value;
}

/**
 * Every call may be sent more than once, to different members, when no answer comes: callers only ask for what may
 * happen twice.
 * @see etcd-io/etcd Documentation/dev-guide/api_grpc_gateway.md
 */
export class EtcdClient {
  readonly #place: EtcdPlace;
  readonly #options: EtcdClientOptions;
  readonly #clock: Clock;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: MAX_CONNECTIONS });
  readonly #streams = new Set<EtcdStream>();
  /** The member that is asked first: the one that answered last. */
  #current = 0;
  #token: Promise<string | undefined> | undefined;

  constructor(place: EtcdPlace, options: EtcdClientOptions, { clock }: { clock: Clock }) {
    this.#place = place;
    this.#options = options;
    this.#clock = clock;
  }

  /** Asks one member after the other until one answers. Rejects with an EtcdError. */
  async call<Answer>(method: string, body: object): Promise<Answer> {
    let failure: unknown;
    for (let tried = 0; tried < this.#place.endpoints.length; tried++) {
      const endpoint = this.member;
      try {
        return (await this.#callMember(endpoint, method, body)) as Answer;
      } catch (error) {
        if (!(error instanceof EtcdError) || error.code !== "unreachable") throw error;
        failure = error;
        this.#leave(endpoint);
      }
    }
    throw failure;
  }

  /** Opens a stream on the current member. */
  stream(method: string, body: object, listener: EtcdStreamListener): EtcdStream {
    const endpoint = this.member;
    let close = (): void => undefined;
    let isOver = false;
    const end = (error?: EtcdError): void => {
      if (isOver) return;
      isOver = true;
      this.#streams.delete(stream);
      close();
      if (error !== undefined) listener.ended(error);
    };
    const stream: EtcdStream = { close: () => end() };
    this.#streams.add(stream);
    this.#authenticate(endpoint).then(
      (token) => {
        if (isOver) return;
        const request = openPost({ endpoint, method, body, token }, false);
        close = () => request.destroy();
        request.on("error", (error) => end(unreachable(endpoint, error)));
        request.once("response", (message) => {
          let rest = "";
          message.setEncoding("utf8");
          message.on("data", (chunk: string) => {
            const lines = (rest + chunk).split("\n");
            rest = lines.pop() ?? "";
            for (const line of lines)
              if (!isOver && line.trim() !== "") this.#takeLine(line, { listener, end });
            if (rest.length > MAX_LINE_CHARACTERS)
              end(new EtcdError("failed", "an answer of etcd is too long"));
          });
          message.on("close", () => end(unreachable(endpoint, new Error("it closed the stream"))));
        });
      },
      (error: unknown) => {
        end(error instanceof EtcdError ? error : unreachable(endpoint, error));
      },
    );
    return stream;
  }

  /** Ends what is on its way. */
  close(): void {
    for (const stream of this.#streams) stream.close();
    this.#agent.destroy();
  }

  /** The member that is asked first. */
  get member(): string {
    return this.#place.endpoints[this.#current] ?? "";
  }

  #leave(endpoint: string): void {
    if (endpoint === this.member) this.#current = (this.#current + 1) % this.#place.endpoints.length;
  }

  #takeLine(
    line: string,
    { listener, end }: { listener: EtcdStreamListener; end: (error: EtcdError) => void },
  ): void {
    const json = parseJson(line);
    const { result, error } = (json.ok ? json.value : {}) as { result?: unknown; error?: EtcdRefusal };
    if (result !== undefined) return listener.next(result);
    if (error !== undefined && wantsNewToken(error)) this.#token = undefined;
    end(
      error === undefined ? new EtcdError("failed", "etcd sends what is no answer") : errorOfRefusal(error),
    );
  }

  async #callMember(endpoint: string, method: string, body: object): Promise<unknown> {
    for (let isSecond = false; ; isSecond = true) {
      const token = await this.#authenticate(endpoint);
      const answer = resultOf(await this.#post({ endpoint, method, body, token }), endpoint) as {
        error?: EtcdRefusal | string;
        result?: unknown;
      } & EtcdRefusal;
      if (answer.error === undefined) return answer.result ?? answer;
      const refusal = typeof answer.error === "string" ? answer : answer.error;
      if (!isSecond && token !== undefined && wantsNewToken(refusal)) this.#token = undefined;
      else throw errorOfRefusal(refusal);
    }
  }

  #post(call: Parameters<typeof post>[0]): Promise<EtcdAnswer> {
    const timeoutMs = this.#options.attemptTimeoutMs;
    return post(call, { agent: this.#agent, clock: this.#clock, timeoutMs });
  }

  /** The token for calls; undefined when there are no credentials, or etcd asks for none. */
  #authenticate(endpoint: string): Promise<string | undefined> {
    const { user } = this.#place;
    if (user === undefined) return Promise.resolve(undefined);
    if (this.#token === undefined) {
      const token = this.#askToken(endpoint, user);
      this.#token = token;
      token.catch(() => {
        if (this.#token === token) this.#token = undefined;
      });
    }
    return this.#token;
  }

  async #askToken(endpoint: string, body: object): Promise<string | undefined> {
    const call = { endpoint, method: "auth/authenticate", body, token: undefined };
    const answer = resultOf(await this.#post(call), endpoint) as {
      token?: string;
      error?: string;
    } & EtcdRefusal;
    if (answer.token !== undefined) return answer.token;
    if (answer.message?.includes("authentication is not enabled") === true) return undefined;
    throw errorOfRefusal(answer);
  }
}

// Sends calls in order and says what became of each.
import { failure, success, type MediaType, type Result } from "@mezzo/wire";
import { readText } from "./transport/read-text.ts";
import type { Transport } from "./transport/transport.ts";

/** Calls that wait for their answer: far more than any sane framework has under way, and a few MB at most. */
const MAX_PENDING_CALLS = 10_000;

/** What became of a call: accepted, or the reason why not. */
export type CallResult = Result<undefined>;

/** Posts bodies to one path, counting those under way. */
export class CallSender {
  readonly #transport: Transport;
  readonly #options: { path: string; mediaType: MediaType; headers: Readonly<Record<string, string>> };
  #pending = 0;

  constructor(
    options: { path: string; mediaType: MediaType; headers: Readonly<Record<string, string>> },
    transport: Transport,
  ) {
    this.#options = options;
    this.#transport = transport;
  }

  /** Sends one call. Never rejects: a call that cannot be sent is a refused one. */
  async send(origin: string, body: Uint8Array, streamId: string | undefined): Promise<CallResult> {
    if (this.#pending >= MAX_PENDING_CALLS) {
      return failure(`Cannot send a call: ${MAX_PENDING_CALLS} calls are still waiting for an answer`);
    }
    this.#pending += 1;
    try {
      const headers: Record<string, string> = {
        ...this.#options.headers,
        "Content-Type": this.#options.mediaType,
        Accept: this.#options.mediaType,
      };
      if (streamId !== undefined) headers["Mesos-Stream-Id"] = streamId;
      const response = await this.#transport.post({
        origin,
        path: this.#options.path,
        headers,
        body,
        lane: "calls",
      });
      const text = await readText(response);
      const isAccepted = response.status === 202 || response.status === 200;
      return isAccepted ? success(undefined) : failure(`${response.status}: ${text}`);
    } catch (error) {
      return failure(`Cannot send a call: ${error instanceof Error ? error.message : String(error)}`);
    } finally {
      this.#pending -= 1;
    }
  }
}

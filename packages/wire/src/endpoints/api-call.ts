// What there is to say about a call of an HTTP API, once, for servers, clients and documentation.
import type { MessageName } from "../codec.ts";
import type { Messages } from "../messages.gen.ts";

/**
 * How a call is answered when all is well: `response` 200 with a message, `ok` 200 without a body, `accepted` 202
 * without a body, `stream` 200 with records until one side hangs up.
 */
export type CallAnswer = "response" | "ok" | "accepted" | "stream";

/** One call of an API whose calls are messages of type `Call`. */
export interface ApiCall<Call> {
  /** The field that holds the call's arguments; absent when it has none. */
  readonly body?: keyof Call & string;
  /** The call is good without its body. */
  readonly bodyOptional?: true;
  readonly answer: CallAnswer;
  /** The message in each record of a stream. */
  readonly record?: MessageName;
  /** The request is a stream of calls of this type (`application/recordio`). */
  readonly streamsRequest?: true;
}

/** One API: where it is and which messages it speaks. */
export interface Api<Name extends MessageName, Type extends string> {
  /** Below the root of a master or agent. */
  readonly path: string;
  readonly call: Name;
  /** How Mesos names the call in errors: "Failed to validate scheduler::Call: …". */
  readonly callName: string;
  /** The message of the answers `response`. */
  readonly response?: MessageName;
  readonly calls: Readonly<Record<Type, ApiCall<Messages[Name]>>>;
}

// Status line and headers of responses, as libprocess writes them (encoder.hpp).
import type { Clock } from "../../core/clock.ts";
import type { HttpResponse } from "./http-response.ts";
import { httpDate } from "./http-date.ts";
import { statusText } from "./status-text.ts";

/** How the body of a response is delimited: its length in bytes, or `chunked`. */
export type ResponseFraming = number | "chunked";

/** Encodes heads; the Date header is formatted once a second. */
export class ResponseEncoder {
  readonly #clock: Clock;
  #second = Number.NaN;
  #date = "";
  #accepted = "";

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Everything up to and with the empty line. Line breaks in header values become spaces. */
  encodeHead(response: HttpResponse, framing: ResponseFraming): string {
    this.#refreshDate();
    let text = `HTTP/1.1 ${statusText(response.status)}\r\n${this.#date}`;
    let typed = false;
    if (response.headers !== undefined) {
      for (const [name, value] of Object.entries(response.headers)) {
        typed ||= name.toLowerCase() === "content-type";
        text += `${name}: ${/[\r\n]/.test(value) ? value.replace(/[\r\n]+/g, " ") : value}\r\n`;
      }
    }
    if (!typed && framing !== "chunked" && response.body !== undefined) {
      text += "Content-Type: text/plain; charset=utf-8\r\n";
    }
    return framing === "chunked"
      ? `${text}Transfer-Encoding: chunked\r\n\r\n`
      : `${text}Content-Length: ${framing}\r\n\r\n`;
  }

  /** The whole `202 Accepted` that answers a libprocess message. */
  accepted(): string {
    this.#refreshDate();
    return this.#accepted;
  }

  #refreshDate(): void {
    const second = Math.floor(this.#clock.now() / 1000);
    if (second !== this.#second) {
      this.#second = second;
      this.#date = `Date: ${httpDate(second * 1000)}\r\n`;
      this.#accepted = `HTTP/1.1 202 Accepted\r\n${this.#date}Content-Length: 0\r\n\r\n`;
    }
  }
}

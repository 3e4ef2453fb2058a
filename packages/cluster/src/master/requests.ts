// HTTP requests that became inputs and wait for the effect that answers them.
import type { MediaType } from "@mezzo/wire";
import type { HttpAnswer, HttpResponse } from "../net/http/http-response.ts";
import { errorResponse } from "../net/http/responses.ts";
import type { MasterEffect } from "./effects.ts";
import type { EventStreams } from "./event-streams.ts";

/** One request that is owed an answer. */
interface Waiting {
  /** What its event stream is written in, should it get one. */
  mediaType: MediaType;
  answer(response: HttpResponse): void;
}

/** The requests that are owed an answer. */
export class Requests {
  readonly #waiting = new Map<number, Waiting>();
  readonly #streams: EventStreams;
  #next = 0;

  constructor(streams: EventStreams) {
    this.#streams = streams;
  }

  /**
   * Submits an input under a fresh number and gives back what answers it: at once when the step did, else when a write
   * to the registry is done.
   */
  ask(submit: (request: number) => void, mediaType: MediaType = "application/json"): HttpAnswer {
    const request = this.#next++;
    let answered: HttpResponse | undefined;
    let resolve: ((response: HttpResponse) => void) | undefined;
    const answer = (response: HttpResponse): void => {
      answered = response;
      resolve?.(response);
    };
    this.#waiting.set(request, { mediaType, answer });
    submit(request);
    return answered ?? new Promise((done) => (resolve = done));
  }

  /** Performs a `respond` effect; a refusal without words gets libprocess' own. */
  respond({ request, status, body }: Extract<MasterEffect, { type: "respond" }>): void {
    const plain = body === undefined ? { status } : { status, body };
    this.#take(request)?.answer(status < 400 ? plain : errorResponse(status, body));
  }

  /** Performs an `open-stream` effect. */
  openStream({ request, streamId, owner }: Extract<MasterEffect, { type: "open-stream" }>): void {
    const waiting = this.#take(request);
    if (waiting === undefined) return;
    const { mediaType } = waiting;
    waiting.answer({
      status: 200,
      headers: {
        "Content-Type": mediaType,
        ...(owner === "scheduler" ? { "Mesos-Stream-Id": streamId } : {}),
      },
      body: this.#streams.open(streamId, mediaType),
    });
  }

  #take(request: number): Waiting | undefined {
    const waiting = this.#waiting.get(request);
    this.#waiting.delete(request);
    return waiting;
  }
}

// Large answers that several clients ask for at the same time are made once, in slices that leave room for others.

/** Text between two pauses: a few milliseconds of work. */
const SLICE_CHARACTERS = 256 * 1024;

/** Text in one buffer: large enough that the overhead of a buffer does not count. */
const CHUNK_CHARACTERS = 64 * 1024;

/** Waits until everything that has arrived meanwhile had its turn. */
export type Pause = () => Promise<void>;

async function renderInSlices(pieces: Iterable<string>, pause: Pause): Promise<Uint8Array[]> {
  const chunks: Uint8Array[] = [];
  let text = "";
  let sincePause = 0;
  for (const piece of pieces) {
    text += piece;
    if (text.length < CHUNK_CHARACTERS) continue;
    chunks.push(Buffer.from(text));
    sincePause += text.length;
    text = "";
    if (sincePause < SLICE_CHARACTERS) continue;
    sincePause = 0;
    await pause();
  }
  chunks.push(Buffer.from(text));
  return chunks;
}

/**
 * One document that changes all the time. Requests that come while it is being made share the next one, so that any
 * number of clients that poll it cost as much as one, and each sees a state no older than its request.
 * @see Mesos src/master/http.cpp deferBatchedRequest, which batches for the same reason
 */
export class SharedRendering {
  readonly #pieces: () => Iterable<string>;
  readonly #pause: Pause;
  #current: Promise<unknown> | undefined;
  #next: Promise<Uint8Array[]> | undefined;

  constructor(pieces: () => Iterable<string>, pause: Pause) {
    this.#pieces = pieces;
    this.#pause = pause;
  }

  /** The document as it is now or a moment from now. Rejects when rendering throws. */
  render(): Promise<Uint8Array[]> {
    this.#next ??= (this.#current ?? Promise.resolve()).then(
      () => this.#begin(),
      () => this.#begin(),
    );
    return this.#next;
  }

  #begin(): Promise<Uint8Array[]> {
    this.#next = undefined;
    const rendering = renderInSlices(this.#pieces(), this.#pause);
    this.#current = rendering;
    return rendering;
  }
}

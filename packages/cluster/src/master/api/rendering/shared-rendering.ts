// Large answers that several clients ask for at the same time are made once, in slices that leave room for others.
import { ByteParts } from "../../../net/http/byte-parts.ts";
import type { BufferPool } from "./buffer-pool.ts";
import { Document, type DocumentBytes } from "./document.ts";

/** Text between two pauses: about two milliseconds of work. */
const SLICE_CHARACTERS = 256 * 1024;

/** Waits until everything that has arrived meanwhile had its turn. */
export type Pause = () => Promise<void>;

export interface RenderingTools {
  readonly pause: Pause;
  readonly pool: BufferPool;
}

/** A document that is being made, and how many clients wait for it or read it. */
interface Rendering {
  readonly bytes: Promise<DocumentBytes>;
  readers: number;
}

async function render(pieces: Iterable<string>, { pause, pool }: RenderingTools): Promise<DocumentBytes> {
  const document = new Document(pool);
  let sincePause = 0;
  for (const piece of pieces) {
    document.append(piece);
    sincePause += piece.length;
    if (sincePause < SLICE_CHARACTERS) continue;
    sincePause = 0;
    await pause();
  }
  return document.finish();
}

/** One document for one client. What the pieces look at may change between any two of them. */
export async function renderInSlices(pieces: Iterable<string>, tools: RenderingTools): Promise<ByteParts> {
  const { parts, buffers } = await render(pieces, tools);
  return new ByteParts(parts, () => tools.pool.give(buffers));
}

/**
 * One document that changes all the time. Requests that come while it is being made share the next one, so that any
 * number of clients that poll it cost as much as one, and each sees a state no older than its request.
 * @see Mesos src/master/http.cpp deferBatchedRequest, which batches for the same reason
 */
export class SharedRendering {
  readonly #pieces: () => Iterable<string>;
  readonly #tools: RenderingTools;
  #current: Promise<unknown> = Promise.resolve();
  #next: Rendering | undefined;
  readonly #onShared: () => void;

  /** `onShared` is called for each request that shares the document of another. */
  constructor(pieces: () => Iterable<string>, tools: RenderingTools, onShared: () => void = () => {}) {
    this.#pieces = pieces;
    this.#tools = tools;
    this.#onShared = onShared;
  }

  /** The document as it is now or a moment from now. Rejects when rendering throws. */
  async render(): Promise<ByteParts> {
    if (this.#next === undefined) this.#next = this.#start();
    else this.#onShared();
    const rendering = this.#next;
    rendering.readers += 1;
    const { parts, buffers } = await rendering.bytes;
    return new ByteParts(parts, () => {
      rendering.readers -= 1;
      if (rendering.readers === 0) this.#tools.pool.give(buffers);
    });
  }

  /** Begins when the present document is made, whether well or not. */
  #start(): Rendering {
    const bytes = this.#current.then(
      () => this.#begin(),
      () => this.#begin(),
    );
    return { bytes, readers: 0 };
  }

  #begin(): Promise<DocumentBytes> {
    this.#next = undefined;
    const bytes = render(this.#pieces(), this.#tools);
    this.#current = bytes;
    return bytes;
  }
}

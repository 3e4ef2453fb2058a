// Redraws a few lines in place on a terminal, or writes a line now and then where nothing can be redrawn.
import { progressLines, progressSentence, type ProgressView } from "./progress-lines.ts";

export interface Terminal {
  isTTY?: boolean;
  write(text: string): unknown;
}

/** Between two lines of a log; a person reads no faster. */
const SENTENCE_EVERY_MS = 1000;

export class LiveScreen {
  readonly #terminal: Terminal;
  #drawnLines = 0;
  #lastSentenceMs = -SENTENCE_EVERY_MS;

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  /** Shows the newest view in place of the one before. */
  show(view: ProgressView): void {
    if (this.#terminal.isTTY) return this.#redraw(progressLines(view, { color: true }));
    if (view.elapsedMs - this.#lastSentenceMs < SENTENCE_EVERY_MS) return;
    this.#lastSentenceMs = view.elapsedMs;
    this.#terminal.write(`${progressSentence(view)}\n`);
  }

  /** Shows the last view and leaves it standing. */
  finish(view: ProgressView): void {
    this.#lastSentenceMs = Number.NEGATIVE_INFINITY;
    this.show(view);
    this.#drawnLines = 0;
  }

  #redraw(lines: string[]): void {
    const up = this.#drawnLines > 0 ? `\u001b[${this.#drawnLines}A` : "";
    this.#terminal.write(`${up}${lines.map((line) => `\u001b[2K${line}\n`).join("")}`);
    this.#drawnLines = lines.length;
  }
}

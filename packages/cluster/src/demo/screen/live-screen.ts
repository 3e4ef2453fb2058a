// Redraws a few lines in place on a terminal, or writes a line now and then where nothing can be redrawn.
import { colored, plain, type Paint } from "./paint.ts";
import { MIN_COLUMNS, progressLines, progressSentence, type ProgressView } from "./progress-lines.ts";

export interface Terminal {
  isTTY?: boolean;
  columns?: number;
  write(text: string): unknown;
}

export interface ScreenOptions {
  /** Whether colours are wanted, where a terminal can show them. */
  color: boolean;
}

/** Between two lines of a log; a person reads no faster. */
const SENTENCE_EVERY_MS = 1000;

/** What a terminal that does not tell its width is taken for. */
const DEFAULT_COLUMNS = 80;

const HIDE_CURSOR = "\u001b[?25l";
const SHOW_CURSOR = "\u001b[?25h";

export class LiveScreen {
  readonly #terminal: Terminal;
  /** How texts are coloured here. */
  readonly paint: Paint;
  #drawnLines = 0;
  #lastSentenceMs = -SENTENCE_EVERY_MS;

  constructor({ color }: ScreenOptions, terminal: Terminal) {
    this.#terminal = terminal;
    this.paint = terminal.isTTY === true && color ? colored : plain;
  }

  /** Writes one line that stays. */
  say(line: string): void {
    this.#terminal.write(`${line}\n`);
  }

  /** Shows the newest view in place of the one before. */
  show(view: ProgressView): void {
    const columns = this.#terminal.columns ?? DEFAULT_COLUMNS;
    if (this.#terminal.isTTY === true && columns >= MIN_COLUMNS) {
      return this.#redraw(progressLines(view, { paint: this.paint, columns }));
    }
    if (view.elapsedMs - this.#lastSentenceMs < SENTENCE_EVERY_MS) return;
    this.#lastSentenceMs = view.elapsedMs;
    this.say(progressSentence(view));
  }

  /** Shows the last view and leaves it standing. */
  finish(view: ProgressView): void {
    this.#lastSentenceMs = Number.NEGATIVE_INFINITY;
    this.show(view);
    this.close();
  }

  /** Leaves what is shown standing, and the terminal as it was. */
  close(): void {
    if (this.#drawnLines > 0) this.#terminal.write(SHOW_CURSOR);
    this.#drawnLines = 0;
  }

  #redraw(lines: string[]): void {
    const begin = this.#drawnLines > 0 ? `\u001b[${this.#drawnLines}A` : HIDE_CURSOR;
    this.#terminal.write(`${begin}${lines.map((line) => `\u001b[2K${line}\n`).join("")}`);
    this.#drawnLines = lines.length;
  }
}

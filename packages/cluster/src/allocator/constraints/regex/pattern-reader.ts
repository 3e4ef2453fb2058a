// Reads a pattern character by character; every complaint carries RE2's words.

/** Why a pattern is refused: the text of RE2's error, as `re2::RE2::error()` returns it. */
export class PatternError extends Error {
  constructor(complaint: string, part?: string) {
    super(part === undefined ? complaint : `${complaint}: ${part}`);
    this.name = "PatternError";
  }
}

/** A cursor over the characters (not UTF-16 units) of a pattern. */
export class PatternReader {
  readonly #characters: readonly string[];
  #position = 0;

  constructor(pattern: string) {
    this.#characters = Array.from(pattern);
  }

  get position(): number {
    return this.#position;
  }

  /** The next character; empty at the end. */
  peek(ahead = 0): string {
    return this.#characters[this.#position + ahead] ?? "";
  }

  take(): string {
    const character = this.peek();
    if (character !== "") this.#position++;
    return character;
  }

  /** Takes a text if it comes next. */
  takeIf(text: string): boolean {
    const next = this.#characters.slice(this.#position, this.#position + text.length).join("");
    if (next !== text) return false;
    this.#position += text.length;
    return true;
  }

  /** Takes what an expression with the flag `y` matches next; empty when nothing. Only the next 64 characters are looked at. */
  takeMatch(expression: RegExp): string {
    const LOOKAHEAD = 64;
    const ahead = this.#characters.slice(this.#position, this.#position + LOOKAHEAD).join("");
    expression.lastIndex = 0;
    const found = expression.exec(ahead)?.[0] ?? "";
    this.#position += Array.from(found).length;
    return found;
  }

  /** The characters from a position to here, for complaints. */
  since(position: number): string {
    return this.#characters.slice(position, this.#position).join("");
  }

  /** Everything from a position on, for complaints. */
  from(position: number): string {
    return this.#characters.slice(position).join("");
  }

  /** Goes back to a position. */
  reset(position: number): void {
    this.#position = position;
  }
}

// A parser with the tolerance and the error words of picojson 1.3, which Mesos reads JSON with: it takes a few things
// that JSON.parse refuses (leading zeros) and names the rest of the line where it stopped. Used only after JSON.parse
// has refused, so it is written for fidelity, not for speed. Follows 3rdparty/stout/include/stout/json.hpp.
import { failure, success, type Result } from "../result.ts";

/** STOUT_JSON_MAX_DEPTH. */
const MAX_DEPTH = 200;
const END = "";
const ESCAPES: Readonly<Record<string, string>> = {
  '"': '"',
  "\\": "\\",
  "/": "/",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
};
const WHITE_SPACE = new Set([" ", "\t", "\n", "\r"]);
const NUMBER = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/;

/** Thrown where picojson's functions return false. */
class SyntaxFailure extends Error {}

/** One character of look-ahead that can be put back, with picojson's way of counting lines. */
class Input {
  readonly #text: string;
  #next = 0;
  #last = END;
  #putBack = false;
  line = 1;

  constructor(text: string) {
    this.#text = text;
  }

  get(): string {
    if (this.#putBack) {
      this.#putBack = false;
      return this.#last;
    }
    if (this.#next >= this.#text.length) {
      this.#last = END;
      return END;
    }
    if (this.#last === "\n") this.line++;
    this.#last = this.#text.charAt(this.#next++);
    return this.#last;
  }

  putBack(): void {
    if (this.#last !== END) this.#putBack = true;
  }

  /** Where the next unread character is; one put back counts as read, as in picojson. */
  get position(): number {
    return this.#next;
  }

  skipWhiteSpace(): void {
    while (WHITE_SPACE.has(this.get()));
    this.putBack();
  }

  /** Takes the character if it comes next, after white space. */
  accept(character: string): boolean {
    this.skipWhiteSpace();
    if (this.get() === character) return true;
    this.putBack();
    return false;
  }

  expect(character: string): void {
    if (!this.accept(character)) throw new SyntaxFailure();
  }
}

/** Parses text as Mesos' JSON::parse does. */
export function parseLikePicojson(text: string): Result<unknown> {
  const input = new Input(text);
  let value: unknown;
  try {
    value = parseValue(input, 0);
  } catch (error) {
    if (error instanceof RangeError) return failure("Value out of range");
    if (!(error instanceof SyntaxFailure)) throw error;
    return failure(`syntax error at line ${input.line} near: ${restOfLine(input)}`);
  }
  const end = lengthWithoutWhiteSpace(text);
  if (input.position < end) {
    const rest = text.slice(input.position, end);
    return failure(`Parsed JSON included non-whitespace trailing characters: ${rest}`);
  }
  return success(value);
}

function lengthWithoutWhiteSpace(text: string): number {
  let length = text.length;
  while (length > 0 && WHITE_SPACE.has(text.charAt(length - 1))) length--;
  return length;
}

function restOfLine(input: Input): string {
  let rest = "";
  for (;;) {
    const character = input.get();
    if (character === END || character === "\n") return rest;
    if (character >= " ") rest += character;
  }
}

function parseValue(input: Input, depth: number): unknown {
  input.skipWhiteSpace();
  const first = input.get();
  switch (first) {
    case "n":
      return parseWord(input, "ull", null);
    case "f":
      return parseWord(input, "alse", false);
    case "t":
      return parseWord(input, "rue", true);
    case '"':
      return parseString(input);
    case "[":
      return parseArray(input, depth);
    case "{":
      return parseObject(input, depth);
    default:
      input.putBack();
      if (/[-0-9]/.test(first)) return parseNumber(input);
      throw new SyntaxFailure();
  }
}

function parseWord(input: Input, rest: string, value: unknown): unknown {
  for (const character of rest) {
    if (input.get() !== character) {
      input.putBack();
      throw new SyntaxFailure();
    }
  }
  return value;
}

function parseArray(input: Input, depth: number): unknown[] {
  if (depth >= MAX_DEPTH) throw new SyntaxFailure();
  const items: unknown[] = [];
  if (input.accept("]")) return items;
  do {
    items.push(parseValue(input, depth + 1));
  } while (input.accept(","));
  input.expect("]");
  return items;
}

function parseObject(input: Input, depth: number): Record<string, unknown> {
  if (depth >= MAX_DEPTH) throw new SyntaxFailure();
  const entries: [string, unknown][] = [];
  if (input.accept("}")) return {};
  do {
    input.expect('"');
    const key = parseString(input);
    input.expect(":");
    entries.push([key, parseValue(input, depth + 1)]);
  } while (input.accept(","));
  input.expect("}");
  return Object.fromEntries(entries);
}

function parseNumber(input: Input): number {
  let text = "";
  for (;;) {
    const character = input.get();
    if (!/[0-9+\-eE.]/.test(character)) {
      input.putBack();
      break;
    }
    text += character;
  }
  if (!NUMBER.test(text)) throw new SyntaxFailure();
  const value = Number(text);
  if (!Number.isFinite(value)) throw new RangeError(text);
  return value;
}

function parseString(input: Input): string {
  let text = "";
  for (;;) {
    const character = input.get();
    if (character < " ") {
      input.putBack();
      throw new SyntaxFailure();
    }
    if (character === '"') return text;
    text += character === "\\" ? parseEscape(input) : character;
  }
}

function parseEscape(input: Input): string {
  const character = input.get();
  if (character === "u") return parseCodePoint(input);
  const escaped = ESCAPES[character];
  if (escaped === undefined) throw new SyntaxFailure();
  return escaped;
}

function parseCodePoint(input: Input): string {
  const first = parseFourHex(input);
  if (first < 0xd800 || first > 0xdfff) return String.fromCharCode(first);
  if (first >= 0xdc00) throw new SyntaxFailure();
  if (input.get() !== "\\" || input.get() !== "u") {
    input.putBack();
    throw new SyntaxFailure();
  }
  const second = parseFourHex(input);
  if (second < 0xdc00 || second > 0xdfff) throw new SyntaxFailure();
  return String.fromCharCode(first, second);
}

function parseFourHex(input: Input): number {
  let value = 0;
  for (let index = 0; index < 4; index++) {
    const character = input.get();
    if (!/[0-9A-Fa-f]/.test(character)) {
      input.putBack();
      throw new SyntaxFailure();
    }
    value = value * 16 + Number.parseInt(character, 16);
  }
  return value;
}

// Escapes and bracket expressions: what stands for one character.
import { perlClass, posixClass, unicodeClass } from "./character-classes.ts";
import { PatternError, type PatternReader } from "./pattern-reader.ts";
import { type CharacterSet, setOfCharacter, setOfRanges, unionOfSets } from "./regex-node.ts";

const CONTROL_ESCAPES = new Map([
  ["a", 0x07],
  ["f", 0x0c],
  ["n", 0x0a],
  ["r", 0x0d],
  ["t", 0x09],
  ["v", 0x0b],
]);
const LAST_CODE_POINT = 0x10ffff;

/** The character an escape stands for; the backslash is taken already. */
function parseEscapedCharacter(reader: PatternReader, start: number): number {
  const octal = reader.takeMatch(/0[0-7]{0,2}|[1-7][0-7]{1,2}/y);
  if (octal !== "") return Number.parseInt(octal, 8);
  const hex = reader.takeMatch(/x(?:[0-9A-Fa-f]{2}|\{[0-9A-Fa-f]{1,8}\})/y);
  if (hex !== "") {
    const codePoint = Number.parseInt(hex.replaceAll(/[x{}]/gu, ""), 16);
    if (codePoint > LAST_CODE_POINT) throw new PatternError("invalid escape sequence", reader.since(start));
    return codePoint;
  }
  const letter = reader.take();
  if (letter === "") throw new PatternError("trailing \\");
  const control = CONTROL_ESCAPES.get(letter);
  if (control !== undefined) return control;
  if (/[A-Za-z0-9]/u.test(letter)) throw new PatternError("invalid escape sequence", reader.since(start));
  return letter.codePointAt(0) ?? 0;
}

function parseUnicodeClass(reader: PatternReader, start: number): CharacterSet | undefined {
  const letter = reader.peek();
  if (letter !== "p" && letter !== "P") return undefined;
  const name = reader.takeMatch(/[pP](?:\{\^?[A-Za-z_]+\}|[A-Za-z])/y).slice(1);
  const bare = name.replaceAll(/[{}^]/gu, "");
  const found = unicodeClass(bare, (letter === "P") !== name.includes("^"));
  if (found !== undefined) return found;
  if (name === "") reader.take();
  throw new PatternError("invalid character class range", reader.since(start));
}

/** The set an escape stands for, `\d` or `\.` or `\x41`; the backslash at `start` is taken already. */
export function parseEscape(reader: PatternReader, start: number, ignoreCase: boolean): CharacterSet {
  const unicode = parseUnicodeClass(reader, start);
  if (unicode !== undefined) return unicode;
  const perl = perlClass(reader.peek());
  if (perl !== undefined) {
    reader.take();
    return perl;
  }
  return setOfCharacter(parseEscapedCharacter(reader, start), ignoreCase);
}

/** One end of a range, or a class; a class cannot be the end of a range. */
function parseMember(reader: PatternReader): number | CharacterSet {
  const start = reader.position;
  if (reader.peek() === "[" && reader.peek(1) === ":") {
    const text = reader.takeMatch(/\[:\^?[a-z]+:\]/y);
    const found = posixClass(text.slice(2, -2));
    if (found !== undefined) return found;
    if (text !== "") throw new PatternError("invalid character class range", text);
  }
  const character = reader.take();
  if (character !== "\\") return character.codePointAt(0) ?? 0;
  const unicode = parseUnicodeClass(reader, start);
  if (unicode !== undefined) return unicode;
  const perl = perlClass(reader.peek());
  if (perl === undefined) return parseEscapedCharacter(reader, start);
  reader.take();
  return perl;
}

function parseRange(reader: PatternReader, first: number, start: number): CharacterSet {
  if (reader.peek() !== "-" || reader.peek(1) === "]" || reader.peek(1) === "")
    return setOfRanges([[first, first]]);
  reader.take();
  const last = parseMember(reader);
  if (typeof last !== "number" || last < first) {
    throw new PatternError("invalid character class range", reader.since(start));
  }
  return setOfRanges([[first, last]]);
}

/** A bracket expression; the opening bracket is taken already. */
export function parseBrackets(reader: PatternReader, ignoreCase: boolean): CharacterSet {
  const opening = reader.position - 1;
  const negated = reader.takeIf("^");
  const sets: CharacterSet[] = [];
  // A bracket that comes first stands for itself.
  for (let isFirst = true; isFirst || reader.peek() !== "]"; isFirst = false) {
    if (reader.peek() === "") throw new PatternError("missing ]", reader.from(opening));
    const start = reader.position;
    const member = parseMember(reader);
    sets.push(typeof member === "number" ? parseRange(reader, member, start) : member);
  }
  reader.take();
  return unionOfSets(sets, { negated, ignoreCase });
}

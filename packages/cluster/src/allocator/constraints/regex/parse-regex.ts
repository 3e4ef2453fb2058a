// Parses RE2's syntax (github.com/google/re2/wiki/Syntax): no look-around and no back references, which RE2 has not either.
import { parseBrackets, parseEscape } from "./parse-class.ts";
import { PatternError, PatternReader } from "./pattern-reader.ts";
import {
  type Assertion,
  type CharacterSet,
  type RegexNode,
  setOfCharacter,
  setOfRanges,
} from "./regex-node.ts";

interface Flags {
  ignoreCase: boolean;
  multiLine: boolean;
  dotAll: boolean;
}

const NO_FLAGS: Flags = { ignoreCase: false, multiLine: false, dotAll: false };

/** RE2's limit of a repetition count. */
const MAX_REPETITIONS = 1000;

/** Groups in groups: keeps the parser's own recursion bounded. */
const MAX_DEPTH = 100;

const NEWLINE = 0x0a;
const ASSERTIONS = new Map<string, Assertion>([
  ["A", "text-start"],
  ["z", "text-end"],
  ["b", "word-boundary"],
  ["B", "no-word-boundary"],
]);

const character = (set: CharacterSet): RegexNode => ({ kind: "character", set });
const assertion = (kind: Assertion): RegexNode => ({ kind: "assertion", assertion: kind });

/** Takes `(?flags)` or what opens a group; returns the flags inside and whether it was a mere change of flags. */
function parseGroupStart(
  reader: PatternReader,
  flags: Flags,
  start: number,
): { flags: Flags; isGroup: boolean } {
  if (reader.peek() !== "?") return { flags, isGroup: true };
  if (reader.takeMatch(/\?P?<[A-Za-z0-9_]+>/y) !== "") return { flags, isGroup: true };
  const text = reader.takeMatch(/\?[imsU]*(?:-[imsU]+)?[:)]/y);
  if (text === "") {
    const isName = /^\(\?P?<(?![=!])/u.test(reader.from(start));
    reader.takeMatch(/\?P?.?/y);
    throw new PatternError(
      isName ? "invalid named capture group" : "invalid perl operator",
      reader.since(start),
    );
  }
  const [on = "", off = ""] = text.split("-");
  const value = (letter: string, before: boolean): boolean =>
    !off.includes(letter) && (on.includes(letter) || before);
  const changed = {
    ignoreCase: value("i", flags.ignoreCase),
    multiLine: value("m", flags.multiLine),
    dotAll: value("s", flags.dotAll),
  };
  return { flags: changed, isGroup: text.endsWith(":") };
}

function parseQuoted(reader: PatternReader, flags: Flags): RegexNode {
  const nodes: RegexNode[] = [];
  while (reader.peek() !== "" && !reader.takeIf("\\E")) {
    nodes.push(character(setOfCharacter(reader.take().codePointAt(0) ?? 0, flags.ignoreCase)));
  }
  return { kind: "sequence", nodes };
}

function parseBackslash(reader: PatternReader, flags: Flags, start: number): RegexNode {
  if (reader.takeIf("Q")) return parseQuoted(reader, flags);
  const place = ASSERTIONS.get(reader.peek());
  if (place === undefined) return character(parseEscape(reader, start, flags.ignoreCase));
  reader.take();
  return assertion(place);
}

/** One thing that can be repeated; undefined after a mere change of flags, which is applied to `scope`. */
function parseAtom(reader: PatternReader, scope: { flags: Flags }, depth: number): RegexNode | undefined {
  const start = reader.position;
  const { flags } = scope;
  const next = reader.take();
  switch (next) {
    case "(": {
      const group = parseGroupStart(reader, flags, start);
      if (!group.isGroup) {
        scope.flags = group.flags;
        return undefined;
      }
      const node = parseChoice(reader, group.flags, depth + 1);
      if (!reader.takeIf(")")) throw new PatternError("missing )", reader.from(0));
      return node;
    }
    case "[":
      return character(parseBrackets(reader, flags.ignoreCase));
    case ".":
      return character(setOfRanges(flags.dotAll ? [] : [[NEWLINE, NEWLINE]], true));
    case "^":
      return assertion(flags.multiLine ? "line-start" : "text-start");
    case "$":
      return assertion(flags.multiLine ? "line-end" : "text-end");
    case "\\":
      return parseBackslash(reader, flags, start);
    default:
      return character(setOfCharacter(next.codePointAt(0) ?? 0, flags.ignoreCase));
  }
}

/** Takes `*`, `+`, `?` or `{2,5}`, and the `?` of a lazy one; undefined when none comes. Other braces stand for themselves. */
function parseQuantifier(reader: PatternReader): { min: number; max: number; text: string } | undefined {
  const text = reader.takeMatch(/[*+?]|\{\d{1,9}(?:,\d{0,9})?\}/y);
  if (text === "") return undefined;
  reader.takeIf("?");
  if (text === "*") return { min: 0, max: Number.POSITIVE_INFINITY, text };
  if (text === "+") return { min: 1, max: Number.POSITIVE_INFINITY, text };
  if (text === "?") return { min: 0, max: 1, text };
  const [first = "", last = first] = text.slice(1, -1).split(",");
  const min = Number(first);
  const max = last === "" ? Number.POSITIVE_INFINITY : Number(last);
  if (min > MAX_REPETITIONS || min > max || (max > MAX_REPETITIONS && last !== "")) {
    throw new PatternError("invalid repetition size", text);
  }
  return { min, max, text };
}

function parseSequence(reader: PatternReader, scope: { flags: Flags }, depth: number): RegexNode {
  const nodes: RegexNode[] = [];
  while (reader.peek() !== "" && reader.peek() !== "|" && reader.peek() !== ")") {
    const start = reader.position;
    if (parseQuantifier(reader) !== undefined) {
      throw new PatternError("no argument for repetition operator", reader.since(start));
    }
    const atom = parseAtom(reader, scope, depth);
    if (atom === undefined) continue;
    const operator = reader.position;
    const quantifier = parseQuantifier(reader);
    if (quantifier !== undefined && parseQuantifier(reader) !== undefined) {
      throw new PatternError("bad repetition operator", reader.since(operator));
    }
    nodes.push(
      quantifier === undefined
        ? atom
        : { kind: "repeat", node: atom, min: quantifier.min, max: quantifier.max },
    );
  }
  return nodes.length === 0 ? { kind: "empty" } : { kind: "sequence", nodes };
}

function parseChoice(reader: PatternReader, flags: Flags, depth: number): RegexNode {
  if (depth > MAX_DEPTH) throw new PatternError("pattern too large - compile failed");
  const scope = { flags };
  const nodes = [parseSequence(reader, scope, depth)];
  while (reader.takeIf("|")) nodes.push(parseSequence(reader, scope, depth));
  return { kind: "choice", nodes };
}

/** Parses a whole pattern; throws a PatternError in RE2's words. */
export function parseRegex(pattern: string): RegexNode {
  const reader = new PatternReader(pattern);
  const node = parseChoice(reader, NO_FLAGS, 0);
  if (reader.peek() === ")") throw new PatternError("unexpected )", reader.from(0));
  return node;
}

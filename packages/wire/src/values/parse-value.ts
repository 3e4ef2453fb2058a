// One value of the text format: `4`, `[31000-32000]`, `{a,b}`, or else a text. Follows `values::parse` of values.cpp.
import type { Value, ValueRange } from "../messages.gen.ts";
import { failure, success } from "../result.ts";
import type { Result } from "../result.ts";
import { numifyDouble, numifyUnsigned } from "./numify.ts";
import { coalesceRanges } from "./ranges.ts";
import { tokenize } from "./tokenize.ts";

/** Smallest positive double that still has full precision; what lies below is "subnormal". */
const SMALLEST_NORMAL = 2.2250738585072014e-308;

function hasMatchingBrackets(text: string, open: string, close: string): boolean {
  let depth = 0;
  for (const character of text) {
    if (character === open) depth += 1;
    if (character === close) depth -= 1;
    if (depth < 0) return false;
  }
  return depth === 0;
}

function parseRanges(text: string): Result<Value> {
  const tokens = tokenize(text, "[]-,\n");
  if (tokens.length % 2 !== 0) return failure('Expecting one or more "ranges"');
  const ranges: ValueRange[] = [];
  for (let i = 0; i < tokens.length; i += 2) {
    const begin = numifyUnsigned(tokens[i]!);
    const end = numifyUnsigned(tokens[i + 1]!);
    if (begin === undefined || end === undefined) {
      return failure(`Expecting non-negative integers in '${tokens[i]!}'`);
    }
    ranges.push({ begin, end });
  }
  return success({ type: "RANGES", ranges: { range: [...coalesceRanges(ranges)] } });
}

function parseScalarOrText(text: string): Result<Value> {
  const value = numifyDouble(text);
  if (value !== undefined && value !== 0 && Math.abs(value) < SMALLEST_NORMAL) {
    return failure("Subnormal values not supported");
  }
  // What Mesos cannot work with as a number (negative, infinite, not a number) it takes as a text.
  if (value === undefined || !Number.isFinite(value) || value < 0) {
    return success({ type: "TEXT", text: { value: text } });
  }
  return success({ type: "SCALAR", scalar: { value } });
}

/** Reads one value; blanks do not count. The error is Mesos' own. */
export function parseValue(text: string): Result<Value> {
  const packed = text.replaceAll(" ", "");
  if (packed === "") return failure("Expecting non-empty string");
  const matching =
    hasMatchingBrackets(packed, "{", "}") &&
    hasMatchingBrackets(packed, "[", "]") &&
    hasMatchingBrackets(packed, "(", ")");
  if (!matching) return failure("Mismatched brackets");
  const bracket = packed.indexOf("[");
  if (bracket === 0) return parseRanges(packed);
  if (bracket > 0) return failure("Unexpected '[' found");
  const brace = packed.indexOf("{");
  if (brace === 0) return success({ type: "SET", set: { item: tokenize(packed, "{},\n") } });
  if (brace > 0) return failure("Unexpected '{' found");
  return parseScalarOrText(packed);
}

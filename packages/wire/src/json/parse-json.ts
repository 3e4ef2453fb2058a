// JSON text to a value, refused in the words of Mesos' parser.
import { failure, success, type Result } from "../result.ts";
import { parseLikePicojson } from "./picojson.ts";

/** Longer texts are refused without Mesos' words: finding them costs a second pass, character by character. */
const MAX_WORDED_CHARACTERS = 1024 * 1024;

/**
 * Parses JSON as Mesos does. The errors are those of picojson 1.3 and stout's json.hpp:
 * `syntax error at line 1 near: ot json`.
 */
export function parseJson(text: string): Result<unknown> {
  const short = text.length <= MAX_WORDED_CHARACTERS;
  // JSON.parse takes half of a surrogate pair, which is no text that could be passed on.
  if (short && hasEscapedSurrogate(text)) return parseLikePicojson(text);
  try {
    return success(JSON.parse(text) as unknown);
  } catch (error) {
    if (short) return parseLikePicojson(text);
    return failure(error instanceof Error ? error.message : String(error));
  }
}

function hasEscapedSurrogate(text: string): boolean {
  return text.includes("\\ud") || text.includes("\\uD");
}

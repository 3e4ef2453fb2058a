// One flag's text to its value, and back to the text that `/flags` shows.
import { failure, success, type Result } from "@mezzo/wire";
import { formatBytes, parseBytes } from "../bytes.ts";
import { formatDuration, parseDuration } from "../duration.ts";
import { parseNumber } from "../parse-number.ts";
import type { Flag, FlagTypes } from "./flag.ts";

/** Reads a whole file as text, for `file://` values. */
export type ReadText = (path: string) => Result<string>;

const MAX_PORT = 65_535;
const NOT_CONVERTIBLE = "Failed to convert into required type";

function parseJson(text: string): Result<unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null
      ? success(value)
      : failure("Expected a JSON object or array");
  } catch (error) {
    return failure(`syntax error: ${(error as Error).message}`);
  }
}

function parseWholeNumber(text: string, max: number): Result<number> {
  const number = parseNumber(text);
  const fits = number.ok && Number.isInteger(number.value) && number.value >= 0 && number.value <= max;
  return fits ? number : failure(NOT_CONVERTIBLE);
}

type Parsers = { [Type in keyof FlagTypes]: (text: string) => Result<FlagTypes[Type]> };

const parsers: Parsers = {
  string: success,
  path: success,
  bool(text) {
    if (text === "true" || text === "1") return success(true);
    if (text === "false" || text === "0") return success(false);
    return failure("Expecting a boolean (e.g., true or false)");
  },
  int: (text) => parseWholeNumber(text, Number.MAX_SAFE_INTEGER),
  port: (text) => parseWholeNumber(text, MAX_PORT),
  double(text) {
    const number = parseNumber(text);
    return number.ok ? number : failure(NOT_CONVERTIBLE);
  },
  duration: parseDuration,
  bytes: parseBytes,
  json: parseJson,
};

/**
 * The value that `text` gives to a flag, or what is wrong in Mesos' words. `file://` stands for the file's content,
 * except for paths; for JSON an absolute path does too.
 * @see Mesos 3rdparty/stout/include/stout/flags/fetch.hpp and parse.hpp
 */
export function parseFlagValue(flag: Flag, text: string, readText: ReadText): Result<unknown> {
  let content = text;
  const isUri = text.startsWith("file://") && flag.type !== "path";
  if (isUri || (flag.type === "json" && text.startsWith("/"))) {
    const path = isUri ? text.slice("file://".length) : text;
    const read = readText(path);
    if (!read.ok) return failure(`Error reading file '${path}': ${read.error}`);
    content = flag.type === "string" ? read.value : read.value.trim();
  }
  const parsed: Result<unknown> = parsers[flag.type](content);
  if (!parsed.ok) return parsed;
  if (flag.values !== undefined && !flag.values.includes(String(parsed.value))) {
    return failure(`'${content}' is not one of ${flag.values.join(", ")}`);
  }
  const wrong = flag.check?.(parsed.value as never);
  return wrong === undefined ? parsed : failure(wrong);
}

/** The text of a value as Mesos prints it: durations and sizes in their canonical unit, JSON without spaces. */
export function formatFlagValue(flag: Flag, value: unknown): string {
  if (flag.type === "duration") return formatDuration(value as number);
  if (flag.type === "bytes") return formatBytes(value as number);
  return flag.type === "json" ? JSON.stringify(value) : String(value);
}

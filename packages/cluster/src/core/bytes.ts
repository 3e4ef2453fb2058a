// Sizes as Mesos writes them in flags: `2GB`, `512MB`, `4096B`.
import { failure, success, type Result } from "@mezzo/wire";
import { parseNumber } from "./parse-number.ts";

const UNITS = ["B", "KB", "MB", "GB", "TB"];
const STEP = 1024;

/** The bytes that `text` means, or Mesos' sentence about it. @see Mesos 3rdparty/stout/include/stout/bytes.hpp */
export function parseBytes(text: string): Result<number> {
  const digits = /^\d*/.exec(text)?.[0] ?? "";
  if (digits.length === text.length) return failure(`Invalid bytes '${text}'`);
  if (text[digits.length] === ".") return failure(`Fractional bytes '${text}'`);
  const value = parseNumber(digits);
  if (!value.ok) return value;
  const unit = text.slice(digits.length).toUpperCase();
  const power = UNITS.indexOf(unit);
  return power < 0 ? failure(`Unknown bytes unit '${unit}'`) : success(value.value * STEP ** power);
}

/** The text Mesos prints for a size: the largest unit that loses nothing. */
export function formatBytes(sizeBytes: number): string {
  let value = sizeBytes;
  let power = 0;
  while (value !== 0 && value % STEP === 0 && power < UNITS.length - 1) {
    value /= STEP;
    power += 1;
  }
  return `${value}${UNITS[power]}`;
}

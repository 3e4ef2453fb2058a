// A number in text, as boost's lexical cast behind Mesos' flags reads it: the whole text or nothing.
import { failure, numifyDouble, success, type Result } from "@mezzo/wire";

/** The number that `text` is, or Mesos' sentence about it. @see Mesos 3rdparty/stout/include/stout/numify.hpp */
export function parseNumber(text: string): Result<number> {
  const number = numifyDouble(text);
  return number === undefined || !Number.isFinite(number)
    ? failure(`Failed to convert '${text}' to number`)
    : success(number);
}

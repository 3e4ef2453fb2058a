// Numbers in text as Mesos' flags take them (stout's numify.hpp): decimal, or whole hexadecimal with a `0x`.

const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const HEXADECIMAL = /^-?0x[0-9a-f]+$/i;
const WHOLE = /^[+-]?\d+$/;
const SPECIAL: Readonly<Record<string, number>> = { inf: Infinity, infinity: Infinity, nan: NaN };

function hexadecimal(text: string): number {
  return text.startsWith("-") ? -Number(text.slice(1)) : Number(text);
}

/** Reads a floating point number, `inf` and `nan` included; undefined when the text is none. */
export function numifyDouble(text: string): number | undefined {
  if (DECIMAL.test(text)) return Number(text);
  if (HEXADECIMAL.test(text)) return hexadecimal(text);
  const special = SPECIAL[text.replace(/^[+-]/, "").toLowerCase()];
  if (special === undefined) return undefined;
  return text.startsWith("-") ? -special : special;
}

/** Reads a whole number ≥ 0; undefined when the text is none. */
export function numifyUnsigned(text: string): number | undefined {
  if (!WHOLE.test(text) && !HEXADECIMAL.test(text)) return undefined;
  const value = hexadecimal(text);
  return value >= 0 ? value : undefined;
}

// Scalar amounts are compared and summed in thousandths, so that sums never drift.

/** How many units of fixed point make one: Mesos keeps three decimals of every scalar. */
const THOUSANDTHS = 1000;

/** Units from megabytes up, each this many of the one before. */
const UNITS = ["MB", "GB", "TB"] as const;
const UNIT = 1024;

/** Significant digits that every double keeps. */
const DIGITS = 15;

/** Below this, an amount with three decimals has at most fifteen digits. */
const EXACT_LIMIT = 1e12;

/** Turns an amount into integer thousandths, half away from zero; follows `convertToFixed` of values.cpp. */
export function toThousandths(value: number): number {
  return value < 0 ? -Math.round(-value * THOUSANDTHS) : Math.round(value * THOUSANDTHS);
}

/**
 * Turns integer thousandths back into an amount: the double nearest to the decimal, so that JSON shows three decimals.
 * Mesos adds whole part and fraction, which may be off by the last bit; it compares in thousandths too.
 */
export function fromThousandths(thousandths: number): number {
  return thousandths / THOUSANDTHS;
}

/** Writes a number as a C++ stream does (`%.15g`; Mesos writes some with the default of 6 digits). */
export function formatNumber(value: number, digits: number = DIGITS): string {
  if (Number.isNaN(value)) return "nan";
  if (!Number.isFinite(value)) return value > 0 ? "inf" : "-inf";
  if (value === 0) return Object.is(value, -0) ? "-0" : "0";
  const [mantissa = "", exponentText = "0"] = value.toExponential(digits - 1).split("e");
  const exponent = Number(exponentText);
  if (exponent >= -4 && exponent < digits) return String(Number(value.toPrecision(digits)));
  const trimmed = mantissa.includes(".") ? mantissa.replace(/\.?0+$/, "") : mantissa;
  return `${trimmed}e${exponent < 0 ? "-" : "+"}${String(Math.abs(exponent)).padStart(2, "0")}`;
}

/** Writes a scalar as Mesos does: rounded to thousandths, no trailing zeros. */
export function formatScalar(value: number): string {
  const rounded = fromThousandths(toThousandths(value));
  // Three decimals below this limit fit fifteen digits, so the shortest form is the same text.
  return Math.abs(rounded) < EXACT_LIMIT ? String(rounded) : formatNumber(rounded);
}

/** Writes megabytes with the largest unit that loses nothing, as stout's `Bytes` does: `32MB`, `2GB`, `0B`. */
export function formatMegabytes(megabytes: number): string {
  let amount = Math.trunc(megabytes);
  if (amount === 0) return "0B";
  let unit = 0;
  while (unit < UNITS.length - 1 && amount % UNIT === 0) {
    amount /= UNIT;
    unit += 1;
  }
  return `${amount}${UNITS[unit]!}`;
}

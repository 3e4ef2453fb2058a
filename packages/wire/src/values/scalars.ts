// Scalar amounts are compared and summed in thousandths, so that sums never drift.

/** How many units of fixed point make one: Mesos keeps three decimals of every scalar. */
const THOUSANDTHS = 1000;

/** Largest magnitude that `%.15g` writes without an exponent. */
const PLAIN_LIMIT = 1e15;

/** Below this, an amount with three decimals has at most fifteen digits. */
const EXACT_LIMIT = 1e12;

/** Turns an amount into integer thousandths, half away from zero; follows `convertToFixed` of values.cpp. */
export function toThousandths(value: number): number {
  return value < 0 ? -Math.round(-value * THOUSANDTHS) : Math.round(value * THOUSANDTHS);
}

/**
 * Turns integer thousandths back into an amount; follows `convertToFloating` of values.cpp.
 * The whole part is split off first, because only fractions below one are certain to divide well.
 */
export function fromThousandths(thousandths: number): number {
  const fraction = thousandths % THOUSANDTHS;
  return (thousandths - fraction) / THOUSANDTHS + fraction / THOUSANDTHS;
}

/** Writes a number as a C++ stream of 15 significant digits does (`%.15g`). */
export function formatNumber(value: number): string {
  if (Number.isNaN(value)) return "nan";
  if (!Number.isFinite(value)) return value > 0 ? "inf" : "-inf";
  const magnitude = Math.abs(value);
  if (magnitude !== 0 && (magnitude >= PLAIN_LIMIT || magnitude < 1e-4)) {
    const [digits = "", exponent = "0"] = value.toExponential(14).split("e");
    const trimmed = digits.includes(".") ? digits.replace(/\.?0+$/, "") : digits;
    const sign = exponent.startsWith("-") ? "-" : "+";
    return `${trimmed}e${sign}${exponent.replace(/^[+-]/, "").padStart(2, "0")}`;
  }
  return String(Number(value.toPrecision(15)));
}

/** Writes a scalar as Mesos does: rounded to thousandths, no trailing zeros. */
export function formatScalar(value: number): string {
  const rounded = fromThousandths(toThousandths(value));
  // Three decimals below this limit fit fifteen digits, so the shortest form is the same text.
  return Math.abs(rounded) < EXACT_LIMIT ? String(rounded) : formatNumber(rounded);
}

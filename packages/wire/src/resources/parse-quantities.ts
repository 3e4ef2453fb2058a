// Amounts by name in text: `cpus:1;mem:32`. Follows `ResourceQuantities::fromString` and `ResourceLimits::fromString`
// of src/common/resource_quantities.cpp.
import { failure, success } from "../result.ts";
import type { Result } from "../result.ts";
import { parseValue } from "../values/parse-value.ts";
import { toThousandths } from "../values/scalars.ts";
import { tokenize, trim } from "../values/tokenize.ts";

interface Amount {
  readonly name: string;
  readonly text: string;
  readonly quantity: number;
}

function parseAmount(token: string, noun: "quantity" | "limit"): Result<Amount> {
  const [name, text, ...extra] = tokenize(token, ":");
  if (name === undefined || text === undefined || extra.length > 0) {
    return failure(`Failed to parse '${token}': missing or extra ':'`);
  }
  const value = parseValue(text);
  if (!value.ok) return failure(`Failed to parse '${text}' to ${noun}: ${value.error}`);
  const scalar = value.value.scalar;
  if (scalar === undefined)
    return failure(`Failed to parse '${text}' to ${noun}: only scalar values are allowed`);
  return success({ name: trim(name), text, quantity: toThousandths(scalar.value) });
}

/** Reads quantities in thousandths; zeros are left out and repeated names added up. */
export function parseQuantities(text: string): Result<Map<string, number>> {
  const result = new Map<string, number>();
  for (const token of tokenize(text, ";")) {
    const amount = parseAmount(token, "quantity");
    if (!amount.ok) return amount;
    const { name, quantity } = amount.value;
    if (quantity > 0) result.set(name, (result.get(name) ?? 0) + quantity);
  }
  return success(result);
}

/** Reads limits in thousandths; a zero is a limit, and a name may occur once only. */
export function parseLimits(text: string): Result<Map<string, number>> {
  const result = new Map<string, number>();
  for (const token of tokenize(text, ";")) {
    const amount = parseAmount(token, "limit");
    if (!amount.ok) return amount;
    const { name, quantity } = amount.value;
    if (result.has(name)) {
      return failure(`Failed to parse '${amount.value.text}' to limit: duplicate names are not allowed`);
    }
    result.set(name, quantity);
  }
  return success(result);
}

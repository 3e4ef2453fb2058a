// Compares attributes of agents.
import { isDeepStrictEqual } from "node:util";
import type { Attribute } from "@mezzo/wire";

/** Whether both lists say the same, in whatever order. */
export function equalAttributes(left: readonly Attribute[], right: readonly Attribute[]): boolean {
  const has = (one: Attribute): boolean => right.some((other) => isDeepStrictEqual(one, other));
  return left.length === right.length && left.every(has);
}

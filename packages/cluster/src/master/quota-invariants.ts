// What is true of quota after every step. Part of `invariants.ts`.
import { formatQuantities } from "@mezzo/wire";
import { isNoQuota, quotaOf } from "./quota.ts";
import type { MasterState } from "./state.ts";

/** An amount for every name, so that a missing one equals its default. */
function amounts(names: readonly string[], of: (name: string, index: number) => number): string {
  return formatQuantities(new Map(names.map((name, index) => [name, of(name, index)])));
}

/** What is shown of quota is what the allocator enforces. */
export function* checkQuotas({ quotas, allocator }: MasterState): Iterable<string> {
  const { names } = allocator.names;
  const enforced = allocator.quota?.roles;
  for (const config of quotas.values()) {
    if (isNoQuota(config)) continue;
    const { guarantees, limits } = quotaOf(config);
    const books = enforced?.get(config.role)?.quota;
    if (books === undefined) {
      yield `the allocator has no quota of ${config.role}`;
      continue;
    }
    const told = [
      amounts(names, (name) => guarantees.get(name) ?? 0),
      amounts(names, (name) => limits.get(name) ?? Infinity),
    ].join(", ");
    const held = [
      amounts(names, (_, index) => books.guarantees[index] ?? 0),
      amounts(names, (_, index) => books.limits[index] ?? Infinity),
    ].join(", ");
    if (told !== held) yield `the allocator has another quota of ${config.role}: ${held} for ${told}`;
  }
  for (const role of enforced?.keys() ?? []) {
    const config = quotas.get(role);
    if (config === undefined || isNoQuota(config)) yield `the allocator alone has a quota of ${role}`;
  }
}

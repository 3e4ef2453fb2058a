// REVIVE: forget filters and suppression.
import { reviveOffers as reviveInAllocator } from "../../allocator/revive-offers.ts";
import type { Framework } from "../framework.ts";
import { type Turn, log } from "../turn.ts";
import { checkOwnRoles } from "./check-own-roles.ts";

/** Without roles: all roles of the framework. */
export function reviveOffers(turn: Turn, framework: Framework, roles: readonly string[]): void {
  const { state } = turn;
  state.counters.messages_revive_offers++;
  const error = checkOwnRoles(framework, roles, "revive");
  if (error !== undefined) {
    return log(turn, "warn", { message: `Dropping REVIVE: ${error}`, facts: { frameworkId: framework.id } });
  }
  for (const role of roles.length === 0 ? framework.roles : roles) framework.suppressedRoles.delete(role);
  reviveInAllocator(state.allocator, framework.id, roles);
  state.allocationWanted = true;
  return undefined;
}

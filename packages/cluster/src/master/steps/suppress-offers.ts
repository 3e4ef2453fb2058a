// SUPPRESS: no offers until REVIVE.
import { suppressOffers as suppressInAllocator } from "../../allocator/suppress-offers.ts";
import type { Framework } from "../framework.ts";
import { type Turn, log } from "../turn.ts";
import { checkOwnRoles } from "./check-own-roles.ts";

/** Without roles: all roles of the framework. */
export function suppressOffers(turn: Turn, framework: Framework, roles: readonly string[]): void {
  const { state } = turn;
  state.counters.messages_suppress_offers++;
  const error = checkOwnRoles(framework, roles, "suppression");
  if (error !== undefined) {
    return log(turn, "warn", {
      message: `Dropping SUPPRESS: ${error}`,
      facts: { frameworkId: framework.id },
    });
  }
  for (const role of roles.length === 0 ? framework.roles : roles) framework.suppressedRoles.add(role);
  suppressInAllocator(state.allocator, framework.id, roles);
  return undefined;
}

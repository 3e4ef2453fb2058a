// GET /explain without an id: the frameworks that want offers and have none.
import type { MasterState } from "../../state.ts";
import type { ExplainQuery } from "./explain-query.ts";

/** Connected frameworks that hold no offer though a role of theirs is not suppressed, in the order in which they came. */
export function waitingFrameworks(state: MasterState, { offset, limit }: ExplainQuery): object {
  const waiting = [...state.frameworks.registered.values()].filter(
    ({ active, offers, roles, suppressedRoles }) =>
      active && offers.size === 0 && suppressedRoles.size < roles.size,
  );
  return {
    frameworks: waiting.slice(offset, offset + limit).map((framework) => ({
      framework_id: framework.id,
      name: framework.info.name,
      roles: [...framework.roles].filter((role) => !framework.suppressedRoles.has(role)),
      suppressed_roles: [...framework.suppressedRoles],
      tasks: framework.tasks.size,
    })),
    offset,
    limit,
    total: waiting.length,
  };
}

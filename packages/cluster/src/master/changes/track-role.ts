// Which frameworks a role has: those subscribed to it and those still using its resources.
import type { Framework } from "../framework.ts";
import type { MasterState } from "../state.ts";

/** Lists the framework under the role. */
export function trackRole(state: MasterState, framework: Framework, role: string): void {
  const frameworks = state.roles.get(role);
  if (frameworks === undefined) state.roles.set(role, new Set([framework.id]));
  else frameworks.add(framework.id);
}

/** Takes the framework off the role's list, and forgets a role without frameworks. */
export function untrackRole(state: MasterState, framework: Framework, role: string): void {
  const frameworks = state.roles.get(role);
  frameworks?.delete(framework.id);
  if (frameworks?.size === 0) state.roles.delete(role);
}

/** Untracks a role that the framework neither subscribes to nor uses. */
export function untrackUnusedRole(state: MasterState, framework: Framework, role: string): void {
  if (framework.roles.has(role)) return;
  if (framework.totalUsedResources.some((resource) => resource.allocation_info?.role === role)) return;
  untrackRole(state, framework, role);
}

// Whether a principal may do something in this cluster.
import type { QuotaConfig } from "@mezzo/wire";
import type { Action } from "../../authorization/actions.ts";
import type { MasterState } from "../state.ts";

/** Without `--acls` everybody may. `object` is what the action is about; without one it is everything. */
export function may(
  { authorizer }: MasterState,
  principal: string | undefined,
  action: Action,
  object?: string,
): boolean {
  return authorizer === undefined || authorizer.approves(principal, action, object);
}

/** Whether a principal may do it to each of the objects. */
export function mayAll(
  { authorizer }: MasterState,
  principal: string | undefined,
  action: Action,
  objects: Iterable<string>,
): boolean {
  if (authorizer === undefined) return true;
  const approver = authorizer.approver(principal, action);
  return [...objects].every((object) => approver(object));
}

/** Which roles a principal may see, for one purpose. */
export function seenRoles(
  { authorizer }: MasterState,
  principal: string | undefined,
  action: "VIEW_ROLE" | "GET_QUOTA",
): (role: string) => boolean {
  return authorizer === undefined ? () => true : authorizer.approver(principal, action);
}

/** The quotas that a principal may see. */
export function seenQuotas(
  state: MasterState,
  principal: string | undefined,
): ReadonlyMap<string, QuotaConfig> {
  if (state.authorizer === undefined) return state.quotas;
  const isSeen = seenRoles(state, principal, "GET_QUOTA");
  return new Map([...state.quotas].filter(([role]) => isSeen(role)));
}

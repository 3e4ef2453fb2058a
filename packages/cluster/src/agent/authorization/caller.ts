// Who calls an agent, and what of it they may see and do.
import type { Action } from "../../authorization/actions.ts";
import { SEES_EVERYTHING, SEES_NOTHING, type Viewer, viewerOf } from "../../authorization/viewer.ts";
import type { Claims } from "../../net/authentication/json-web-token.ts";
import type { AgentState } from "../state.ts";

/** What authentication found out. */
export interface Caller {
  /** Who came with a secret. */
  readonly principal?: string;
  /** What a token claims; an executor's names its container. */
  readonly claims?: Claims;
}

/** Whether it came with a token: rules are about names, and it has none. */
export function isNameless(caller: Caller | undefined): boolean {
  return caller?.claims !== undefined && caller.principal === undefined;
}

/** Whether the caller may do something; without ACLs everybody may. */
export function may(
  { authorizer }: AgentState,
  caller: Caller | undefined,
  action: Action,
  object?: string,
): boolean {
  if (authorizer === undefined) return true;
  return !isNameless(caller) && authorizer.approves(caller?.principal, action, object);
}

/** What the caller may see. */
export function viewerFor({ authorizer }: AgentState, caller: Caller | undefined): Viewer {
  if (authorizer === undefined) return SEES_EVERYTHING;
  return isNameless(caller) ? SEES_NOTHING : viewerOf(authorizer, caller?.principal);
}

// UPDATE_QUOTA, and the older SET_QUOTA and REMOVE_QUOTA: what roles are sure to get, and the most they get.
import type { QuotaConfig, QuotaRequest } from "@mezzo/wire";
import { updateQuota as updateInAllocator } from "../../allocator/update-quota.ts";
import { may, mayAll } from "../authorization/may.ts";
import { isWhitelistedRole } from "../check-policy-role.ts";
import { QuotaTree } from "../quota-tree.ts";
import { normalizeQuota, quotaOf } from "../quota.ts";
import { type Turn, log } from "../turn.ts";
import { checkSetQuota, checkUpdateQuota } from "./check-quota.ts";
import { rescindForQuota, rescindForRequest } from "./rescind-for-quota.ts";

/** Which call changes the quota; they rescind different offers. */
export type QuotaChange = "update" | "set" | "remove";

function respond(turn: Turn, request: number, { status, body }: { status: number; body?: string }): void {
  turn.effects.push({ type: "respond", request, status, ...(body === undefined ? {} : { body }) });
}

function persist(
  turn: Turn,
  { request, configs, change }: { request: number; configs: readonly QuotaConfig[]; change: QuotaChange },
): void {
  turn.effects.push({
    type: "persist",
    operations: [{ kind: "update-quota", configs }],
    continuation: { kind: "quota-updated", request, configs, change },
  });
}

/** All of the configs, or none. @see Mesos src/master/quota_handler.cpp QuotaHandler::update */
export function updateQuota(
  turn: Turn,
  {
    request,
    principal,
    configs,
    force,
  }: { request: number; principal?: string; configs: readonly QuotaConfig[]; force: boolean },
): void {
  const refusal = checkUpdateQuota(turn.state, { configs, force });
  if (refusal !== undefined) return respond(turn, request, refusal);
  const roles = configs.map(({ role }) => role);
  if (!mayAll(turn.state, principal, "UPDATE_QUOTA_WITH_CONFIG", roles)) {
    return respond(turn, request, { status: 403 });
  }
  return persist(turn, { request, configs: configs.map(normalizeQuota), change: "update" });
}

/** A guarantee, which is the limit too, for a role without quota. */
export function setQuota(
  turn: Turn,
  { request, principal, quota }: { request: number; principal?: string; quota: QuotaRequest },
): void {
  const checked = checkSetQuota(turn.state, quota, principal);
  if ("refusal" in checked) return respond(turn, request, checked.refusal);
  // Known before it is written, so that a second request for the role is refused; a failing write ends the master.
  const config = normalizeQuota(checked.config);
  turn.state.quotas.set(config.role, config);
  return persist(turn, { request, configs: [config], change: "set" });
}

/**
 * Takes a role's quota away. `path` is that of a DELETE and part of the words; the call of the v1 API has none.
 * Mesos' own master ends when the v1 call names a role without quota; here it is refused.
 */
export function removeQuota(
  turn: Turn,
  { request, principal, role, path }: { request: number; principal?: string; role: string; path?: string },
): void {
  const { state } = turn;
  const refuse = (body: string): void => respond(turn, request, { status: 400, body });
  const failure = path === undefined ? "Failed to remove quota" : `Failed to remove quota for path '${path}'`;
  if (path !== undefined && !isWhitelistedRole(state, role)) {
    return refuse(`Failed to validate remove quota request for path '${path}': Unknown role '${role}'`);
  }
  if (!state.quotas.has(role)) return refuse(`${failure}: Role '${role}' has no quota set`);
  const error = new QuotaTree([...state.quotas.values(), { role }]).check();
  if (error !== undefined) return refuse(`${failure}: ${error}`);
  if (!may(state, principal, "UPDATE_QUOTA", role)) return respond(turn, request, { status: 403 });
  state.quotas.delete(role);
  return persist(turn, { request, configs: [{ role }], change: "remove" });
}

/** The registry has the quota: it holds from now on, and offers in its way are rescinded. */
export function quotaUpdated(
  turn: Turn,
  { request, configs, change }: { request: number; configs: readonly QuotaConfig[]; change: QuotaChange },
): void {
  const { state } = turn;
  for (const config of configs) {
    // A role whose quota was updated to nothing is still shown, until the next master takes over.
    if (change === "update") state.quotas.set(config.role, config);
    updateInAllocator(state.allocator, config.role, quotaOf(config));
  }
  state.allocationWanted = true;
  for (const config of configs) {
    if (change === "update") rescindForQuota(turn, config);
    else if (change === "set") rescindForRequest(turn, config);
  }
  log(turn, "info", {
    message: "Updated quota",
    facts: { roles: configs.map(({ role }) => role).join(" ") },
  });
  respond(turn, request, { status: 200 });
}

// UPDATE_QUOTA, and the older SET_QUOTA and REMOVE_QUOTA: what roles are sure to get, and the most they get.
import type { QuotaConfig } from "@mezzo/wire";
import { updateQuota as updateInAllocator } from "../../allocator/update-quota.ts";
import { may, mayAll } from "../authorization/may.ts";
import { standInLine, takeNextInLine } from "../change-line.ts";
import { isWhitelistedRole } from "../check-policy-role.ts";
import type { QuotaInput } from "../quota-inputs.ts";
import { QuotaTree } from "../quota-tree.ts";
import { normalizeQuota, quotaOf } from "../quota.ts";
import type { MasterState } from "../state.ts";
import { type Turn, log } from "../turn.ts";
import { type QuotaRefusal, checkSetQuota, checkUpdateQuota } from "./check-quota.ts";
import { rescindForQuota, rescindForRequest } from "./rescind-for-quota.ts";

/** The configs that a change comes to, or why it cannot be made now. */
type Checked = { configs: readonly QuotaConfig[] } | { refusal: QuotaRefusal };

const FORBIDDEN: Checked = { refusal: { status: 403 } };

/**
 * `path` is that of a DELETE and part of the words; the call of the v1 API has none. Mesos' own master ends when the v1 call
 * names a role without quota; here it is refused.
 */
function checkRemoveQuota(
  state: MasterState,
  { role, path, principal }: Extract<QuotaInput, { type: "remove-quota" }>,
): Checked {
  const refuse = (body: string): Checked => ({ refusal: { status: 400, body } });
  const failure = path === undefined ? "Failed to remove quota" : `Failed to remove quota for path '${path}'`;
  if (path !== undefined && !isWhitelistedRole(state, role)) {
    return refuse(`Failed to validate remove quota request for path '${path}': Unknown role '${role}'`);
  }
  if (!state.quotas.has(role)) return refuse(`${failure}: Role '${role}' has no quota set`);
  const error = new QuotaTree([...state.quotas.values(), { role }]).check();
  if (error !== undefined) return refuse(`${failure}: ${error}`);
  return may(state, principal, "UPDATE_QUOTA", role) ? { configs: [{ role }] } : FORBIDDEN;
}

/** UPDATE_QUOTA changes all of its roles, or none. */
function check(state: MasterState, change: QuotaInput): Checked {
  switch (change.type) {
    case "update-quota": {
      const { configs, principal } = change;
      const refusal = checkUpdateQuota(state, change);
      if (refusal !== undefined) return { refusal };
      const roles = configs.map(({ role }) => role);
      return mayAll(state, principal, "UPDATE_QUOTA_WITH_CONFIG", roles) ? { configs } : FORBIDDEN;
    }
    case "set-quota": {
      const checked = checkSetQuota(state, change.quota, change.principal);
      return "refusal" in checked ? checked : { configs: [checked.config] };
    }
    case "remove-quota":
      return checkRemoveQuota(state, change);
  }
}

/** Refuses the change, or writes it down; the answer follows the write. @see Mesos src/master/quota_handler.cpp */
export function changeQuota(turn: Turn, change: QuotaInput): void {
  const { quotaChanges } = turn.state;
  if (standInLine(turn, quotaChanges, { change, of: "quota" })) return;
  const checked = check(turn.state, change);
  if ("refusal" in checked) {
    turn.effects.push({ type: "respond", request: change.request, ...checked.refusal });
    return;
  }
  const configs = checked.configs.map(normalizeQuota);
  quotaChanges.writing = true;
  turn.effects.push({
    type: "persist",
    operations: [{ kind: "update-quota", configs }],
    continuation: { kind: "quota-changed", change, configs },
  });
}

/** The registry has the quota: it holds from now on, and offers in its way are rescinded. The next change is looked at. */
export function quotaChanged(
  turn: Turn,
  { change, configs }: { change: QuotaInput; configs: readonly QuotaConfig[] },
): void {
  const { state } = turn;
  state.quotaChanges.writing = false;
  for (const config of configs) {
    // A role whose quota was updated to nothing is still shown, until the next master takes over.
    if (change.type === "remove-quota") state.quotas.delete(config.role);
    else state.quotas.set(config.role, config);
    updateInAllocator(state.allocator, config.role, quotaOf(config));
  }
  state.allocationWanted = true;
  for (const config of configs) {
    if (change.type === "update-quota") rescindForQuota(turn, config);
    else if (change.type === "set-quota") rescindForRequest(turn, config);
  }
  log(turn, "info", {
    message: "Updated quota",
    facts: { roles: configs.map(({ role }) => role).join(" ") },
  });
  turn.effects.push({ type: "respond", request: change.request, status: 200 });
  takeNextInLine(state.quotaChanges, (next) => changeQuota(turn, next));
}

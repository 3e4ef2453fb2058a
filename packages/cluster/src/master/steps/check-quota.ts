// May these quotas be set? The words are Mesos' (src/master/quota_handler.cpp, src/master/quota.cpp).
import {
  type QuotaConfig,
  type QuotaRequest,
  addQuantities,
  containsQuantities,
  formatQuantities,
  isWithinLimits,
  upgradeResources,
  validateQuotaConfig,
  validateQuotaInfo,
  validateResources,
} from "@mezzo/wire";
import { may } from "../authorization/may.ts";
import { checkPolicyRole, isWhitelistedRole } from "../check-policy-role.ts";
import { clusterCapacity } from "../cluster-capacity.ts";
import { QuotaTree } from "../quota-tree.ts";
import { quotaOf } from "../quota.ts";
import { breakdownOf, roleBreakdowns } from "../role-breakdown.ts";
import type { MasterState } from "../state.ts";

/** An answer that refuses. */
export interface QuotaRefusal {
  status: 400 | 403 | 409;
  body?: string;
}

const INVALID_CONFIG = "Invalid QuotaConfig";
const INVALID_REQUEST = "Failed to validate set quota request";

const FORCE = "(use 'force' flag to bypass this check)";

const refuse = (body: string): QuotaRefusal => ({ status: 400, body });

function checkConfig(state: MasterState, config: QuotaConfig): string | undefined {
  const { role } = config;
  if (!isWhitelistedRole(state, role)) return `${INVALID_CONFIG}: '${role}' is not on the roles whitelist`;
  if (role.includes("/")) return `Updating quota on nested role '${role}' is not supported yet`;
  const error = checkPolicyRole(role);
  const wrong = error === undefined ? validateQuotaConfig(config) : `Invalid 'QuotaConfig.role': ${error}`;
  return wrong === undefined ? undefined : `${INVALID_CONFIG}: ${wrong}`;
}

/** Whether roles use more than their new limits already. */
function checkConsumption(state: MasterState, configs: readonly QuotaConfig[]): string | undefined {
  if (configs.every(({ limits = {} }) => Object.keys(limits).length === 0)) return undefined;
  const breakdowns = roleBreakdowns(state);
  for (const config of configs) {
    const { limits } = quotaOf(config);
    const { consumed } = breakdownOf(breakdowns, config.role);
    const positive = new Map([...consumed].filter(([, amount]) => amount > 0));
    if (isWithinLimits(limits, positive)) continue;
    return (
      `${INVALID_CONFIG}: Role '${config.role}' is already consuming '${formatQuantities(positive)}'; ` +
      `this is more than the requested limits '${formatQuantities(limits)}' ${FORCE}`
    );
  }
  return undefined;
}

/** Checks UPDATE_QUOTA. With `force` a cluster or a role may be promised more than there is, or than is unused. */
export function checkUpdateQuota(
  state: MasterState,
  { configs, force }: { configs: readonly QuotaConfig[]; force: boolean },
): QuotaRefusal | undefined {
  for (const config of configs) {
    const error = checkConfig(state, config);
    if (error !== undefined) return refuse(error);
  }
  const excess = force ? undefined : checkConsumption(state, configs);
  if (excess !== undefined) return refuse(excess);
  const tree = new QuotaTree([...state.quotas.values(), ...configs]);
  const error = tree.check();
  if (error !== undefined) return refuse(`${INVALID_CONFIG}: ${error}`);
  if (force) return undefined;
  const capacity = clusterCapacity(state);
  if (containsQuantities(capacity, tree.total())) return undefined;
  return refuse(
    `${INVALID_CONFIG}: total quota guarantees '${formatQuantities(tree.total())}' exceed cluster capacity ` +
      `'${formatQuantities(capacity)}' ${FORCE}`,
  );
}

/** The request of the older call as a config: what is guaranteed is the limit too. */
function configOf({ role = "", guarantee = [] }: QuotaRequest): QuotaConfig {
  let amounts = new Map<string, number>();
  for (const { name, scalar } of guarantee) {
    amounts = addQuantities(amounts, new Map([[name, scalar?.value ?? 0]]));
  }
  const scalars = Object.fromEntries([...amounts].map(([name, value]) => [name, { value }]));
  return { role, guarantees: scalars, limits: scalars };
}

function checkRequest(state: MasterState, quota: QuotaRequest): string | undefined {
  const invalid = validateResources(quota.guarantee ?? []);
  if (invalid !== undefined) return `${INVALID_REQUEST}: QuotaInfo with invalid resource: ${invalid}`;
  const guarantee = upgradeResources(quota.guarantee ?? []);
  const { role = "" } = quota;
  const long = checkPolicyRole(role);
  const wrong =
    validateQuotaInfo({ role, guarantee }) ??
    (long === undefined ? undefined : `QuotaInfo with invalid role: ${long}`);
  if (wrong !== undefined) return `${INVALID_REQUEST}: ${wrong}`;
  if (!isWhitelistedRole(state, role)) return `${INVALID_REQUEST}: Unknown role '${role}'`;
  if (!state.quotas.has(role)) return undefined;
  return `${INVALID_REQUEST}: Cannot set quota for role '${role}' which already has quota`;
}

/** Checks SET_QUOTA by `principal`: the config to set, or why not. */
export function checkSetQuota(
  state: MasterState,
  quota: QuotaRequest,
  principal: string | undefined,
): { config: QuotaConfig } | { refusal: QuotaRefusal } {
  const invalid = checkRequest(state, quota);
  if (invalid !== undefined) return { refusal: refuse(invalid) };
  const config = configOf(quota);
  const tree = new QuotaTree([...state.quotas.values(), config]);
  const error = tree.check();
  if (error !== undefined) return { refusal: refuse(`${INVALID_REQUEST}: ${error}`) };
  if (config.role.includes("/")) {
    return { refusal: refuse(`Setting quota on nested role '${config.role}' is not supported yet`) };
  }
  if (!may(state, principal, "UPDATE_QUOTA", config.role)) return { refusal: { status: 403 } };
  const capacity = clusterCapacity(state);
  if (quota.force === true || containsQuantities(capacity, tree.total())) return { config };
  const body =
    "Quota guarantees overcommit the cluster (use 'force' to bypass this check): Total quota guarantees " +
    `'${formatQuantities(tree.total())}' exceed cluster capacity '${formatQuantities(capacity)}'`;
  return { refusal: { status: 409, body } };
}

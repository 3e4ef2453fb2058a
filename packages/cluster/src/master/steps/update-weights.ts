// UPDATE_WEIGHTS and PUT /weights: shares of roles change from now on.
import { type WeightInfo, formatNumber } from "@mezzo/wire";
import { updateWeights as updateInAllocator } from "../../allocator/update-weights.ts";
import { may, mayAll } from "../authorization/may.ts";
import { endOffers } from "../changes/remove-offer.ts";
import { checkPolicyRole, isWhitelistedRole } from "../check-policy-role.ts";
import type { MasterState } from "../state.ts";
import { type Turn, log } from "../turn.ts";

/** As many digits as a C++ stream writes. */
const DIGITS = 6;

interface RoleWeight {
  role: string;
  weight: number;
}

/** The first error, in Mesos' words. */
export function checkWeight(state: MasterState, { role, weight }: RoleWeight): string | undefined {
  const prefix = "Failed to validate update weights request JSON";
  const error = checkPolicyRole(role);
  if (error !== undefined) return `${prefix}: Invalid role '${role.slice(0, 1024)}': ${error}`;
  if (!isWhitelistedRole(state, role)) return `${prefix}: Unknown role '${role}'`;
  if (weight > 0 && Number.isFinite(weight)) return undefined;
  const rule = weight > 0 ? "finite" : "positive";
  return `${prefix} for role '${role}': Invalid weight '${formatNumber(weight, DIGITS)}': Weights must be ${rule}`;
}

/** Checks the call and writes it down; the answer follows the write. @see Mesos src/master/weights_handler.cpp */
export function updateWeights(
  turn: Turn,
  { request, principal, weights }: { request: number; principal?: string; weights: readonly WeightInfo[] },
): void {
  const trimmed = weights.map(({ role = "", weight }) => ({ role: role.trim(), weight }));
  for (const each of trimmed) {
    const body = checkWeight(turn.state, each);
    if (body === undefined) continue;
    turn.effects.push({ type: "respond", request, status: 400, body });
    return;
  }
  const roles = trimmed.map(({ role }) => role);
  const isAllowed =
    roles.length === 0
      ? may(turn.state, principal, "UPDATE_WEIGHT")
      : mayAll(turn.state, principal, "UPDATE_WEIGHT", roles);
  if (!isAllowed) {
    turn.effects.push({ type: "respond", request, status: 403 });
    return;
  }
  turn.effects.push({
    type: "persist",
    operations: [{ kind: "update-weights", weights: trimmed }],
    continuation: { kind: "weights-updated", request, weights: trimmed },
  });
}

/** The registry has the weights. Outstanding offers go back when a role in use has changed, to be shared out anew. */
export function weightsUpdated(
  turn: Turn,
  { request, weights }: { request: number; weights: readonly RoleWeight[] },
): void {
  const { state } = turn;
  for (const { role, weight } of weights) state.weights.set(role, weight);
  updateInAllocator(
    state.allocator,
    weights.map(({ role, weight }) => [role, weight] as const),
  );
  if (weights.some(({ role }) => state.roles.has(role))) {
    for (const agent of state.agents.registered.values()) endOffers(turn, [...agent.offers], "rescind");
  }
  log(turn, "info", {
    message: "Updated weights",
    facts: { roles: weights.map(({ role }) => role).join(" ") },
  });
  turn.effects.push({ type: "respond", request, status: 200 });
}

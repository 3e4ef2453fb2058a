// What operators do about a role: weights, and quota by the newer call and the older ones.
import type { OperatorInput } from "../master/master-run.ts";
import type { SeededRandom } from "../time/seeded-random.ts";
import type { OperatorAction } from "./operator-action.ts";

/** Ends whatever quota the role has. */
export function withoutQuota(role: string): OperatorInput {
  return { type: "update-quota", configs: [{ role }], force: true };
}

function setWeight(role: string, random: SeededRandom): OperatorAction {
  const weights = (weight: number): OperatorInput => ({
    type: "update-weights",
    weights: [{ role, weight }],
  });
  return { act: [weights(random.pick([0.5, 2, 10]))], undo: [weights(1)] };
}

function updateQuota(role: string, random: SeededRandom): OperatorAction {
  const limits = { cpus: { value: random.integer(1, 6) }, mem: { value: 2048 } };
  const guarantees = random.chance(0.5) ? { guarantees: { cpus: { value: 1 } } } : {};
  return {
    act: [{ type: "update-quota", configs: [{ role, limits, ...guarantees }], force: true }],
    undo: [withoutQuota(role)],
  };
}

/** Guarantee and limit of the older call are one. */
function setQuota(role: string, random: SeededRandom): OperatorAction {
  const value = random.integer(1, 6);
  const quota = {
    role,
    force: true,
    guarantee: [{ name: "cpus", type: "SCALAR" as const, scalar: { value } }],
  };
  return { act: [{ type: "set-quota", quota }], undo: [{ type: "remove-quota", role }] };
}

function removeQuota(role: string): OperatorAction {
  return { act: [{ type: "remove-quota", role }], undo: [] };
}

/** One of them. Quota is for uppermost roles only. */
export function drawPolicyMove(role: string, random: SeededRandom): OperatorAction {
  if (role === "*" || role.includes("/") || random.chance(0.4)) return setWeight(role, random);
  if (random.chance(0.4)) return updateQuota(role, random);
  return random.chance(0.7) ? setQuota(role, random) : removeQuota(role);
}

// GET /roles: every role with its weight, quota, holdings and frameworks.
import { addQuantities, type Quantities, type ValueScalar } from "@mezzo/wire";
import type { Viewer } from "../../../authorization/viewer.ts";
import { DEFAULT_WEIGHT } from "../../default-weight.ts";
import type { MasterState } from "../../state.ts";
import { breakdownOf, knownRoles, roleBreakdowns, type RoleBreakdown } from "../../role-breakdown.ts";

/** Thousandths in one. */
const PRECISION = 1000;

/** Quantities as numbers by name. */
export function quantitiesModel(quantities: Quantities): Record<string, number> {
  const entries = [...quantities]
    .filter(([, thousandths]) => thousandths > 0)
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, thousandths]) => [name, thousandths / PRECISION]));
}

function scalarsModel(scalars: Record<string, ValueScalar> | undefined): Record<string, number> {
  return Object.fromEntries(Object.entries(scalars ?? {}).map(([name, { value }]) => [name, value]));
}

function roleModel(state: MasterState, name: string, holdings: RoleBreakdown): object {
  const { allocated, offered, reserved, consumed } = holdings;
  const quota = state.quotas.get(name);
  return {
    name,
    weight: state.weights.get(name) ?? DEFAULT_WEIGHT,
    quota: {
      role: name,
      guarantee: scalarsModel(quota?.guarantees),
      limit: scalarsModel(quota?.limits),
      consumed: quantitiesModel(consumed),
    },
    resources: quantitiesModel(addQuantities(allocated, offered)),
    allocated: quantitiesModel(allocated),
    offered: quantitiesModel(offered),
    reserved: quantitiesModel(reserved),
    frameworks: [...(state.roles.get(name) ?? [])],
  };
}

/** @see Mesos docs/endpoints/master/roles.md */
export function rolesModel(state: MasterState, viewer: Viewer): object {
  const breakdowns = roleBreakdowns(state);
  const names = knownRoles(state).filter((name) => viewer.role(name));
  return { roles: names.map((name) => roleModel(state, name, breakdownOf(breakdowns, name))) };
}

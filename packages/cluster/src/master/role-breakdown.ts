// What each role holds: the numbers behind /roles and GET_ROLES.
import { isReserved, isRevocable, quantityOf, reservationRole, type Resource } from "@mezzo/wire";
import type { Agent } from "./agent.ts";
import type { MasterState } from "./state.ts";

/** Every ancestor of `a/b/c`: `a/b`, `a`. */
function ancestors(role: string): string[] {
  const parts = role.split("/");
  return parts.slice(1).map((_, index) => parts.slice(0, parts.length - 1 - index).join("/"));
}

/**
 * Every role that has a framework, a reservation, a weight or a quota, or every role of `--roles` and `*`, which is
 * always allowed; with their ancestors, by the alphabet.
 * @see Mesos src/master/master.cpp knownRoles
 */
export function knownRoles({ options, roles, agents, weights, quotas }: MasterState): string[] {
  const known = new Set<string>();
  if (options.roles) {
    for (const role of ["*", ...options.roles]) known.add(role);
  } else {
    for (const role of [...roles.keys(), ...weights.keys(), ...quotas.keys()]) known.add(role);
    for (const agent of agents.registered.values()) {
      for (const resource of agent.totalResources) {
        if (isReserved(resource)) known.add(reservationRole(resource));
      }
    }
  }
  for (const role of [...known]) for (const ancestor of ancestors(role)) known.add(ancestor);
  return [...known].toSorted();
}

/** Thousandths by resource name. */
type Sums = Map<string, number>;

export interface RoleBreakdown {
  /** In use by tasks and executors. */
  allocated: Sums;
  offered: Sums;
  reserved: Sums;
  /** What operators are told that counts against a quota: in use, and reserved but not in use. */
  consumed: Sums;
  /** What the allocator counts: scalars that are reserved, and those in use that are neither reserved nor revocable. */
  charged: Sums;
}

type Kind = keyof RoleBreakdown;

function emptyBreakdown(): RoleBreakdown {
  return {
    allocated: new Map(),
    offered: new Map(),
    reserved: new Map(),
    consumed: new Map(),
    charged: new Map(),
  };
}

/** Adds up holdings of roles, each in its own role and in every one above. */
class RoleSums {
  readonly byRole = new Map<string, RoleBreakdown>();

  add(kinds: readonly Kind[], role: string, { name, amount }: { name: string; amount: number }): void {
    for (const at of [role, ...ancestors(role)]) {
      let breakdown = this.byRole.get(at);
      if (!breakdown) this.byRole.set(at, (breakdown = emptyBreakdown()));
      for (const kind of kinds) breakdown[kind].set(name, (breakdown[kind].get(name) ?? 0) + amount);
    }
  }
}

function addAllocations(
  sums: RoleSums,
  kindsOf: (resource: Resource) => readonly Kind[],
  resources: readonly Resource[],
): void {
  for (const resource of resources) {
    const role = resource.allocation_info?.role;
    if (role === undefined) continue;
    sums.add(kindsOf(resource), role, { name: resource.name, amount: quantityOf(resource) });
  }
}

function kindsOfUsed(resource: Resource): readonly Kind[] {
  const isCharged = resource.type === "SCALAR" && !isReserved(resource) && !isRevocable(resource);
  return isCharged ? ["allocated", "consumed", "charged"] : ["allocated", "consumed"];
}

function kindsOfReserved({ type }: Resource): readonly Kind[] {
  return type === "SCALAR" ? ["reserved", "consumed", "charged"] : ["reserved", "consumed"];
}

function addReservations(sums: RoleSums, { totalResources, usedResources }: Agent): void {
  for (const resource of totalResources) {
    if (!isReserved(resource)) continue;
    const amount = quantityOf(resource);
    sums.add(kindsOfReserved(resource), reservationRole(resource), { name: resource.name, amount });
  }
  for (const resources of usedResources.values()) {
    for (const resource of resources) {
      if (!isReserved(resource)) continue;
      sums.add(["consumed"], reservationRole(resource), {
        name: resource.name,
        amount: -quantityOf(resource),
      });
    }
  }
}

/**
 * What every role and everything below it holds, by role; roles that hold nothing are absent.
 * @see Mesos src/master/master.cpp RoleResourceBreakdown
 */
export function roleBreakdowns({ agents, frameworks }: MasterState): Map<string, RoleBreakdown> {
  const sums = new RoleSums();
  for (const framework of frameworks.registered.values()) {
    addAllocations(sums, kindsOfUsed, framework.totalUsedResources);
    addAllocations(sums, () => ["offered"], framework.totalOfferedResources);
  }
  for (const agent of agents.registered.values()) addReservations(sums, agent);
  return sums.byRole;
}

/** The holdings of one role in a result of `roleBreakdowns`. */
export function breakdownOf(breakdowns: Map<string, RoleBreakdown>, role: string): RoleBreakdown {
  return breakdowns.get(role) ?? emptyBreakdown();
}

// What an agent has in all: sets it, and everything computed from it.
import {
  type Resource,
  containsResources,
  isRevocable,
  isShared,
  isUnreserved,
  reservationRole,
  subtractResources,
  unallocateResources,
} from "@mezzo/wire";
import { setAvailable, withoutShared } from "./holdings.ts";
import { addInto, vectorOf } from "./quantity-vector.ts";
import { noteReserved } from "./quota/quota-ledger.ts";
import { dropUnusedRole, roleEntry } from "./roles.ts";
import { changeTotals } from "./shares/share-tree.ts";
import type { AgentEntry, AllocatorState, RoleEntry } from "./state.ts";

/** Copies of a shared volume count once in sums. */
function countReservations(state: AllocatorState, resources: readonly Resource[], sign: 1 | -1): void {
  for (const resource of resources) {
    if (isUnreserved(resource) || resource.scalar === undefined) continue;
    const amounts = vectorOf(state.names, [resource]);
    const role = roleEntry(state, reservationRole(resource));
    for (let entry: RoleEntry | undefined = role; entry !== undefined; entry = entry.parent) {
      addInto(entry.reserved, amounts, sign);
      noteReserved(state, entry);
    }
    if (sign === -1) dropUnusedRole(state, role);
  }
}

/** Replaces an agent's total in the cluster's sums and works out what is free of it; an empty total takes it out. */
export function setTotal(state: AllocatorState, agent: AgentEntry, total: readonly Resource[]): void {
  const amounts = vectorOf(state.names, total);
  countReservations(state, total, 1);
  countReservations(state, agent.total, -1);
  changeTotals(state.shares, agent.totalAmounts, -1);
  changeTotals(state.shares, amounts, 1);
  agent.total = total;
  agent.totalAmounts = amounts;
  agent.hasShared = total.some(isShared);
  agent.plain =
    !agent.hasShared && total.every((resource) => isUnreserved(resource) && !isRevocable(resource));
  agent.hasGpu = total.some((resource) => resource.name === "gpus" && (resource.scalar?.value ?? 0) > 0);
  agent.lastGrant = undefined;
  recomputeAvailable(state, agent);
}

/**
 * Works out from scratch what is free: the total less what is held; shared volumes are always free. While something is held
 * that the agent does not have, such as a reservation that never arrived there, nothing is: the agent has yet to say what of
 * it runs. Revocable resources come and go, and keep nothing else back.
 */
export function recomputeAvailable(state: AllocatorState, agent: AgentEntry): void {
  let available = agent.total;
  let isWaiting = false;
  agent.overcommitted = false;
  for (const { resources } of agent.held) {
    const held = withoutShared(unallocateResources(resources));
    if (!containsResources(available, held)) {
      agent.overcommitted = true;
      isWaiting ||= subtractResources(held, available).some((resource) => !isRevocable(resource));
    }
    available = subtractResources(available, held);
  }
  setAvailable(state, agent, isWaiting ? [] : available);
}

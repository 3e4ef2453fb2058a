// Declined resources: which a framework does not want on an agent in a role, and until when.
import { type Filters, type Resource, containsResources, isShared } from "@mezzo/wire";
import { addExpiry, noteRemoved } from "./expiries.ts";
import { type QuantityVector, fitsInto, vectorOf } from "./quantity-vector.ts";
import type { AgentEntry, AllocatorState, Client, Refusal } from "./state.ts";

/** The default of Filters.refuse_seconds, also used for values that make no sense (mesos.proto, hierarchical.cpp). */
const DEFAULT_REFUSE_SECONDS = 5;

/** Mesos refuses for at most a year. */
const MAX_REFUSE_SECONDS = 365 * 24 * 60 * 60;

/** A framework that keeps refusing ever smaller leftovers of one agent is remembered that often; the oldest then ends early. */
export const MAX_REFUSALS_PER_AGENT = 32;

const NANOSECONDS = 1e9;

/** The time a refusal lasts in ms, corrected as Mesos does; 0 installs no filter. */
export function refuseMsOf(filters: Filters): number {
  const seconds = filters.refuse_seconds ?? DEFAULT_REFUSE_SECONDS;
  if (seconds > MAX_REFUSE_SECONDS) return MAX_REFUSE_SECONDS * 1000;
  if (!(seconds >= 0)) return DEFAULT_REFUSE_SECONDS * 1000;
  return Math.trunc(seconds * NANOSECONDS) === 0 ? 0 : seconds * 1000;
}

/** The next tick of the allocation interval after `nowMs`; what was declined without a filter waits for it. */
export function nextTick(state: AllocatorState, nowMs: number): number {
  return (Math.floor(nowMs / state.intervalMs) + 1) * state.intervalMs;
}

/** Installs a refusal of resources without allocation_info. A filter lasts at least an interval (MESOS-4302). */
export function refuse(
  state: AllocatorState,
  client: Client,
  refused: { agent: AgentEntry; resources: readonly Resource[]; filters: Filters; nowMs: number },
): void {
  const { agent, resources, nowMs } = refused;
  const lastsMs = refuseMsOf(refused.filters);
  const refusal: Refusal = {
    client,
    agent,
    resources,
    amounts: vectorOf(state.names, resources),
    kind: lastsMs === 0 ? "pause" : "filter",
    expiresAtMs: lastsMs === 0 ? nextTick(state, nowMs) : nowMs + Math.max(state.intervalMs, lastsMs),
    removed: false,
    askedAbout: undefined,
    answer: false,
  };
  dropCovered(state, refusal);
  const list = agent.refusals.get(client);
  if (list === undefined) agent.refusals.set(client, [refusal]);
  else list.push(refusal);
  client.refusals.add(refusal);
  addExpiry(state.expiries, refusal);
}

/** Ends what the newer refusal makes superfluous, and the oldest when there are too many. */
function dropCovered(state: AllocatorState, newer: Refusal): void {
  const others = newer.agent.refusals.get(newer.client);
  if (others === undefined) return;
  for (const other of others.filter((other) => isCoveredBy(other, newer))) dropRefusal(state, other);
  const oldest = others.length >= MAX_REFUSALS_PER_AGENT ? others[0] : undefined;
  if (oldest !== undefined) dropRefusal(state, oldest);
}

function isCoveredBy(older: Refusal, newer: Refusal): boolean {
  if (older.kind === "filter" && newer.kind === "pause") return false;
  if (older.expiresAtMs > newer.expiresAtMs || !fitsInto(older.amounts, newer.amounts)) return false;
  return older.resources === newer.resources || containsResources(newer.resources, older.resources);
}

/** Ends a refusal; its agent is not marked dirty. */
function dropRefusal(state: AllocatorState, refusal: Refusal): void {
  detachRefusal(refusal);
  refusal.removed = true;
  noteRemoved(state.expiries, refusal);
}

/** Takes a refusal off its client and agent, for one that has ended. */
export function detachRefusal(refusal: Refusal): void {
  const { client, agent } = refusal;
  client.refusals.delete(refusal);
  const list = agent.refusals.get(client);
  if (list === undefined) return;
  const index = list.indexOf(refusal);
  if (index >= 0) list.splice(index, 1);
  if (list.length === 0) agent.refusals.delete(client);
}

/** Ends all refusals of a framework in a role. */
export function dropRefusalsOf(state: AllocatorState, client: Client): void {
  for (const refusal of client.refusals) dropRefusal(state, refusal);
}

/** Ends all refusals on an agent: its attributes changed, or it is gone. */
export function dropRefusalsOn(state: AllocatorState, agent: AgentEntry): void {
  for (const refusals of agent.refusals.values()) {
    for (const refusal of refusals.slice()) dropRefusal(state, refusal);
  }
}

/** Whether one refusal covers the resources: amounts are compared first, for most differ there. */
function covers(refusal: Refusal, resources: readonly Resource[], amounts: QuantityVector): boolean {
  if (refusal.resources === resources) return true;
  if (refusal.askedAbout === resources) return refusal.answer;
  const fits = fitsInto(amounts, refusal.amounts) || resources.some(isShared);
  refusal.askedAbout = resources;
  refusal.answer = fits && containsResources(refusal.resources, resources);
  return refusal.answer;
}

/**
 * The refusal that keeps resources from a client, if any: one that refused the same or more. `nowMs` leaves out those that are
 * over and only wait to be forgotten.
 */
export function findRefusal(
  client: Client,
  agent: AgentEntry,
  offered: { resources: readonly Resource[]; amounts: QuantityVector; nowMs?: number },
): Refusal | undefined {
  const refusals = agent.refusals.get(client);
  if (refusals === undefined) return undefined;
  for (const refusal of refusals) {
    if (offered.nowMs !== undefined && refusal.expiresAtMs <= offered.nowMs) continue;
    if (covers(refusal, offered.resources, offered.amounts)) return refusal;
  }
  return undefined;
}

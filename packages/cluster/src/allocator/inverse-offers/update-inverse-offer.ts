// An inverse offer ended: answered, timed out or rescinded (`updateInverseOffer` in hierarchical.cpp).
import type { Filters, InverseOfferStatus } from "@mezzo/wire";
import { nextTick, refuseMsOf } from "../refusals.ts";
import type { AllocatorState } from "../state.ts";
import { recordAnswer, refuseUntil, wakeAt } from "./maintenance-book.ts";

/** How it ended. */
export interface InverseOfferEnd {
  frameworkId: string;
  agentId: string;
  /** The framework's answer; absent when the inverse offer timed out or was rescinded. */
  status?: InverseOfferStatus;
  /** With an answer: how long the framework wants to be let be; `{}` means Mesos' default of 5 s. */
  filters?: Filters;
  nowMs: number;
}

/**
 * Notes the end and the answer, if any. Without an answer, or with a refusal of 0 s, the framework is asked again at the
 * next tick of the interval, else at the first one after its refusal. Ignored for agents without maintenance.
 */
export function updateInverseOffer(state: AllocatorState, end: InverseOfferEnd): void {
  const { frameworkId, agentId, status, filters, nowMs } = end;
  const maintenance = state.maintenance.agents.get(agentId);
  if (maintenance === undefined) return;
  state.operations++;
  if (maintenance.outstanding.delete(frameworkId) && status !== undefined) recordAnswer(maintenance, status);
  const wake = { frameworkId, agentId };
  if (status === undefined || filters === undefined) {
    wakeAt(state.maintenance, wake, nextTick(state, nowMs));
    return;
  }
  const lastsMs = refuseMsOf(filters);
  const tickMs = lastsMs === 0 ? nextTick(state, nowMs) : tickFrom(state, nowMs + lastsMs);
  refuseUntil(state.maintenance, wake, tickMs);
}

/** The first tick of the interval that is not before `timeMs`. */
function tickFrom({ intervalMs }: AllocatorState, timeMs: number): number {
  return Math.ceil(timeMs / intervalMs) * intervalMs;
}

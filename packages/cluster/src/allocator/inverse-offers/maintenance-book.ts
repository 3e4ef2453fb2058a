// What the allocator knows of planned maintenance: which agents, who has been asked, who answered what, who is let be.
import type { InverseOfferStatus, Unavailability } from "@mezzo/wire";

/** One agent's maintenance. It is replaced as a whole when the plan changes, so that everybody is asked anew. */
export interface Maintenance {
  readonly unavailability: Unavailability;
  /** The latest answer of each framework; at most `MAX_ANSWERS_PER_AGENT`. */
  readonly statuses: Map<string, InverseOfferStatus>;
  /** Frameworks that have an inverse offer which they have not answered. */
  readonly outstanding: Set<string>;
}

/** A framework and an agent that are looked at again at a tick of the interval. */
export interface Wake {
  readonly frameworkId: string;
  readonly agentId: string;
}

export interface MaintenanceBook {
  /** Agent id → its maintenance. */
  readonly agents: Map<string, Maintenance>;
  /** Framework id → agent id → until when it is not asked again, in ms. */
  readonly refused: Map<string, Map<string, number>>;
  /** Agents on which somebody may have to be asked; all are in `agents`. */
  readonly due: Set<string>;
  /** Tick in ms → what becomes due then. */
  readonly wakes: Map<number, Wake[]>;
  /** The earliest of those ticks. */
  nextWakeAtMs: number | undefined;
}

/** Frameworks come and go while a plan stands; the oldest answer of an agent is dropped beyond this many. */
const MAX_ANSWERS_PER_AGENT = 1000;

/** A book without maintenance. */
export function createMaintenanceBook(): MaintenanceBook {
  return { agents: new Map(), refused: new Map(), due: new Set(), wakes: new Map(), nextWakeAtMs: undefined };
}

/** Notes that somebody new may hold something of the agent. Costs nothing while no maintenance is planned. */
export function markMaintenanceDue(book: MaintenanceBook, agentId: string): void {
  if (book.agents.size > 0 && book.agents.has(agentId)) book.due.add(agentId);
}

/** Keeps a framework's answer. */
export function recordAnswer(maintenance: Maintenance, status: InverseOfferStatus): void {
  const { statuses } = maintenance;
  statuses.set(status.framework_id.value, status);
  const oldest = statuses.keys().next();
  if (statuses.size > MAX_ANSWERS_PER_AGENT && oldest.done !== true) statuses.delete(oldest.value);
}

/** Lets a framework be about an agent until a tick; `tickMs` is when the agent is looked at again. */
export function refuseUntil(book: MaintenanceBook, wake: Wake, tickMs: number): void {
  const refused = book.refused.get(wake.frameworkId);
  if (refused === undefined) book.refused.set(wake.frameworkId, new Map([[wake.agentId, tickMs]]));
  else refused.set(wake.agentId, tickMs);
  wakeAt(book, wake, tickMs);
}

/** Has the agent looked at again at a tick. */
export function wakeAt(book: MaintenanceBook, wake: Wake, tickMs: number): void {
  const wakes = book.wakes.get(tickMs);
  if (wakes === undefined) book.wakes.set(tickMs, [wake]);
  else wakes.push(wake);
  book.nextWakeAtMs = Math.min(tickMs, book.nextWakeAtMs ?? tickMs);
}

/** Moves what a tick has brought among the due agents and ends the refusals that are over. */
export function wakeDue(book: MaintenanceBook, nowMs: number): void {
  if (book.nextWakeAtMs === undefined || nowMs < book.nextWakeAtMs) return;
  let next: number | undefined;
  for (const [tickMs, wakes] of book.wakes) {
    if (tickMs > nowMs) {
      next = Math.min(tickMs, next ?? tickMs);
      continue;
    }
    book.wakes.delete(tickMs);
    for (const { frameworkId, agentId } of wakes) {
      const untilMs = book.refused.get(frameworkId)?.get(agentId);
      if (untilMs !== undefined && untilMs <= nowMs) endRefusal(book, frameworkId, agentId);
      markMaintenanceDue(book, agentId);
    }
  }
  book.nextWakeAtMs = next;
}

/** Ends the refusal of a framework about an agent, if there is one. */
export function endRefusal(book: MaintenanceBook, frameworkId: string, agentId: string): void {
  const refused = book.refused.get(frameworkId);
  if (refused?.delete(agentId) === true && refused.size === 0) book.refused.delete(frameworkId);
}

/** Ends all refusals of a framework: it revived, was deactivated or removed. */
export function endRefusalsOf(book: MaintenanceBook, frameworkId: string): void {
  const refused = book.refused.get(frameworkId);
  if (refused === undefined) return;
  book.refused.delete(frameworkId);
  for (const agentId of refused.keys()) markMaintenanceDue(book, agentId);
}

/** Forgets the agent's maintenance with all answers and refusals: the plan changed, or the agent is gone. */
export function endMaintenance(book: MaintenanceBook, agentId: string): void {
  if (!book.agents.delete(agentId)) return;
  book.due.delete(agentId);
  for (const frameworkId of book.refused.keys()) endRefusal(book, frameworkId, agentId);
}

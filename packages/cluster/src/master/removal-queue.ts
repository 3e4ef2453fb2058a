// `--agent_removal_rate_limit`: who shall be marked unreachable waits for a permit, first come, first served.
//
//     silent, away, or not back ──▶ waiting ──permit──▶ marked unreachable
//                                      └──pong or return──▶ cancelled: the permit is the next one's
import type { MasterOptions } from "./options.ts";

/** That an agent shall be marked unreachable, and why. */
export interface RemovalVerdict {
  readonly agentId: string;
  /** The agent has not been back since this master took over. */
  readonly duringFailover: boolean;
  readonly message: string;
  /** What overturns it: an agent that is away has to come back, whatever pings it answers. */
  readonly until: "pong" | "return";
}

export interface RemovalQueue {
  /** When the next agent may be marked, milliseconds since 1970. */
  nextPermitAt: number;
  /** By agent id, the first in line first: one verdict for each agent, which is registered or recovered. */
  readonly waiting: Map<string, RemovalVerdict>;
}

/** The key of the timer for the next permit. */
export const REMOVAL_PERMIT_TIMER = "removal-permit/";

/** Nobody waits. */
export function createRemovalQueue(): RemovalQueue {
  return { nextPermitAt: 0, waiting: new Map() };
}

/** The time between two permits, milliseconds; 0 without a limit. */
export function permitIntervalMs({ agentRemovalRateLimit }: MasterOptions): number {
  return agentRemovalRateLimit === undefined || agentRemovalRateLimit <= 0 ? 0 : 1000 / agentRemovalRateLimit;
}

// An agent that waits to be marked unreachable is heard of, or has left in another way.
import { REMOVAL_PERMIT_TIMER } from "../removal-queue.ts";
import { type Turn, log } from "../turn.ts";

/** Takes the agent out of the line; its permit goes to the next. */
export function cancelGivingUp(turn: Turn, agentId: string): void {
  const { counters, removals } = turn.state;
  if (!removals.waiting.delete(agentId)) return;
  counters.slave_unreachable_canceled++;
  log(turn, "info", { message: "Not marking an agent unreachable after all", facts: { agentId } });
  if (removals.waiting.size === 0) turn.effects.push({ type: "cancel-timer", key: REMOVAL_PERMIT_TIMER });
}

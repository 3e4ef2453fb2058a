// PongSlaveMessage: the agent is there.
import { cancelGivingUp } from "../changes/cancel-giving-up.ts";
import type { Turn } from "../turn.ts";

/** Starts counting missed pings anew; an agent that was silent stays. */
export function pong(turn: Turn, from: string): void {
  const { agents, removals } = turn.state;
  const agent = agents.registered.get(agents.byPid.get(from) ?? "");
  if (agent === undefined) return;
  agent.missedPings = 0;
  agent.awaitingPong = false;
  if (removals.waiting.get(agent.id)?.until === "pong") cancelGivingUp(turn, agent.id);
}

// PongSlaveMessage: the agent is there.
import type { Turn } from "../turn.ts";

/** Starts counting missed pings anew. */
export function pong(turn: Turn, from: string): void {
  const { agents } = turn.state;
  const agent = agents.registered.get(agents.byPid.get(from) ?? "");
  if (agent === undefined) return;
  agent.missedPings = 0;
  agent.awaitingPong = false;
}

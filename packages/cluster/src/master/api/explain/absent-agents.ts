// Agents that are known but not there: nobody is offered them.
import type { Obstacle } from "../../../allocator/explain/index.ts";
import type { MasterState } from "../../state.ts";
import { fromTimeInfo } from "../../time-info.ts";

export interface AbsentAgent {
  id: string;
  hostname: string | undefined;
  obstacle: Omit<Obstacle, "role">;
}

/** Unreachable agents and those the registry names that have not come back yet. */
export function absentAgents({ agents, electedTime }: MasterState): AbsentAgent[] {
  const absent: AbsentAgent[] = [];
  for (const { id, info } of agents.recovered.values()) {
    absent.push({
      id,
      hostname: info.hostname,
      obstacle: {
        filter: "not-reregistered",
        reason: "the agent has not re-registered with this master",
        sinceMs: electedTime,
      },
    });
  }
  for (const { id, time } of agents.unreachable.values()) {
    absent.push({
      id,
      hostname: undefined,
      obstacle: { filter: "unreachable", reason: "the agent is unreachable", sinceMs: fromTimeInfo(time) },
    });
  }
  return absent;
}

// A write to the registry is done: what waited for it goes on.
import { agentDrained } from "../changes/check-drained.ts";
import type { PersistedContinuation } from "../inputs.ts";
import type { Turn } from "../turn.ts";
import { agentRegistered } from "./agent-registered.ts";
import { agentReregistered } from "./agent-reregistered.ts";
import { agentUnreachable } from "./agent-unreachable.ts";
import { quotaChanged } from "./change-quota.ts";
import { drainingChanged } from "./draining/change-draining.ts";
import { maintenanceChanged } from "./maintenance/change-maintenance.ts";
import { agentGone } from "./mark-agent-gone.ts";
import { agentRemoved } from "./unregister-agent.ts";
import { weightsUpdated } from "./update-weights.ts";

/** Continues. */
export function persisted(turn: Turn, continuation: PersistedContinuation): void {
  switch (continuation.kind) {
    case "agent-registered":
      return agentRegistered(turn, continuation);
    case "agent-reregistered":
      return agentReregistered(turn, continuation);
    case "agent-unreachable":
      return agentUnreachable(turn, continuation);
    case "agent-removed":
      return agentRemoved(turn, continuation);
    case "agent-gone":
      return agentGone(turn, continuation);
    case "maintenance-changed":
      return maintenanceChanged(turn, continuation.change);
    case "draining-changed":
      return drainingChanged(turn, continuation.change);
    case "agent-drained":
      return agentDrained(turn, continuation.agentId);
    case "weights-updated":
      return weightsUpdated(turn, continuation);
    case "quota-changed":
      return quotaChanged(turn, continuation);
    case "nothing":
      return undefined;
  }
}

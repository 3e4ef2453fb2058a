// A timer fired.
import { grantRemovalPermits } from "../changes/give-up-agent.ts";
import type { TimerInput } from "../inputs.ts";
import type { Turn } from "../turn.ts";
import { agentReregisterTimer } from "./agent-reregister-timer.ts";
import { frameworkFailoverTimer } from "./framework-failover-timer.ts";
import { heartbeatTimer } from "./heartbeat-timer.ts";
import { offerTimer } from "./offer-timer.ts";
import { pingTimer } from "./ping-timer.ts";
import { recoveredAgentsTimer } from "./recovered-agents-timer.ts";
import { registryGcTimer } from "./registry-gc-timer.ts";

/** Does what the timer was set for. */
export function timer(turn: Turn, input: TimerInput): void {
  switch (input.timer) {
    case "heartbeat":
      return heartbeatTimer(turn, input.streamId);
    case "ping":
      return pingTimer(turn, input.agentId);
    case "offer-timeout":
      return offerTimer(turn, input.offerId);
    case "framework-failover":
      return frameworkFailoverTimer(turn, input);
    case "agent-reregister":
      return agentReregisterTimer(turn, input);
    case "removal-permit":
      return grantRemovalPermits(turn);
    case "recovered-agents":
      return recoveredAgentsTimer(turn);
    case "registry-gc":
      return registryGcTimer(turn);
  }
}

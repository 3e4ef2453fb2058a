// A draining or deactivated agent has registered again.
import type { Agent } from "../agent.ts";
import { sendDrain } from "../send/send-drain.ts";
import type { Turn } from "../turn.ts";
import { checkDrained } from "./check-drained.ts";

/**
 * Tells a draining agent again what it was told. One with resource providers names its operations in its first
 * UpdateSlaveMessage: before that nobody knows whether it is empty.
 * @see Mesos src/master/master.cpp Master::__reregisterSlave
 */
export function readmitToDrain(turn: Turn, agent: Agent): void {
  if (agent.drainInfo === undefined) return;
  sendDrain(turn, agent);
  if (!agent.capabilities.has("RESOURCE_PROVIDER")) checkDrained(turn, agent);
}

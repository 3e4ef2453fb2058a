// What the agent tells every master it can do (`AGENT_CAPABILITIES` of Mesos).
import type { AgentInfoCapability } from "@mezzo/wire";

/** The capabilities of a Mesos 1.11 agent, in its order. */
export const AGENT_CAPABILITIES: readonly NonNullable<AgentInfoCapability["type"]>[] = [
  "MULTI_ROLE",
  "HIERARCHICAL_ROLE",
  "RESERVATION_REFINEMENT",
  "RESOURCE_PROVIDER",
  "RESIZE_VOLUME",
  "AGENT_OPERATION_FEEDBACK",
  "AGENT_DRAINING",
  "TASK_RESOURCE_LIMITS",
];

/** The version whose protocol this agent speaks. */
export const PROTOCOL_VERSION = "1.11.0";

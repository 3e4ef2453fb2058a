// What the master writes to its registry. Each operation is small and keyed; the registry as a whole is Mesos' own message.
import type { AgentInfo, QuotaConfig, TimeInfo } from "@mezzo/wire";
import type { MaintenanceOperation } from "./maintenance-operations.ts";

/** One change of the registry. @see Mesos src/master/registry_operations.hpp */
export type RegistryOperation =
  | { kind: "admit-agent"; info: AgentInfo }
  | { kind: "update-agent"; info: AgentInfo }
  | { kind: "remove-agent"; agentId: string }
  | { kind: "mark-agent-unreachable"; agentId: string; info: AgentInfo; time: TimeInfo }
  /** Puts an agent back among the admitted ones; also admits one that the registry forgot. */
  | { kind: "mark-agent-reachable"; info: AgentInfo }
  | { kind: "mark-agent-gone"; agentId: string; time: TimeInfo }
  /** Sets the weights of these roles. */
  | { kind: "update-weights"; weights: readonly { role: string; weight: number }[] }
  /** Sets the quota of these roles; one that promises and limits nothing is forgotten. */
  | { kind: "update-quota"; configs: readonly QuotaConfig[] }
  | MaintenanceOperation
  | { kind: "prune"; unreachable: string[]; gone: string[] };

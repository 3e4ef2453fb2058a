// One registered agent as the master knows it.
import type {
  AgentID,
  AgentInfo,
  AgentInfoCapabilityType,
  DrainInfo,
  ExecutorInfo,
  Operation,
  Resource,
  ResourceProviderInfo,
  Task,
  Unavailability,
} from "@mezzo/wire";

/** Resources of a resource provider on an agent. */
export interface AgentResourceProvider {
  info: ResourceProviderInfo;
  totalResources: readonly Resource[];
  /** Base64 of 16 bytes. */
  resourceVersion: string;
  /** By UUID (base64). */
  operations: Map<string, Operation>;
}

export interface Agent {
  readonly id: string;
  /** The same object in every message about this agent. */
  readonly agentId: AgentID;
  info: AgentInfo;
  /** libprocess address, such as `slave(1)@127.0.0.1:5051`. */
  pid: string;
  /** Mesos version of the agent, such as `1.11.0`. */
  version: string;
  capabilities: ReadonlySet<AgentInfoCapabilityType>;
  /** Milliseconds since 1970; `reregisteredTime` is 0 when it has not happened. */
  registeredTime: number;
  reregisteredTime: number;
  /** The link stands. */
  connected: boolean;
  /** Its resources are offered. */
  active: boolean;
  /** An operator deactivated it. */
  deactivated: boolean;
  drainInfo?: DrainInfo;
  estimatedDrainStartTime?: number;
  /** When its machine will be down for maintenance, if that is planned. */
  unavailability?: Unavailability;

  /** Everything the agent has, with operations applied; never allocated. */
  totalResources: readonly Resource[];
  /** The dynamic reservations and volumes the agent checkpointed. */
  checkpointedResources: readonly Resource[];
  /** By framework id; carries `allocation_info`. */
  usedResources: Map<string, readonly Resource[]>;
  offeredResources: readonly Resource[];
  /** Ids of outstanding offers. */
  offers: Set<string>;
  /** Framework id → task id → task. */
  tasks: Map<string, Map<string, Task>>;
  /** Framework id → executor id → executor. */
  executors: Map<string, Map<string, ExecutorInfo>>;
  /** `framework/executor`: those that the agent did not name when it was last back, but that have tasks here. */
  readonly unconfirmedExecutors: Set<string>;
  /** Framework id → tasks for which a kill arrived while the agent was disconnected. */
  killedTasks: Map<string, Set<string>>;
  /** An agent with resource providers that is readmitted names its operations only in its next UpdateSlaveMessage. */
  operationsKnown: boolean;
  /** Those on the agent's own resources, by UUID (base64). */
  operations: Map<string, Operation>;
  /** Those of them that may be on their way: the agent did not know them when it was last back, and `totalResources` does. */
  unconfirmedOperations: Set<string>;
  /** UUIDs of operations of resource providers whose framework is not known (any more). */
  orphanedOperations: Set<string>;
  /** Base64 of 16 bytes; absent for agents without the RESOURCE_PROVIDER capability. */
  resourceVersion?: string;
  resourceProviders: Map<string, AgentResourceProvider>;

  /** Ended frameworks of which one update came after their end. */
  readonly lateUpdates: Set<string>;
  /** Pings sent in a row without an answer. */
  missedPings: number;
  /** The last ping has not been answered yet. */
  awaitingPong: boolean;
}

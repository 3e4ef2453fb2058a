// Everything a master knows. Only steps change it; endpoints and the simulator read it.
import type {
  AgentInfo,
  DrainInfo,
  MasterInfo,
  OfferOperationType,
  OperationState,
  QuotaConfig,
  Resource,
  TimeInfo,
} from "@mezzo/wire";
import type { AllocatorState } from "../allocator/state.ts";
import type { Authorizer } from "../authorization/authorizer.ts";
import type { Agent } from "./agent.ts";
import type { ChangeLine } from "./change-line.ts";
import type { Viewer } from "../authorization/viewer.ts";
import type { Counters } from "./counters.ts";
import type { Framework } from "./framework.ts";
import type { ReregisteredContinuation } from "./inputs.ts";
import type { InverseOfferTable } from "./inverse-offer.ts";
import type { MaintenanceState } from "./maintenance.ts";
import type { OfferRecord } from "./offer.ts";
import type { MasterOptions } from "./options.ts";
import type { QuotaInput } from "./quota-inputs.ts";
import type { RemovalQueue } from "./removal-queue.ts";

/** An agent that the registry names and that has not re-registered since this master took over. */
export interface RecoveredAgent {
  readonly id: string;
  readonly info: AgentInfo;
  readonly drainInfo?: DrainInfo;
  readonly deactivated: boolean;
}

/** An agent that stopped answering. */
export interface UnreachableAgent {
  readonly id: string;
  /** When, as nanoseconds since 1970. */
  readonly time: TimeInfo;
  readonly drainInfo?: DrainInfo;
  readonly deactivated: boolean;
  /** Task ids that were on it, by framework id; empty when the registry alone remembers it. */
  readonly tasks: Map<string, string[]>;
}

/** Agents by where they stand. An id is in one of `registered`, `recovered`, `unreachable`, `gone`, or in none. */
export interface AgentTable {
  registered: Map<string, Agent>;
  recovered: Map<string, RecoveredAgent>;
  /** Oldest first. */
  unreachable: Map<string, UnreachableAgent>;
  /** Oldest first. */
  gone: Map<string, TimeInfo>;
  /** Ids whose removal, by one of these ways, is being written to the registry. */
  leaving: Map<string, "unreachable" | "gone" | "removed">;
  /** Ids of agents whose draining or deactivation is being changed in the registry, and by how many calls. */
  drainChanges: Map<string, number>;
  /** Address → id of the registered agent there. */
  byPid: Map<string, string>;
  /** Addresses whose registration is being written to the registry. */
  registering: Set<string>;
  /** Ids whose re-registration is being written to the registry, and what is done after it. */
  reregistering: Map<string, ReregisteredContinuation>;
}

export interface FrameworkTable {
  /** Connected, disconnected within the failover timeout, or recovered. */
  registered: Map<string, Framework>;
  /** Torn down or failed over too late, oldest first, at most `maxCompletedFrameworks`. */
  completed: Map<string, Framework>;
  /** HTTP stream id → framework id. */
  byStream: Map<string, string>;
  /** Driver address → framework id. */
  byPid: Map<string, string>;
}

export interface MasterState {
  readonly options: MasterOptions;
  /** Absent: everybody may do everything. */
  readonly authorizer?: Authorizer;
  /** `id` is the master's UUID and the first part of every id it gives. */
  readonly info: MasterInfo;
  /** Milliseconds since 1970. */
  readonly startTime: number;
  /** 0 while another master leads. */
  electedTime: number;
  /** `master@127.0.0.1:5050`. */
  readonly pid: string;
  /** The leading master, this one or another; absent while there is none. */
  leader?: MasterInfo;
  /** Whether the registry has been read: before that agents and frameworks are refused. */
  recovered: boolean;
  /** How many agents the registry named when it was read. */
  recoveredAgentCount: number;

  agents: AgentTable;
  frameworks: FrameworkTable;
  offers: Map<string, OfferRecord>;
  readonly inverseOffers: InverseOfferTable;
  /** Role → ids of the frameworks subscribed to it or holding resources under it. */
  roles: Map<string, Set<string>>;
  /** As operators gave them; a role that is not here weighs 1. */
  weights: Map<string, number>;
  /** Without guarantees of nothing; see `normalizeQuota`. */
  quotas: Map<string, QuotaConfig>;
  readonly quotaChanges: ChangeLine<QuotaInput>;
  readonly maintenance: MaintenanceState;

  allocator: AllocatorState;
  /** Set when something may have become allocatable; the end of the turn allocates and clears it. */
  allocationWanted: boolean;

  /** Resource lists of launches, checked and allocated, by what the framework wrote; see `prepareResources`. */
  preparedResources: Map<string, { resources: Resource[]; error?: string }>;

  nextFrameworkId: number;
  nextAgentId: number;
  nextOfferId: number;
  readonly removals: RemovalQueue;
  /** A fresh version 4 UUID for an operation, 16 bytes in base64. */
  readonly newUuid: () => string;
  /** What each operator with an event stream may see, by the stream's id, oldest first. */
  operatorStreams: Map<string, Viewer>;
  counters: Counters;
  /** `task_lost/source_master/reason_slave_removed` → count. */
  taskStateCounters: Map<string, number>;
  /** Type → state → operations in it now or, for terminal states, that ever reached it. */
  operationCounts: Map<OfferOperationType, Map<OperationState, number>>;
}

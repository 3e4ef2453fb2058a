// A master that knows nothing yet.
import type { MasterInfo } from "@mezzo/wire";
import { createAllocator } from "../allocator/state.ts";
import { Authorizer } from "../authorization/authorizer.ts";
import { createChangeLine } from "./change-line.ts";
import { createCounters } from "./counters.ts";
import { createInverseOfferTable } from "./inverse-offer.ts";
import { createMaintenanceState } from "./maintenance.ts";
import { uuidOf } from "./new-uuid.ts";
import type { MasterOptions } from "./options.ts";
import { createRemovalQueue } from "./removal-queue.ts";
import type { MasterState } from "./state.ts";

/** What a state depends on beside the options. */
export interface StateFacts {
  info: MasterInfo;
  /** `master@127.0.0.1:5050`. */
  pid: string;
  /** Milliseconds since 1970. */
  now: number;
  /** A number in [0, 1), for the allocator's shuffling. */
  random: () => number;
  /** Fresh version 4 UUIDs, 16 bytes in base64; made of `random` when it is left out. */
  newUuid?: () => string;
}

/** The state before the registry is read; throws a RangeError for an option the allocator cannot read. */
export function createMasterState(options: MasterOptions, facts: StateFacts): MasterState {
  const weights = new Map(Object.entries(options.weights));
  return {
    options,
    ...(options.acls === undefined ? {} : { authorizer: new Authorizer(options.acls) }),
    info: facts.info,
    startTime: facts.now,
    electedTime: 0,
    pid: facts.pid,
    recovered: false,
    recoveredAgentCount: 0,
    agents: {
      registered: new Map(),
      recovered: new Map(),
      unreachable: new Map(),
      gone: new Map(),
      leaving: new Map(),
      drainChanges: new Map(),
      byPid: new Map(),
      registering: new Set(),
      reregistering: new Map(),
    },
    frameworks: { registered: new Map(), completed: new Map(), byStream: new Map(), byPid: new Map() },
    offers: new Map(),
    inverseOffers: createInverseOfferTable(),
    roles: new Map(),
    weights,
    quotas: new Map(),
    quotaChanges: createChangeLine(),
    maintenance: createMaintenanceState(),
    allocator: createAllocator(
      {
        allocationIntervalMs: options.allocationInterval,
        batchReleases: options.batchReleases,
        minAllocatableResources: options.minAllocatableResources,
        filterGpuResources: options.filterGpuResources,
        fairSharingExcludedResourceNames: options.fairSharingExcludedResourceNames,
        roleSorter: options.roleSorter,
        frameworkSorter: options.frameworkSorter,
        ...(options.domain === undefined ? {} : { domain: options.domain }),
        weights,
      },
      facts.random,
    ),
    allocationWanted: false,
    preparedResources: new Map(),
    nextFrameworkId: 0,
    nextAgentId: 0,
    nextOfferId: 0,
    removals: createRemovalQueue(),
    newUuid: facts.newUuid ?? (() => uuidOf(facts.random)),
    operatorStreams: new Map(),
    counters: createCounters(),
    taskStateCounters: new Map(),
    operationCounts: new Map(),
  };
}

// Everything the allocator knows. Created here, changed only by the operations beside this file, one a file.
import type { AgentInfo, Resource } from "@mezzo/wire";
import type { AgentCapabilities, FrameworkCapabilities } from "./capabilities.ts";
import type { OfferConstraintsFilter } from "./constraints/compile-offer-constraints.ts";
import { createDice, type Dice } from "./dice.ts";
import { createExpiries, type Expiries } from "./expiries.ts";
import type { OfferFilter } from "./filters/offer-filter.ts";
import type { HoldOff } from "./hold-off.ts";
import { createMaintenanceBook, type MaintenanceBook } from "./inverse-offers/maintenance-book.ts";
import { type MinAllocatable, parseMinAllocatable } from "./min-allocatable.ts";
import {
  type AllocatorOptions,
  DEFAULT_ALLOCATION_INTERVAL_MS,
  DEFAULT_MIN_ALLOCATABLE_RESOURCES,
  type RandomNumber,
} from "./options.ts";
import type { QuotaLedger, RoleQuota } from "./quota/quota-ledger.ts";
import { createQuantityNames, type QuantityNames, type QuantityVector } from "./quantity-vector.ts";
import type { ShareNode } from "./shares/share-node.ts";
import { createShareTree, type ShareTree } from "./shares/share-tree.ts";

/** A role with frameworks, reservations or quota, or an ancestor of one. */
export interface RoleEntry {
  /** The path, `a/b/c`. */
  readonly name: string;
  readonly parent: RoleEntry | undefined;
  readonly children: Set<RoleEntry>;
  /** The role among its siblings. */
  readonly node: ShareNode<Client>;
  /** The role's own frameworks among its sub-roles. */
  readonly own: ShareNode<Client>;
  readonly clients: Map<string, Client>;
  /** Reserved to this role and below on all agents, allocated or not. */
  readonly reserved: QuantityVector;
  /** Absent for most. */
  quota: RoleQuota | undefined;
}

/** A framework in one of its roles: what offers are made to. */
export interface Client {
  readonly framework: FrameworkEntry;
  readonly role: RoleEntry;
  readonly node: ShareNode<Client>;
  /** False while it only still holds resources of a role it has left. */
  subscribed: boolean;
  suppressed: boolean;
  /** Whether it stands in the share order: framework active, subscribed, not suppressed. */
  active: boolean;
  /** From the framework's `offer_filters`; undefined when the flag's minimum applies. */
  minAllocatable: MinAllocatable | undefined;
  /** The filters that can concern it at all. */
  filters: readonly OfferFilter[];
  readonly refusals: Set<Refusal>;
}

export interface FrameworkEntry {
  readonly id: string;
  active: boolean;
  capabilities: FrameworkCapabilities;
  constraints: OfferConstraintsFilter | undefined;
  readonly clients: Map<string, Client>;
}

/** Resources a framework does not want to see again on an agent, alone or less of them, for a while. */
export interface Refusal {
  readonly client: Client;
  readonly agent: AgentEntry;
  readonly resources: readonly Resource[];
  readonly amounts: QuantityVector;
  /** `filter`: asked for with refuse_seconds. `pause`: refuse_seconds was 0, holds until the next interval. */
  readonly kind: "filter" | "pause";
  readonly expiresAtMs: number;
  removed: boolean;
  /** The last list it was asked about, and the answer: lists are immutable, and mostly the same one comes again. */
  askedAbout: readonly Resource[] | undefined;
  answer: boolean;
}

/** What a framework holds on an agent (offered or allocated) in a role, with allocation_info. */
export interface Holding {
  readonly frameworkId: string;
  readonly role: string;
  resources: readonly Resource[];
}

export interface AgentEntry {
  readonly id: string;
  info: AgentInfo;
  capabilities: AgentCapabilities;
  active: boolean;
  total: readonly Resource[];
  totalAmounts: QuantityVector;
  /** Not offered and not allocated; shared volumes are always in. */
  available: readonly Resource[];
  availableAmounts: QuantityVector;
  /** The agent's part of the ledger's `free`; never changed in place, and without meaning while there is no ledger. */
  freeInQuota: QuantityVector;
  /** One entry a framework and role; of frameworks that are not known yet, too. */
  readonly held: Holding[];
  readonly refusals: Map<Client, Refusal[]>;
  /** Whether everything may go to everybody: nothing reserved, shared or revocable. */
  plain: boolean;
  hasShared: boolean;
  /** Whether more is held than there is: the total shrank, or tasks were reported that do not fit. */
  overcommitted: boolean;
  hasGpu: boolean;
  /** The latest grant and the free resources it was made of: declined as a whole, the very list returns. */
  lastGrant: { granted: readonly Resource[]; from: readonly Resource[] } | undefined;
}

export interface AllocatorState {
  readonly intervalMs: number;
  readonly filterGpuResources: boolean;
  readonly masterRegion: string | undefined;
  readonly minAllocatable: MinAllocatable;
  /** Agents are shuffled with it. */
  readonly dice: Dice;
  readonly names: QuantityNames;
  readonly shares: ShareTree<Client>;
  readonly roles: Map<string, RoleEntry>;
  readonly weights: Map<string, number>;
  readonly frameworks: Map<string, FrameworkEntry>;
  readonly agents: Map<string, AgentEntry>;
  /** Agents on which a framework, known or not, holds something. */
  readonly holders: Map<string, Set<AgentEntry>>;
  /** Hostnames that may be offered; undefined: all (`--whitelist`). */
  whitelist: ReadonlySet<string> | undefined;
  /** Agents with something available. */
  readonly free: Set<AgentEntry>;
  /** Agents on which somebody may want what nobody wanted before. */
  readonly dirtyAgents: Set<AgentEntry>;
  /** Whether what is released waits for the interval's next tick. */
  readonly batchReleases: boolean;
  /** Agents on which something was released and waits for that tick. */
  readonly releasedAgents: Set<AgentEntry>;
  /** That tick, in ms; undefined while nothing waits. */
  releasedUntilMs: number | undefined;
  /** Clients that may want on any agent what they did not before. */
  readonly freshClients: Set<Client>;
  readonly expiries: Expiries;
  /** The books of quota; absent as long as no role has any. */
  quota: QuotaLedger | undefined;
  /** Set while no offers are made after a failover. */
  heldOff: HoldOff | undefined;
  /** Planned maintenance and who was asked about it. */
  readonly maintenance: MaintenanceBook;
  /** Runs of `allocate` that looked at an agent (`allocator/mesos/allocation_runs`). */
  runs: number;
  /** Operations applied (`allocator/mesos/event_queue_dispatches` has no queue here). */
  operations: number;
}

/** An allocator without agents and frameworks; throws a RangeError for a flag it cannot read. */
export function createAllocator(options: AllocatorOptions, random: RandomNumber): AllocatorState {
  const minimum = parseMinAllocatable(options.minAllocatableResources ?? DEFAULT_MIN_ALLOCATABLE_RESOURCES);
  if (!minimum.ok) throw new RangeError(minimum.error);
  const names = createQuantityNames();
  const dice = createDice(random());
  return {
    // An interval of 0 would let declines without a filter spin.
    intervalMs: Math.max(options.allocationIntervalMs ?? DEFAULT_ALLOCATION_INTERVAL_MS, 1),
    filterGpuResources: options.filterGpuResources ?? true,
    masterRegion: options.domain?.fault_domain?.region.name,
    minAllocatable: minimum.value,
    dice,
    names,
    shares: createShareTree(names, {
      excludedNames: new Set(options.fairSharingExcludedResourceNames),
      sorters: { roles: options.roleSorter ?? "drf", frameworks: options.frameworkSorter ?? "drf" },
      dice,
    }),
    roles: new Map(),
    weights: new Map(options.weights),
    frameworks: new Map(),
    agents: new Map(),
    holders: new Map(),
    whitelist: undefined,
    free: new Set(),
    dirtyAgents: new Set(),
    batchReleases: options.batchReleases ?? false,
    releasedAgents: new Set(),
    releasedUntilMs: undefined,
    freshClients: new Set(),
    expiries: createExpiries(),
    quota: undefined,
    heldOff: undefined,
    maintenance: createMaintenanceBook(),
    runs: 0,
    operations: 0,
  };
}

// What a master can be told: one field a flag of `mesos-master` that the master itself reads, with Mesos' default.
import type { ACLs, DomainInfo, RateLimits } from "@mezzo/wire";

/**
 * The parsed flags of a master. A field is the camelCase of the flag's name; durations are milliseconds.
 * Flags that only the command line cares about (`--help`, `--version`, logging) are not here.
 * @see Mesos src/master/flags.cpp
 */
export interface MasterOptions {
  ip: string;
  port: number;
  /** What others are told to connect to, where it differs from `ip` and `port`. */
  advertiseIp?: string;
  advertisePort?: number;
  hostname: string;
  cluster?: string;
  workDir?: string;
  /** The log to show over HTTP as `/master/log`. */
  logFile?: string;
  domain?: DomainInfo;
  requireAgentDomain: boolean;

  rootSubmissions: boolean;
  /** The explicit list of roles (the retired whitelist); absent means that every role is allowed. */
  roles?: readonly string[];
  weights: Readonly<Record<string, number>>;

  allocationInterval: number;
  /**
   * Released resources wait for the next tick of the allocation interval, as in Mesos. Not so by default; an operator who
   * gives `--allocation_interval` asks for it.
   */
  batchReleases: boolean;
  offerTimeout?: number;
  filterGpuResources: boolean;
  /** As the flag has it: sets of quantities joined by `|`, such as `cpus:0.01|mem:32`. */
  minAllocatableResources: string;
  fairSharingExcludedResourceNames: readonly string[];
  roleSorter: "drf" | "random";
  frameworkSorter: "drf" | "random";
  /** The file with the host names of the only agents to offer; `*` is all. */
  whitelist?: string;
  /** A fraction of the agents known before a failover, 0 to 1. */
  allocatorAgentRecoveryFactor: number;
  allocatorRecoveryTimeout: number;
  offerConstraintsRe2MaxMem: number;
  offerConstraintsRe2MaxProgramSize: number;

  agentPingTimeout: number;
  maxAgentPingTimeouts: number;
  agentReregisterTimeout: number;
  /** Permits per second for marking agents unreachable; absent means no limit. */
  agentRemovalRateLimit?: number;
  /** A fraction, 0 to 1: more agents than this missing after a failover stop the master. */
  recoveryAgentRemovalLimit: number;
  /** Paths that answer nobody. */
  disabledEndpoints?: string[];
  /** Where several masters elect the one that leads, `zk://…` or `etcd://…`, and keep the registry. */
  electionUrl?: string;
  /** How long a silent leader may stand in the way of the next one, milliseconds. */
  electionSessionTimeout: number;
  /** How long a write to the registry of several masters is tried, and reading it; milliseconds. */
  registryStoreTimeout: number;
  registryFetchTimeout: number;
  /** A registry that is not there is not made. */
  registryMustExist: boolean;
  registryGcInterval: number;
  registryMaxAgentAge: number;
  registryMaxAgentCount: number;

  maxCompletedFrameworks: number;
  maxCompletedTasksPerFramework: number;
  maxUnreachableTasksPerFramework: number;
  maxOperatorEventStreamSubscribers: number;
  publishPerFrameworkMetrics: boolean;

  authenticateFrameworks: boolean;
  authenticateAgents: boolean;
  /** How long an authentication over libprocess may take. */
  authenticationV0Timeout: number;
  authenticateHttpReadonly: boolean;
  authenticateHttpReadwrite: boolean;
  authenticateHttpFrameworks: boolean;
  /** Secrets by principal, for authentication over HTTP and libprocess. */
  credentials?: ReadonlyMap<string, string>;
  /** How many messages a second drivers may send, by principal; absent means any number. */
  rateLimits?: RateLimits;
  /** Who may do what; absent means that everybody may do everything. */
  acls?: ACLs;

  /** Every flag and its value as text, as `/flags` shows them. */
  flags: Readonly<Record<string, string>>;
}

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** What a master does when it is told nothing. @see Mesos src/master/constants.hpp */
export const defaultMasterOptions: MasterOptions = {
  ip: "127.0.0.1",
  port: 5050,
  hostname: "localhost",
  requireAgentDomain: false,
  rootSubmissions: true,
  weights: {},
  allocationInterval: SECOND_MS,
  batchReleases: false,
  filterGpuResources: true,
  minAllocatableResources: "cpus:0.01|mem:32",
  fairSharingExcludedResourceNames: [],
  roleSorter: "drf",
  frameworkSorter: "drf",
  allocatorAgentRecoveryFactor: 0.8,
  allocatorRecoveryTimeout: 10 * MINUTE_MS,
  offerConstraintsRe2MaxMem: 4096,
  offerConstraintsRe2MaxProgramSize: 100,
  agentPingTimeout: 15 * SECOND_MS,
  maxAgentPingTimeouts: 5,
  agentReregisterTimeout: 10 * MINUTE_MS,
  recoveryAgentRemovalLimit: 1,
  electionSessionTimeout: 10_000,
  registryStoreTimeout: 20_000,
  registryFetchTimeout: MINUTE_MS,
  registryMustExist: false,
  registryGcInterval: 15 * MINUTE_MS,
  registryMaxAgentAge: 14 * DAY_MS,
  registryMaxAgentCount: 100 * 1024,
  maxCompletedFrameworks: 50,
  maxCompletedTasksPerFramework: 1000,
  maxUnreachableTasksPerFramework: 1000,
  maxOperatorEventStreamSubscribers: 1000,
  publishPerFrameworkMetrics: true,
  authenticateFrameworks: false,
  authenticateAgents: false,
  authenticationV0Timeout: 15 * SECOND_MS,
  authenticateHttpReadonly: false,
  authenticateHttpReadwrite: false,
  authenticateHttpFrameworks: false,
  flags: {},
};

// What the agent needs of a way to run containers. Drivers (posix, linux, docker) implement it; the agent's
// steps never see it: `run.ts` performs their effects with it.
import type {
  CommandInfo,
  ContainerInfo,
  NetworkInfo,
  Resource,
  ResourceStatistics,
  TaskStatus,
  TaskStatusReason,
} from "@mezzo/wire";
import type { ContainerStreams } from "./container-streams.ts";

/** What a container asks for, and what it may go up to: scalars by resource name, Infinity for none. */
export interface ContainerAmounts {
  resources: Resource[];
  limits?: Record<string, number>;
}

/** Everything a driver must know to start one container. Paths are absolute. */
export interface ContainerConfig {
  containerId: string;
  command: CommandInfo;
  /** The whole environment of the process; nothing is inherited from the agent. */
  environment: Record<string, string>;
  /** The working directory; exists, is owned by `user`. `stdout` and `stderr` are written there. */
  sandbox: string;
  /** Where the driver keeps what it needs to find the container again: pid, start time, exit status. */
  runtimeDir: string;
  user?: string;
  resources: Resource[];
  container?: ContainerInfo;
  /** Of the task, above what it requests: scalars by resource name, Infinity for none. */
  limits?: Record<string, number>;
  /** The process is a task's own, not an executor's: it need not find the agent. */
  isTask?: boolean;
  /** The container around it: its namespaces are joined where Mesos does so. It may have no process of its own. */
  parent?: string;
  /** The sandbox of that container. */
  parentSandbox?: string;
  /** As that container was described, where it has no process of its own: its networks are made for those inside it. */
  parentContainer?: ContainerInfo;
  /** What the container around it may use, with all in it: unless it asks for cgroups of its own, that is its limit, too. */
  around?: ContainerAmounts;
  /** A session inside `parent`: everything of that is joined (`ContainerClass::DEBUG`). */
  session?: boolean;
  /** False: the container must end when the agent's process does, also by SIGKILL. Default true. */
  survivesAgent?: boolean;
  /** Where the command starts when that is not its sandbox: a session runs in its parent's. */
  workingDirectory?: string;
  /**
   * The agent holds the standard streams, a terminal when `container.tty_info` asks for one, and nothing is written to the
   * sandbox but of streams that are `copied`. Such a container never survives the agent. One with a terminal that is not
   * attached does, and its `stdout` in the sandbox gets what the terminal shows.
   */
  attached?: boolean;
}

/** A container that was started. */
export interface LaunchedProcess {
  pid: number;
  /** Present when they were asked for, and of every terminal. */
  streams?: ContainerStreams;
  /** Addresses in networks of its own. */
  networkInfos?: NetworkInfo[];
  /** What TASK_RUNNING says beside the state. */
  report?: Pick<TaskStatus, "data" | "labels">;
}

/** How a container ended. Exactly one of `exitCode` and `signal` is known, or neither when it could not be observed. */
export interface Termination {
  containerId: string;
  exitCode?: number;
  /** Signal number. */
  signal?: number;
  /** Set when the container was ended for a reason that the task status must name. */
  reason?: TaskStatusReason;
  message?: string;
  /** What it had too much of. */
  limited?: Resource[];
}

/** A container that a checkpoint names, handed back to the driver after the agent restarted. */
export interface RecoveredContainer {
  containerId: string;
  runtimeDir: string;
  /** As it was launched with. */
  container?: ContainerInfo;
}

/** A command that is run where a container's processes are: a check. */
export interface InsideCommand {
  command: CommandInfo;
  environment: Record<string, string>;
  /** Its output is appended to `stderr` there. */
  sandbox: string;
  user?: string;
  /** Kills it. */
  signal: AbortSignal;
}

/** Metrics by their keys. */
export type Counts = [name: string, value: number][];

export interface Containerizer {
  /** Starts a container. Rejects with the reason when it cannot be started; nothing is left behind then. */
  launch(config: ContainerConfig): Promise<LaunchedProcess>;
  /** Sends a signal to the container's process group. False when there is no such container. */
  kill(containerId: string, signal: NodeJS.Signals): Promise<boolean>;
  /** Whether it mounts volumes into such a container; where it does not, they are links in its sandbox. */
  mountsVolumes?(container: ContainerInfo | undefined): boolean;
  /** Whether such a container is in the machine's own namespaces; absent: never. */
  sharesNamespaces?(container: ContainerInfo | undefined): boolean;
  /**
   * Fits a running container to what its tasks ask for now, as far as the driver limits anything, and what its statistics say;
   * its memory is never limited to less than before. One that has no process of its own is named by the id of those in it.
   * Rejects when the kernel or Docker refuses that to a container that runs: one that is ending or gone is left alone.
   */
  update?(containerId: string, amounts: ContainerAmounts): Promise<void>;
  /** Gives up a launch that is still being prepared; absent where that takes no time. */
  cancel?(containerId: string): void;
  /** Kills everything in the container; its termination arrives through `onExit`. */
  destroy(containerId: string): Promise<void>;
  /**
   * Adopts the containers that still run and reports those that ended meanwhile through `onExit`.
   * Kills and removes what belongs to this agent but is not named. Returns the ids of the adopted ones.
   */
  recover(containers: RecoveredContainer[]): Promise<string[]>;
  /** The first process of a running container, where the driver can name it. */
  leaderOf?(containerId: string): number | undefined;
  /** Every process of a running container; absent where the driver cannot tell. */
  processesOf?(containerId: string): number[];
  /** Its addresses in networks of its own; absent where there are none. */
  networksOf?(containerId: string): NetworkInfo[];
  /** The file of its network namespace; undefined where that is the machine's, absent where it always is. */
  networkNamespaceOf?(containerId: string): string | undefined;
  /** The terminal of a container adopted by `recover`, once; undefined when it has none, absent where none outlives the agent. */
  reopenTerminal?(containerId: string): ContainerStreams | undefined;
  /** Runs a command in the container's namespaces and gives its exit code; undefined where those are the machine's. */
  runInside?(containerId: string, command: InsideCommand): Promise<number> | undefined;
  /** What it counts, by the keys of `/metrics/snapshot`; absent where that is nothing. */
  counts?(): Counts;
  /** Removes images that no container uses, but for those with these names; absent where there are none. */
  pruneImages?(keptNames: readonly string[]): Promise<void>;
  usage(containerId: string): Promise<ResourceStatistics | undefined>;
  /** Calls back once for every container that ended. */
  onExit(listener: (termination: Termination) => void): void;
  /** Stops watching; running containers go on. */
  close(): Promise<void>;
}

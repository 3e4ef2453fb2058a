// Where everything of an agent lies on disk: pure path functions, no I/O.
// docs/agent-recovery.md draws the tree.
//
// The layout is that of Mesos (src/slave/paths.hpp), so that its agents' work directories read the same.
import { join } from "node:path";

/** Name of the symbolic link that names the newest of its siblings. */
export const LATEST = "latest";

/** What names one executor of one agent. */
export interface ExecutorPath {
  agentId: string;
  frameworkId: string;
  executorId: string;
}

/** What names one run of an executor: its container. */
export interface ExecutorRunPath extends ExecutorPath {
  containerId: string;
}

/** The directory of checkpoints below `--work_dir`. */
export const metaDirOf = (workDir: string): string => join(workDir, "meta");

/** The directory below which all sandboxes of executors lie. */
export const sandboxRootDir = (workDir: string): string => join(workDir, "slaves");

/** The boot id of the machine when the last checkpoint was written. */
export const bootIdPath = (metaDir: string): string => join(metaDir, "boot_id");

/** The link to the newest agent's directory; `root` is the work or the meta directory. */
export const latestAgentPath = (root: string): string => join(root, "slaves", LATEST);

/** One agent's directory; `root` is the work or the meta directory. */
export const agentPath = (root: string, agentId: string): string => join(root, "slaves", segment(agentId));

/** The checkpointed AgentInfo. */
export const agentInfoPath = (metaDir: string, agentId: string): string =>
  join(agentPath(metaDir, agentId), "slave.info");

/** The checkpointed DrainConfig. */
export const drainConfigPath = (metaDir: string, agentId: string): string =>
  join(agentPath(metaDir, agentId), "drain.config");

/** The update stream of one operation on the agent's own resources. */
export const operationUpdatesPath = (
  metaDir: string,
  of: { agentId: string; operationUuid: string },
): string =>
  join(agentPath(metaDir, of.agentId), "operations", segment(of.operationUuid), "operation.updates");

/** One framework's directory; `root` is the work or the meta directory. */
export const frameworkPath = (root: string, of: { agentId: string; frameworkId: string }): string =>
  join(agentPath(root, of.agentId), "frameworks", segment(of.frameworkId));

/** The checkpointed FrameworkInfo. */
export const frameworkInfoPath = (metaDir: string, of: { agentId: string; frameworkId: string }): string =>
  join(frameworkPath(metaDir, of), "framework.info");

/** The checkpointed libprocess pid of the framework; empty for an HTTP scheduler. */
export const frameworkPidPath = (metaDir: string, of: { agentId: string; frameworkId: string }): string =>
  join(frameworkPath(metaDir, of), "framework.pid");

/** One executor's directory; `root` is the work or the meta directory. */
export const executorPath = (root: string, of: ExecutorPath): string =>
  join(frameworkPath(root, of), "executors", segment(of.executorId));

/** The checkpointed ExecutorInfo. */
export const executorInfoPath = (metaDir: string, of: ExecutorPath): string =>
  join(executorPath(metaDir, of), "executor.info");

/** Exists when the agent made the executor up for a command task. */
export const executorGeneratedPath = (metaDir: string, of: ExecutorPath): string =>
  join(executorPath(metaDir, of), "executor_generated_for_command_task");

/** The link to the newest run of an executor; `root` is the work or the meta directory. */
export const executorLatestRunPath = (root: string, of: ExecutorPath): string =>
  join(executorPath(root, of), "runs", LATEST);

/** One run of an executor: the sandbox below the work directory, its checkpoints below the meta directory. */
export const executorRunPath = (root: string, of: ExecutorRunPath): string =>
  join(executorPath(root, of), "runs", segment(of.containerId));

/** Exists when the run is completed. */
export const executorSentinelPath = (metaDir: string, of: ExecutorRunPath): string =>
  join(executorRunPath(metaDir, of), "executor.sentinel");

/** Exists when the executor subscribed over HTTP. */
export const executorHttpMarkerPath = (metaDir: string, of: ExecutorRunPath): string =>
  join(executorRunPath(metaDir, of), "http.marker");

/** The checkpointed address of an executor on the older driver. */
export const libprocessPidPath = (metaDir: string, of: ExecutorRunPath): string =>
  join(executorRunPath(metaDir, of), "pids", "libprocess.pid");

/** The checkpointed operating system pid of the executor. */
export const forkedPidPath = (metaDir: string, of: ExecutorRunPath): string =>
  join(executorRunPath(metaDir, of), "pids", "forked.pid");

/** The directory of one task's checkpoints. */
export const taskPath = (metaDir: string, of: ExecutorRunPath & { taskId: string }): string =>
  join(executorRunPath(metaDir, of), "tasks", segment(of.taskId));

/** The checkpointed Task. */
export const taskInfoPath = (metaDir: string, of: ExecutorRunPath & { taskId: string }): string =>
  join(taskPath(metaDir, of), "task.info");

/** The checkpointed status updates and acknowledgements of a task. */
export const taskUpdatesPath = (metaDir: string, of: ExecutorRunPath & { taskId: string }): string =>
  join(taskPath(metaDir, of), "task.updates");

/** Checkpointed resources as agents before 1.9 wrote them. */
export const resourcesInfoPath = (metaDir: string): string => join(metaDir, "resources", "resources.info");

/** The sandbox of a container that an operator started on its own. */
export const standaloneSandboxPath = (workDir: string, containerId: string): string =>
  join(workDir, "containers", segment(containerId));

/** The sandbox of a container nested in the one whose sandbox is given. */
export const nestedSandboxPath = (parentSandbox: string, containerId: string): string =>
  join(parentSandbox, "containers", segment(containerId));

/**
 * A persistent volume on the agent's own disk; `root` is the work directory or the root of a PATH disk.
 * The slashes of a hierarchical role become spaces, which no role holds.
 */
export const persistentVolumePath = (root: string, of: { role: string; persistenceId: string }): string =>
  join(root, "volumes", "roles", segment(of.role.replaceAll("/", " ")), segment(of.persistenceId));

/** Where a driver keeps what finds a container again; nested ids go below their parents'. */
export const containerRuntimePath = (runtimeDir: string, containerIds: readonly string[]): string =>
  join(runtimeDir, ...containerIds.flatMap((id) => ["containers", segment(id)]));

/** The name under which `/files` shows an executor's newest sandbox. */
export const executorVirtualPath = (of: { frameworkId: string; executorId: string }): string =>
  `/frameworks/${of.frameworkId}/executors/${of.executorId}/runs/${LATEST}`;

/** The ids in the path of a sandbox below `root`, or undefined when it is none. */
export function parseExecutorRunPath(root: string, directory: string): ExecutorRunPath | undefined {
  const prefix = root.endsWith("/") ? root : `${root}/`;
  if (!directory.startsWith(prefix)) return undefined;
  const [slaves, agentId, frameworks, frameworkId, executors, executorId, runs, containerId] = directory
    .slice(prefix.length)
    .split("/")
    .filter((token) => token !== "");
  if (slaves !== "slaves" || frameworks !== "frameworks") return undefined;
  if (executors !== "executors" || runs !== "runs") return undefined;
  if (!agentId || !frameworkId || !executorId || !containerId) return undefined;
  return { agentId, frameworkId, executorId, containerId };
}

/** What a directory holds: the runs of a framework, of one of its executors, or one run alone. */
export type RunsPath = Pick<ExecutorRunPath, "agentId" | "frameworkId"> &
  Partial<Pick<ExecutorRunPath, "executorId" | "containerId">>;

/** The ids in the path of such a directory below `root`, or undefined when it is none. */
export function parseRunsPath(root: string, directory: string): RunsPath | undefined {
  const prefix = root.endsWith("/") ? root : `${root}/`;
  if (!directory.startsWith(prefix)) return undefined;
  const found = /^slaves\/([^/]+)\/frameworks\/([^/]+)(?:\/executors\/([^/]+)(?:\/runs\/([^/]+))?)?$/s.exec(
    directory.slice(prefix.length),
  );
  const [, agentId, frameworkId, executorId, containerId] = found ?? [];
  if (agentId === undefined || frameworkId === undefined) return undefined;
  return {
    agentId,
    frameworkId,
    ...(executorId !== undefined && { executorId }),
    ...(containerId !== undefined && { containerId }),
  };
}

/** One path segment made of an id. An id that would leave its directory is a bug of the caller: ids are validated. */
function segment(id: string): string {
  if (id === "" || id === "." || id === ".." || id.includes("/") || id.includes("\0")) {
    throw new RangeError(`Cannot use ${JSON.stringify(id)} as a directory name: not one path segment`);
  }
  return id;
}

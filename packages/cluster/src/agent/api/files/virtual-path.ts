// What a path of `/files` stands for. Shown are the agent's log and sandboxes of executors, those under the path they have
// on disk and under `/frameworks/<id>/executors/<id>/runs/latest`; `latest` also stands for the container in the first.
import type { ResolvedPath, VirtualFiles } from "../../../net/files/virtual-files.ts";
import { LATEST, parseExecutorRunPath } from "../../sandbox/paths.ts";
import { type Caller, may } from "../../authorization/caller.ts";
import { userOf } from "../../authorization/container-access.ts";
import type { AgentState, ExecutorState, FrameworkState } from "../../state.ts";
import { agentLog } from "./agent-log.ts";
import { resolveInSandbox } from "./resolve-in-sandbox.ts";

/** What an agent shows of its files, and whom. */
export function agentFiles(state: AgentState, caller: Caller | undefined): VirtualFiles {
  const log = agentLog(state, caller);
  return {
    async resolve(path) {
      const found = await log.resolve(path);
      return found.kind === "missing" ? resolveVirtualPath(state, path, caller) : found;
    },
    attached: () => ({ ...log.attached(), ...attachedPaths(state) }),
  };
}

interface Attached {
  executor: ExecutorState;
  /** The sandbox. */
  root: string;
  /** What follows it in the path asked for; may hold `..`. */
  rest: string;
}

async function resolveVirtualPath(
  state: AgentState,
  virtual: string,
  caller: Caller | undefined,
): Promise<ResolvedPath> {
  const attached = virtual.includes("\0") ? undefined : findAttached(state, virtual);
  if (!attached) return { kind: "missing" };
  const { root, rest, executor } = attached;
  if (!may(state, caller, "ACCESS_SANDBOX", userOf(state, executor))) return { kind: "forbidden" };
  return resolveInSandbox(root, rest);
}

function findAttached(state: AgentState, virtual: string): Attached | undefined {
  const path = virtual.replace(/\/+$/, "");
  return findByDirectory(state, path) ?? findByIds(state, path);
}

function findByDirectory(state: AgentState, path: string): Attached | undefined {
  const { workDir } = state.options;
  const ids = parseExecutorRunPath(workDir, path);
  if (!ids || ids.agentId !== state.info.id?.value) return undefined;
  const runs = runsOf(state, ids);
  const executor =
    ids.containerId === LATEST
      ? runs.at(-1)
      : runs.find(({ containerId }) => containerId === ids.containerId);
  if (!executor) return undefined;
  // Written exactly as the directory is, nothing doubled: otherwise it is another name.
  const name = executor.directory.slice(0, executor.directory.lastIndexOf("/") + 1) + ids.containerId;
  return path === name || path.startsWith(`${name}/`)
    ? { executor, root: executor.directory, rest: path.slice(name.length + 1) }
    : undefined;
}

function findByIds(state: AgentState, path: string): Attached | undefined {
  const found = /^\/frameworks\/([^/]+)\/executors\/([^/]+)\/runs\/latest(?:\/(.*))?$/s.exec(path);
  const [, frameworkId, executorId, rest = ""] = found ?? [];
  if (frameworkId === undefined || executorId === undefined) return undefined;
  const executor = runsOf(state, { frameworkId, executorId }).at(-1);
  return executor && { executor, root: executor.directory, rest };
}

/** The runs of an executor, those that are over included, the newest last. */
function runsOf(state: AgentState, of: { frameworkId: string; executorId: string }): ExecutorState[] {
  const known = state.frameworks.get(of.frameworkId);
  const over = state.completedFrameworks.filter(({ id }) => id === of.frameworkId);
  const frameworks: FrameworkState[] = known ? [...over, known] : over;
  return frameworks.flatMap(({ completedExecutors, executors }) => {
    const runs = completedExecutors.filter(({ id }) => id === of.executorId);
    const current = executors.get(of.executorId);
    return current ? [...runs, current] : runs;
  });
}

/** Every virtual path and the directory it stands for: `/files/debug`. */
function attachedPaths(state: AgentState): Record<string, string> {
  const paths: Record<string, string> = {};
  for (const { id, completedExecutors, executors } of [
    ...state.completedFrameworks,
    ...state.frameworks.values(),
  ]) {
    for (const executor of [...completedExecutors, ...executors.values()]) {
      paths[executor.directory] = executor.directory;
      paths[`/frameworks/${id}/executors/${executor.id}/runs/${LATEST}`] = executor.directory;
    }
  }
  return paths;
}

// What a path of `/files` stands for. Shown are the agent's log and sandboxes of executors, those under the path they have
// on disk and under `/frameworks/<id>/executors/<id>/runs/latest`; `latest` also stands for the container in the first.
import type { ResolvedPath, VirtualFiles } from "../../../net/files/virtual-files.ts";
import { executorVirtualPath, LATEST, parseExecutorRunPath } from "../../sandbox/paths.ts";
import { type Caller, may } from "../../authorization/caller.ts";
import type { AgentState } from "../../state.ts";
import { agentLog } from "./agent-log.ts";
import { resolveInSandbox } from "./resolve-in-sandbox.ts";
import { allRuns, runsOf, type SandboxRun } from "./sandbox-run.ts";

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
  run: SandboxRun;
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
  const { run, rest } = attached;
  if (!may(state, caller, "ACCESS_SANDBOX", run.user)) return { kind: "forbidden" };
  return resolveInSandbox(run.directory, rest);
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
  const run =
    ids.containerId === LATEST
      ? runs.at(-1)
      : runs.find(({ containerId }) => containerId === ids.containerId);
  if (!run) return undefined;
  // Written exactly as the directory is, nothing doubled: otherwise it is another name.
  const name = run.directory.slice(0, run.directory.lastIndexOf("/") + 1) + ids.containerId;
  return path === name || path.startsWith(`${name}/`)
    ? { run, rest: path.slice(name.length + 1) }
    : undefined;
}

function findByIds(state: AgentState, path: string): Attached | undefined {
  const found = /^\/frameworks\/([^/]+)\/executors\/([^/]+)\/runs\/latest(?:\/(.*))?$/s.exec(path);
  const [, frameworkId, executorId, rest = ""] = found ?? [];
  if (frameworkId === undefined || executorId === undefined) return undefined;
  const run = runsOf(state, { frameworkId, executorId }).at(-1);
  return run && { run, rest };
}

/** Every virtual path and the directory it stands for: `/files/debug`. */
function attachedPaths(state: AgentState): Record<string, string> {
  const paths: Record<string, string> = {};
  for (const { directory, ...ids } of allRuns(state)) {
    paths[directory] = directory;
    paths[executorVirtualPath(ids)] = directory;
  }
  return paths;
}

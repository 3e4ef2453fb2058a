// Reads the checkpoints of the machine's disk at the agent's start.
import { readdirSync, truncateSync } from "node:fs";
import { dirname } from "node:path";
import { failure, success, type ContainerID, type Result } from "@mezzo/wire";
import { readCheckpoints } from "../checkpoint/read.ts";
import type { RecoveredAgent } from "../checkpoint/recovered.ts";
import { atSandbox } from "../sandbox/enter-sandbox.ts";
import { agentPath, LATEST, metaDirOf, nestedSandboxPath, sandboxRootDir } from "../sandbox/paths.ts";
import type { AgentState } from "../state.ts";
import { diskTree } from "./disk.ts";
import type { Garbage } from "./garbage.ts";

/** What an earlier agent process left, files that a crash cut off made whole; an error when something cannot be read and `--strict` is set. */
export function recoverAgent(of: {
  metaDir: string;
  bootId: string;
  strict: boolean;
}): Result<RecoveredAgent | undefined> {
  try {
    const agent = readCheckpoints(diskTree, of);
    const first = agent?.errors[0];
    if (of.strict && first !== undefined) return failure(first);
    for (const { path, sizeBytes } of agent?.cutOff ?? []) truncateSync(path, sizeBytes);
    return success(agent);
  } catch (error) {
    return failure(error instanceof Error ? error.message : String(error));
  }
}

/** Directories of agents that this one was before it got a new id. */
export async function scheduleOldAgents(
  workDir: string,
  { garbage, agentId }: { garbage: Garbage; agentId: string | undefined },
): Promise<void> {
  const known = new Set([agentId, LATEST]);
  const old = diskTree.list(sandboxRootDir(workDir)).filter((name) => !known.has(name));
  const roots = [workDir, metaDirOf(workDir)];
  await garbage.scheduleByAge(old.flatMap((name) => roots.map((root) => agentPath(root, name))));
}

/** Sandboxes of what ended within executors that go on; `launched` are containers over the API that did not end. */
export async function scheduleNestedSandboxes(
  { frameworks }: Pick<AgentState, "frameworks">,
  { garbage, launched }: { garbage: Garbage; launched: readonly { record: { id: ContainerID } }[] },
): Promise<void> {
  const executors = [...frameworks.values()].flatMap((one) => [...one.executors.values()]);
  const live = new Set(launched.map(({ record }) => record.id.value));
  for (const { group } of executors) for (const name of group?.runs.keys() ?? []) live.add(name);
  await garbage.scheduleByAge(
    executors.flatMap(({ directory }) =>
      nestedNames(directory).flatMap((name) => (live.has(name) ? [] : [nestedSandboxPath(directory, name)])),
    ),
  );
}

/** Whose the sandbox is may have put a link in the place of the folder: then there is nothing of ours. */
function nestedNames(sandbox: string): string[] {
  try {
    return atSandbox(nestedSandboxPath(sandbox, "_"), (path) => readdirSync(dirname(path)));
  } catch {
    return [];
  }
}

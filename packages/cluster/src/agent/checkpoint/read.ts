// Reads what an earlier agent process wrote (`src/slave/state.cpp`). Files cut off by a crash count as absent: what they
// were about to say was never acted upon. Files that make no sense are errors.
import { basename, join } from "node:path";
import { decodeProtobuf, upgradeMessage, type MessageName, type Messages } from "@mezzo/wire";
import type { Resource } from "@mezzo/wire";
import { describeSystemError } from "../../core/describe-system-error.ts";
import {
  agentInfoPath,
  agentPath,
  bootIdPath,
  drainConfigPath,
  frameworkInfoPath,
  frameworkPidPath,
  latestAgentPath,
  resourcesInfoPath,
} from "../sandbox/paths.ts";
import { operationFile } from "./operation-path.ts";
import type { FileTree } from "./file-tree.ts";
import { unframe } from "./frames.ts";
import { decodePending, pendingResourcesPath, type PendingResources } from "./pending-resources.ts";
import { readExecutor } from "./read-executor.ts";
import type { CutOffFile, RecoveredAgent, RecoveredExecutor, RecoveredFramework } from "./recovered.ts";

/** What a reader works with; `errors` collects what could not be read. */
export interface Reading {
  readonly tree: FileTree;
  readonly metaDir: string;
  readonly errors: string[];
  readonly cutOff: CutOffFile[];
}

/** Everything the agent named by `latest` left behind; undefined when there is nothing at all. */
export function readCheckpoints(
  given: FileTree,
  { metaDir, bootId }: { metaDir: string; bootId: string },
): RecoveredAgent | undefined {
  const errors: string[] = [];
  const reading: Reading = { tree: noting(given, errors), metaDir, errors, cutOff: [] };
  const { tree } = reading;
  const resources = readResources(reading);
  const pendingResources = readPendingResources(reading);
  const latest = tree.readLink(latestAgentPath(metaDir));
  if (latest === undefined && resources.length === 0 && pendingResources === undefined) return undefined;
  const written = tree.read(bootIdPath(metaDir));
  const empty: RecoveredAgent = {
    frameworks: [],
    resources,
    ...(pendingResources && { pendingResources }),
    operations: [],
    rebooted: written !== undefined && Buffer.from(written).toString().trim() !== bootId,
    errors: reading.errors,
    cutOff: reading.cutOff,
  };
  const agentId = latest === undefined ? undefined : basename(latest);
  const info = agentId && readMessage(reading, "AgentInfo", agentInfoPath(metaDir, agentId));
  if (!agentId || !info) return empty;
  const drainConfig = readMessage(reading, "DrainConfig", drainConfigPath(metaDir, agentId));
  const frameworks = tree
    .list(join(agentPath(metaDir, agentId), "frameworks"))
    .flatMap((frameworkId) => readFramework(reading, { agentId, frameworkId }) ?? []);
  const operations = tree
    .list(join(agentPath(metaDir, agentId), "operations"))
    .flatMap((name) => readMessage(reading, "Operation", operationFile(metaDir, { agentId, name })) ?? []);
  return { ...empty, info, frameworks, operations, ...(drainConfig && { drainConfig }) };
}

/** The same tree; what cannot be read counts as absent, with an error noted. */
function noting(tree: FileTree, errors: string[]): FileTree {
  const attempt = <T>(path: string, read: () => T): T | undefined => {
    try {
      return read();
    } catch (error) {
      errors.push(`Failed to read '${path}': ${describeSystemError(error)}`);
      return undefined;
    }
  };
  return {
    read: (path) => attempt(path, () => tree.read(path)),
    list: (path) => attempt(path, () => tree.list(path)) ?? [],
    readLink: (path) => attempt(path, () => tree.readLink(path)),
  };
}

function readFramework(
  reading: Reading,
  of: { agentId: string; frameworkId: string },
): RecoveredFramework | undefined {
  const { tree, metaDir } = reading;
  const info = readMessage(reading, "FrameworkInfo", frameworkInfoPath(metaDir, of));
  if (info === undefined) return undefined;
  const pid = Buffer.from(tree.read(frameworkPidPath(metaDir, of)) ?? "")
    .toString()
    .trim();
  const executors: RecoveredExecutor[] = tree
    .list(join(agentPath(metaDir, of.agentId), "frameworks", of.frameworkId, "executors"))
    .flatMap((executorId) => readExecutor(reading, { ...of, executorId }) ?? []);
  return { info: { ...info, id: { value: of.frameworkId } }, ...(pid && { pid }), executors };
}

function readResources(reading: Reading): Resource[] {
  const path = resourcesInfoPath(reading.metaDir);
  const bytes = reading.tree.read(path);
  if (bytes === undefined) return [];
  return unframe(bytes).messages.flatMap((one) => {
    const decoded = decodeProtobuf("Resource", one);
    if (decoded.ok) return [decoded.value];
    reading.errors.push(`Failed to read resources from '${path}': ${decoded.error}`);
    return [];
  });
}

function readPendingResources(reading: Reading): PendingResources | undefined {
  const path = pendingResourcesPath(reading.metaDir);
  const bytes = reading.tree.read(path);
  if (bytes === undefined) return undefined;
  const pending = decodePending(bytes);
  if (pending.ok) return pending.value;
  reading.errors.push(`Failed to read resources from '${path}': ${pending.error}`);
  return undefined;
}

/** The one message of a file; undefined when it is absent, cut off or, with an error noted, not such a message. */
export function readMessage<N extends MessageName>(
  reading: Reading,
  name: N,
  path: string,
): Messages[N] | undefined {
  const bytes = reading.tree.read(path);
  const first = bytes && unframe(bytes).messages[0];
  if (first === undefined) return undefined;
  const decoded = decodeProtobuf(name, first);
  if (decoded.ok) return upgradeMessage(decoded.value);
  reading.errors.push(`Failed to read ${name} from '${path}': ${decoded.error}`);
  return undefined;
}

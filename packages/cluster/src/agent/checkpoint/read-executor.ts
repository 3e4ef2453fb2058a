// Reads one executor with its latest run: tasks, updates, and how far a command task was.
import { basename, dirname, join } from "node:path";
import { decodeProtobuf } from "@mezzo/wire";
import type { SavedCommands } from "../command/saved-commands.ts";
import {
  executorGeneratedPath,
  executorHttpMarkerPath,
  executorInfoPath,
  executorLatestRunPath,
  executorRunPath,
  executorSentinelPath,
  forkedPidPath,
  LATEST,
  libprocessPidPath,
  taskInfoPath,
  taskUpdatesPath,
  type ExecutorPath,
} from "../sandbox/paths.ts";
import { commandsPath } from "./commands-path.ts";
import { unframe } from "./frames.ts";
import { decodeCommands } from "./read-commands.ts";
import { readMessage, type Reading } from "./read.ts";
import type { TaskPath } from "./record.ts";
import type { RecoveredExecutor, RecoveredTask } from "./recovered.ts";

/** The executor, or undefined when its info or its latest run are missing: nothing was launched then. */
export function readExecutor(reading: Reading, of: ExecutorPath): RecoveredExecutor | undefined {
  const { tree, metaDir } = reading;
  const info = readMessage(reading, "ExecutorInfo", executorInfoPath(metaDir, of));
  const latest = tree.readLink(executorLatestRunPath(metaDir, of));
  if (info === undefined || latest === undefined) return undefined;
  const at = { ...of, containerId: basename(latest) };
  const pid = Number(readText(reading, forkedPidPath(metaDir, at)));
  const driverPid = readText(reading, libprocessPidPath(metaDir, at));
  const commands = readCommands(reading, commandsPath(metaDir, at));
  return {
    info,
    generated: readText(reading, executorGeneratedPath(metaDir, of)) === "1",
    containerId: at.containerId,
    completed: tree.read(executorSentinelPath(metaDir, at)) !== undefined,
    ...(pid > 0 && { pid }),
    ...(driverPid !== "" && { driverPid }),
    http: tree.read(executorHttpMarkerPath(metaDir, at)) !== undefined,
    tasks: tree
      .list(join(executorRunPath(metaDir, at), "tasks"))
      .flatMap((taskId) => readTask(reading, { ...at, taskId }) ?? []),
    earlierRuns: tree
      .list(dirname(executorRunPath(metaDir, at)))
      .filter((name) => name !== LATEST && name !== at.containerId),
    ...(commands && { commands }),
  };
}

function readTask(reading: Reading, at: TaskPath): RecoveredTask | undefined {
  const task = readMessage(reading, "Task", taskInfoPath(reading.metaDir, at));
  if (task === undefined) return undefined;
  const recovered: RecoveredTask = { task, updates: [], acknowledged: new Set() };
  const path = taskUpdatesPath(reading.metaDir, at);
  const bytes = reading.tree.read(path) ?? new Uint8Array();
  const { messages, sizeBytes } = unframe(bytes);
  if (sizeBytes < bytes.length) reading.cutOff.push({ path, sizeBytes });
  for (const one of messages) {
    const decoded = decodeProtobuf("StatusUpdateRecord", one);
    if (!decoded.ok) {
      reading.errors.push(`Failed to read status updates from '${path}': ${decoded.error}`);
      break;
    }
    const { type, update, uuid } = decoded.value;
    if (type === "UPDATE" && update) recovered.updates.push(update);
    else if (uuid !== undefined) recovered.acknowledged.add(uuid);
  }
  return recovered;
}

function readCommands(reading: Reading, path: string): SavedCommands | undefined {
  const text = readText(reading, path);
  if (text === "") return undefined;
  try {
    return decodeCommands(text);
  } catch (error) {
    reading.errors.push(
      `Failed to read '${path}': ${error instanceof Error ? error.message : String(error)}`,
    );
    return undefined;
  }
}

function readText(reading: Reading, path: string): string {
  return Buffer.from(reading.tree.read(path) ?? "")
    .toString()
    .trim();
}

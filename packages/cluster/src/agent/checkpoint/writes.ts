// Which files a checkpoint record becomes. The tree is drawn in docs/agent-recovery.md.
import { encodeProtobuf, type MessageName, type Messages } from "@mezzo/wire";
import {
  agentInfoPath,
  bootIdPath,
  drainConfigPath,
  executorGeneratedPath,
  executorHttpMarkerPath,
  executorInfoPath,
  executorLatestRunPath,
  executorRunPath,
  executorSentinelPath,
  forkedPidPath,
  libprocessPidPath,
  frameworkInfoPath,
  frameworkPidPath,
  latestAgentPath,
  agentPath,
  taskInfoPath,
  taskUpdatesPath,
} from "../sandbox/paths.ts";
import { commandsPath } from "./commands-path.ts";
import { frame } from "./frames.ts";
import type { CheckpointRecord } from "./record.ts";
import { resourceWrites } from "./resource-writes.ts";

/**
 * One change on disk. `replace` is atomic: the file is the old or the new one after a crash. `create` writes a file that
 * was not there, whose truncated rest a reader takes for absent. `sync`: on the platter before anything else happens,
 * needed where a machine crash would make the agent contradict what it told others.
 */
export type FileWrite =
  | { kind: "replace" | "create" | "append"; path: string; bytes: Uint8Array; sync?: boolean }
  | { kind: "link"; path: string; target: string }
  | { kind: "directory"; path: string }
  /** Everything in the directory goes, and the directory itself unless it is a mount point. */
  | { kind: "empty"; path: string }
  | { kind: "remove"; path: string };

const text = (value: string): Uint8Array => Buffer.from(value, "utf8");

function message<N extends MessageName>(name: N, value: Messages[N]): Uint8Array {
  return frame(encodeProtobuf(name, value));
}

/** The changes for a record, in order. `bootId` is the machine's present one. */
export function checkpointWrites(
  record: CheckpointRecord,
  { metaDir, bootId }: { metaDir: string; bootId: string },
): FileWrite[] {
  switch (record.kind) {
    case "agent":
      return [
        {
          kind: "replace",
          path: agentInfoPath(metaDir, record.agentId),
          bytes: message("AgentInfo", record.info),
          sync: true,
        },
        { kind: "link", path: latestAgentPath(metaDir), target: agentPath(metaDir, record.agentId) },
      ];
    case "bootId":
      return [{ kind: "replace", path: bootIdPath(metaDir), bytes: text(bootId) }];
    case "resources":
    case "operation":
    case "operationRemoved":
      return resourceWrites(record, metaDir);
    case "drainConfig": {
      const bytes = message("DrainConfig", record.config);
      return [{ kind: "replace", path: drainConfigPath(metaDir, record.agentId), bytes, sync: true }];
    }
    case "drainConfigRemoved":
      return [{ kind: "remove", path: drainConfigPath(metaDir, record.agentId) }];
    case "forgetAgent":
      return [{ kind: "remove", path: latestAgentPath(metaDir) }];
    case "framework":
      return [
        {
          kind: "replace",
          path: frameworkInfoPath(metaDir, record),
          bytes: message("FrameworkInfo", record.info),
        },
        { kind: "replace", path: frameworkPidPath(metaDir, record), bytes: text(record.pid) },
      ];
    default:
      return executorWrites(record, metaDir);
  }
}

type ExecutorRecord = Extract<CheckpointRecord, { at: unknown }>;

function executorWrites(record: ExecutorRecord, metaDir: string): FileWrite[] {
  switch (record.kind) {
    case "executor":
      return [
        {
          kind: "replace",
          path: executorInfoPath(metaDir, record.at),
          bytes: message("ExecutorInfo", record.info),
        },
        {
          kind: "create",
          path: executorGeneratedPath(metaDir, record.at),
          bytes: text(record.generated ? "1" : "0"),
        },
      ];
    case "run": {
      const target = executorRunPath(metaDir, record.at);
      return [
        { kind: "directory", path: target },
        { kind: "link", path: executorLatestRunPath(metaDir, record.at), target },
      ];
    }
    case "commands": {
      const bytes = text(JSON.stringify(record.run));
      return [{ kind: "replace", path: commandsPath(metaDir, record.at), bytes }];
    }
    case "forkedPid":
      return [{ kind: "create", path: forkedPidPath(metaDir, record.at), bytes: text(String(record.pid)) }];
    case "libprocessPid":
      return [{ kind: "create", path: libprocessPidPath(metaDir, record.at), bytes: text(record.pid) }];
    case "httpMarker":
      return [{ kind: "create", path: executorHttpMarkerPath(metaDir, record.at), bytes: text("") }];
    case "sentinel":
      return [{ kind: "create", path: executorSentinelPath(metaDir, record.at), bytes: text("") }];
    case "task":
      return [
        { kind: "create", path: taskInfoPath(metaDir, record.at), bytes: message("Task", record.task) },
      ];
    case "update": {
      const bytes = message("StatusUpdateRecord", { type: "UPDATE", update: record.update });
      return [{ kind: "append", path: taskUpdatesPath(metaDir, record.at), bytes, sync: true }];
    }
    case "acknowledgement": {
      // Not synced: if a machine crash loses it, the framework sees an update twice, which it must bear anyway.
      const bytes = message("StatusUpdateRecord", { type: "ACK", uuid: record.uuid });
      return [{ kind: "append", path: taskUpdatesPath(metaDir, record.at), bytes }];
    }
  }
}

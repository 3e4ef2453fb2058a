// The files and directories of reservations, volumes and operations.
import { dirname } from "node:path";
import { encodeProtobuf, type Operation } from "@mezzo/wire";
import { resourcesInfoPath } from "../sandbox/paths.ts";
import { frame } from "./frames.ts";
import { operationPath } from "./operation-path.ts";
import { encodePending, foreignStatePaths, pendingResourcesPath } from "./pending-resources.ts";
import type { CheckpointRecord } from "./record.ts";
import type { FileWrite } from "./writes.ts";

type ResourceRecord = Extract<CheckpointRecord, { kind: "resources" | "operation" | "operationRemoved" }>;

function operationWrite(metaDir: string, of: { agentId: string; operation: Operation }): FileWrite {
  const path = operationPath(metaDir, { agentId: of.agentId, uuid: of.operation.uuid.value });
  return { kind: "replace", path, bytes: frame(encodeProtobuf("Operation", of.operation)), sync: true };
}

/** The changes for a record, in the order that `pending-resources.ts` draws. */
export function resourceWrites(record: ResourceRecord, metaDir: string): FileWrite[] {
  if (record.kind === "operation") return [operationWrite(metaDir, record)];
  if (record.kind === "operationRemoved") {
    return [{ kind: "remove", path: dirname(operationPath(metaDir, record)) }];
  }
  const { resources, created, destroyed, operation } = record;
  const pending = pendingResourcesPath(metaDir);
  const note = encodePending({ resources, ...(operation && { operation }) });
  const bytes = Buffer.concat(resources.map((resource) => frame(encodeProtobuf("Resource", resource))));
  return [
    { kind: "replace", path: pending, bytes: note, sync: true },
    ...created.map((path): FileWrite => ({ kind: "directory", path })),
    ...destroyed.map((path): FileWrite => ({ kind: "empty", path })),
    { kind: "replace", path: resourcesInfoPath(metaDir), bytes, sync: true },
    ...(operation ? [operationWrite(metaDir, operation)] : []),
    ...[...foreignStatePaths(metaDir), pending].map((path): FileWrite => ({ kind: "remove", path })),
  ];
}

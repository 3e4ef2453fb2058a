// Where an operation is written until its outcome is acknowledged.
import { dirname, join } from "node:path";
import { operationUpdatesPath } from "../sandbox/paths.ts";

/** The file of the operation with this uuid, 16 bytes in base64: one directory an operation, as in Mesos. */
export function operationPath(metaDir: string, of: { agentId: string; uuid: string }): string {
  const name = Buffer.from(of.uuid, "base64").toString("hex");
  return operationFile(metaDir, { agentId: of.agentId, name });
}

/** The file of an operation by the name of its directory. */
export function operationFile(metaDir: string, of: { agentId: string; name: string }): string {
  const updates = operationUpdatesPath(metaDir, { agentId: of.agentId, operationUuid: of.name });
  return join(dirname(updates), "operation.info");
}

// A change of reservations and volumes under way. Volumes are directories: making and removing them is not one step, so
// the change is written down as a whole first, carried out, and taken back when everything is in its place. A crash in
// between leaves the note, and the next agent process carries the change out again.
//
//      resources.pending ─▶ directories ─▶ resources.info, operation.info ─▶ resources.pending removed
//
// Mesos commits with a file `resources_and_operations.target` in the same way (`Slave::checkpointResourceState`).
import { join } from "node:path";
import {
  failure,
  fromJson,
  parseJson,
  success,
  type Operation,
  type Resource,
  type Result,
} from "@mezzo/wire";

/** What the agent is about to have, and the operation that asked for it. */
export interface PendingResources {
  resources: Resource[];
  /** With the id of the agent that was asked. */
  operation?: { agentId: string; operation: Operation };
}

/** Where the note lies. */
export const pendingResourcesPath = (metaDir: string): string =>
  join(metaDir, "resources", "resources.pending");

/** What C++ agents write beside `resources.info`, and believe rather than that: out of date from now on. */
export const foreignStatePaths = (metaDir: string): string[] =>
  ["resources_and_operations.state", "resources_and_operations.target", "resources.target"].map((name) =>
    join(metaDir, "resources", name),
  );

/** The note as JSON. */
export function encodePending({ resources, operation }: PendingResources): Uint8Array {
  return Buffer.from(JSON.stringify({ resources, ...operation }), "utf8");
}

/** Reads it back. */
export function decodePending(bytes: Uint8Array): Result<PendingResources> {
  const json = parseJson(Buffer.from(bytes).toString());
  if (!json.ok) return json;
  const { resources, agentId, operation } = (json.value ?? {}) as Record<string, unknown>;
  if (!Array.isArray(resources)) return failure("it holds no resources");
  const read: Resource[] = [];
  for (const one of resources as unknown[]) {
    const resource = fromJson("Resource", one);
    if (!resource.ok) return resource;
    read.push(resource.value);
  }
  if (typeof agentId !== "string") return success({ resources: read });
  const asked = fromJson("Operation", operation);
  return asked.ok
    ? success({ resources: read, operation: { agentId, operation: asked.value } })
    : failure(asked.error);
}

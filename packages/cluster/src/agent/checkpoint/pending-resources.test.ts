// A change of resources that a crash cuts off is found again or was made: never neither.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Operation, Resource } from "@mezzo/wire";
import { MemoryTree } from "../testing/memory-tree.ts";
import { decodePending, encodePending } from "./pending-resources.ts";
import { readCheckpoints } from "./read.ts";
import { resourceWrites } from "./resource-writes.ts";

const volume: Resource = {
  name: "disk",
  type: "SCALAR",
  scalar: { value: 10 },
  reservations: [{ type: "DYNAMIC", role: "r" }],
  disk: { persistence: { id: "v" }, volume: { container_path: "data", mode: "RW" } },
};

const operation: Operation = {
  agent_id: { value: "A" },
  info: { type: "CREATE", create: { volumes: [volume] } },
  latest_status: { state: "OPERATION_FINISHED", uuid: { value: "AAAAAAAAQACAAAAAAAAAAA==" } },
  uuid: { value: "AQEBAQEBQQGBAQEBAQEBAQ==" },
};

const META = "/w/meta";

const writes = resourceWrites(
  {
    kind: "resources",
    resources: [volume],
    created: ["/w/volumes/roles/r/v"],
    destroyed: ["/w/volumes/roles/r/old"],
    operation: { agentId: "A", operation },
  },
  META,
);

test("decodePending() reads what encodePending() wrote", () => {
  for (const pending of [
    { resources: [volume] },
    { resources: [], operation: { agentId: "A", operation } },
  ]) {
    assert.deepEqual(decodePending(encodePending(pending)), { ok: true, value: pending });
  }
  for (const broken of ["", "{", "7", '{"resources":[{}]}']) {
    assert.equal(decodePending(Buffer.from(broken)).ok, false);
  }
});

test("resourceWrites() notes the change first and takes the note back last", () => {
  assert.deepEqual(
    writes.map(({ kind, path }) => `${kind} ${path}`),
    [
      "replace /w/meta/resources/resources.pending",
      "directory /w/volumes/roles/r/v",
      "empty /w/volumes/roles/r/old",
      "replace /w/meta/resources/resources.info",
      "replace /w/meta/slaves/A/operations/01010101010141018101010101010101/operation.info",
      "remove /w/meta/resources/resources_and_operations.state",
      "remove /w/meta/resources/resources_and_operations.target",
      "remove /w/meta/resources/resources.target",
      "remove /w/meta/resources/resources.pending",
    ],
  );
});

test("readCheckpoints() finds the change or its outcome, wherever a crash cuts the writes off", () => {
  for (let done = 1; done <= writes.length; done++) {
    const tree = new MemoryTree();
    tree.apply(writes.slice(0, done));
    const agent = readCheckpoints(tree, { metaDir: META, bootId: "" });
    assert.deepEqual(agent?.errors, []);
    assert.deepEqual((agent.pendingResources ?? agent).resources, [volume], `after ${done} writes`);
    assert.equal(agent.pendingResources === undefined, done === writes.length);
  }
});

import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import type { StatusUpdate } from "@mezzo/wire";
import type { CheckpointRecord } from "../checkpoint/record.ts";
import { type FileWrite, checkpointWrites } from "../checkpoint/writes.ts";
import { performWrites } from "./disk.ts";
import { recoverAgent } from "./recover-agent.ts";

const at = { agentId: "S", frameworkId: "F", executorId: "e", containerId: "c", taskId: "t" };

function update(uuid: string): StatusUpdate {
  const agent_id = { value: "S" };
  const status = { task_id: { value: "t" }, agent_id, state: "TASK_RUNNING", uuid } as const;
  return { framework_id: { value: "F" }, agent_id, status, timestamp: 1, uuid };
}

const RUN: CheckpointRecord[] = [
  { kind: "agent", agentId: "S", info: { hostname: "h", id: { value: "S" } } },
  { kind: "framework", agentId: "S", frameworkId: "F", info: { user: "u", name: "f" }, pid: "" },
  { kind: "executor", at, info: { executor_id: { value: "e" } }, generated: false },
  { kind: "run", at },
  {
    kind: "task",
    at,
    task: {
      name: "t",
      task_id: { value: "t" },
      framework_id: { value: "F" },
      agent_id: { value: "S" },
      state: "TASK_STAGING",
    },
  },
];

const FIRST = "AAAAAAAAQACAAAAAAAAAAA==";
const SECOND = "AAAAAAAAQACAAAAAAAAAAQ==";

test("recoverAgent() makes a file of updates whole, so that later updates can be read", async () => {
  const metaDir = mkdtempSync(join(tmpdir(), "mezzo-recover-"));
  try {
    const context = { metaDir, bootId: "boot" };
    const writesOf = (records: CheckpointRecord[]): FileWrite[] =>
      records.flatMap((record) => checkpointWrites(record, context));
    await performWrites(writesOf([...RUN, { kind: "update", at, update: update(FIRST) }]));
    const [torn] = writesOf([{ kind: "update", at, update: update(SECOND) }]);
    assert.ok(torn?.kind === "append");
    const before = readFileSync(torn.path);
    await performWrites([{ ...torn, bytes: torn.bytes.subarray(0, 7) }]);
    const recover = (): readonly (string | undefined)[] => {
      const found = recoverAgent({ ...context, strict: true });
      assert.ok(found.ok, found.ok ? "" : found.error);
      return found.value?.frameworks[0]?.executors[0]?.tasks[0]?.updates.map(({ uuid }) => uuid) ?? [];
    };
    assert.deepEqual(recover(), [FIRST]);
    assert.deepEqual(readFileSync(torn.path), before);
    await performWrites([torn]);
    assert.deepEqual(recover(), [FIRST, SECOND]);
  } finally {
    rmSync(metaDir, { recursive: true });
  }
});

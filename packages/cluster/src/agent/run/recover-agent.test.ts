// Tests of what an agent finds on disk when it comes back.
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import type { StatusUpdate } from "@mezzo/wire";
import type { CheckpointRecord } from "../checkpoint/record.ts";
import { type FileWrite, checkpointWrites } from "../checkpoint/writes.ts";
import type { AgentState } from "../state.ts";
import { sandboxAndVictim } from "../testing/sandbox-and-victim.ts";
import { performWrites } from "./disk.ts";
import type { Garbage } from "./garbage.ts";
import { recoverAgent, scheduleNestedSandboxes } from "./recover-agent.ts";

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

test("scheduleNestedSandboxes() finds those in a sandbox, and none behind a link", async (context) => {
  const { sandbox: directory, victim } = sandboxAndVictim(context);
  const executors = new Map([["e", { directory }]]);
  const state = { frameworks: new Map([["F", { executors }]]) } as unknown as AgentState;
  const scheduled: string[] = [];
  const garbage = {
    scheduleByAge: (paths: string[]) => void scheduled.push(...paths),
  } as unknown as Garbage;
  const schedule = (): Promise<void> => scheduleNestedSandboxes(state, { garbage, launched: [] });
  await schedule();
  assert.deepEqual(scheduled, []);
  for (const path of [join(directory, "containers/x"), join(victim, "y")])
    mkdirSync(path, { recursive: true });
  await schedule();
  assert.deepEqual(scheduled, [join(directory, "containers/x")]);
  renameSync(join(directory, "containers"), join(directory, "moved"));
  symlinkSync(victim, join(directory, "containers"));
  await schedule();
  assert.deepEqual(scheduled, [join(directory, "containers/x")]);
});

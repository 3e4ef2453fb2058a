// What an executor and its tasks may use together.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Resource, TaskInfo } from "@mezzo/wire";
import { executorLimits } from "./limits-of.ts";

const amounts = (of: Record<string, number>): Resource[] =>
  Object.entries(of).map(([name, value]) => ({ name, type: "SCALAR", scalar: { value } }));

const task = (requests: Record<string, number>, limits: Record<string, number> = {}): TaskInfo => ({
  name: "",
  task_id: { value: "t" },
  agent_id: { value: "" },
  resources: amounts(requests),
  limits: Object.fromEntries(Object.entries(limits).map(([name, value]) => [name, { value }])),
});

test("executorLimits() adds up what tasks may use and what the executor asks for", () => {
  const overhead = { resources: amounts({ cpus: 0.5, mem: 32 }) };
  const of = (tasks: TaskInfo[], enableCfs = false): Record<string, number> | undefined =>
    executorLimits(overhead, tasks, { enableCfs });
  assert.equal(of([task({ cpus: 1, mem: 64 })]), undefined);
  assert.deepEqual(of([task({ cpus: 1, mem: 64 }, { cpus: 2, mem: 128 })]), { cpus: 2.5, mem: 160 });
  assert.deepEqual(of([task({ cpus: 1, mem: 64 }, { mem: Infinity })]), { mem: Infinity });
  const mixed = [task({ cpus: 1, mem: 64 }, { cpus: 2, mem: 128 }), task({ cpus: 1, mem: 64 })];
  assert.deepEqual(of(mixed), { mem: 224 }, "CPUs of the second task are not bound");
  assert.deepEqual(of(mixed, true), { cpus: 3.5, mem: 224 });
});

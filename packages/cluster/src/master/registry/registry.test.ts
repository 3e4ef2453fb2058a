// What is written to the registry is what the next master recovers.
import assert from "node:assert/strict";
import { test } from "node:test";
import { systemClock } from "../../core/clock.ts";
import { MemoryStore } from "../../store/memory-store.ts";
import { Registrar } from "./registrar.ts";

test("recover() gives back what apply() wrote", async () => {
  const store = new MemoryStore();
  const registrar = new Registrar({ store, clock: systemClock });
  const agent = (id: string) => ({ id: { value: id }, hostname: "host" });
  await registrar.apply([
    { kind: "admit-agent", info: agent("a") },
    { kind: "admit-agent", info: agent("b") },
    { kind: "admit-agent", info: agent("c") },
  ]);
  await registrar.apply([
    { kind: "mark-agent-unreachable", agentId: "b", info: agent("b"), time: { nanoseconds: 2 } },
    { kind: "mark-agent-gone", agentId: "c", time: { nanoseconds: 3 } },
  ]);
  const registry = await new Registrar({ store, clock: systemClock }).recover();
  assert.deepEqual(
    registry.slaves?.slaves?.map(({ info }) => info),
    [agent("a")],
  );
  assert.deepEqual(registry.unreachable?.slaves, [{ id: { value: "b" }, timestamp: { nanoseconds: 2 } }]);
  assert.deepEqual(registry.gone?.slaves, [{ id: { value: "c" }, timestamp: { nanoseconds: 3 } }]);
  assert.ok(registrar.sizeBytes > 0);
  await registrar.apply([
    { kind: "mark-agent-reachable", info: agent("b") },
    { kind: "remove-agent", agentId: "a" },
    { kind: "prune", unreachable: [], gone: ["c"] },
  ]);
  const later = await new Registrar({ store, clock: systemClock }).recover();
  assert.deepEqual(
    later.slaves?.slaves?.map(({ info }) => info.id?.value),
    ["b"],
  );
  assert.deepEqual(later.unreachable?.slaves, []);
  assert.deepEqual(later.gone?.slaves, []);
});

test("recover() refuses a registry that it cannot read", async () => {
  const store = new MemoryStore();
  await store.commit([{ key: "agents/x", value: Uint8Array.from([0xff]) }]);
  await assert.rejects(
    new Registrar({ store, clock: systemClock }).recover(),
    /Cannot read the registry: agents\/x/,
  );
});

test("recover() gives back weights and quota, without quota of nothing", async () => {
  const store = new MemoryStore();
  const registrar = new Registrar({ store, clock: systemClock });
  const limited = { role: "*", limits: { cpus: { value: 0 } } };
  await registrar.apply([
    { kind: "update-weights", weights: [{ role: "a/b", weight: 2.5 }] },
    { kind: "update-quota", configs: [limited, { role: "r", guarantees: { mem: { value: 32 } } }] },
  ]);
  await registrar.apply([{ kind: "update-quota", configs: [{ role: "r" }] }]);
  const { weights, quota_configs } = await new Registrar({ store, clock: systemClock }).recover();
  assert.deepEqual(weights, [{ info: { role: "a/b", weight: 2.5 } }]);
  assert.deepEqual(quota_configs, [limited]);
});

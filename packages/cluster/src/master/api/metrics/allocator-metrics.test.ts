// What metrics say of sharing while agents and frameworks come and go. Scenarios that Mesos tests, too; see
// docs/checklists/allocator-tests.md.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Resource } from "@mezzo/wire";
import { activateFramework, removeAgent, removeFramework } from "../../../allocator/index.ts";
import { TestCluster, allocated } from "../../../allocator/testing/test-cluster.ts";
import { defaultMasterOptions } from "../../options.ts";
import type { MasterState } from "../../state.ts";
import { AGENT_CAPABILITIES, launch, registerAgent, scalar, subscribe, task } from "../../testing/cast.ts";
import { Stage } from "../../testing/stage.ts";
import { allocatorMetrics } from "./allocator-metrics.ts";
import type { MetricSources } from "./metric-sources.ts";
import { TimerStatistics } from "../../../core/timer-statistics.ts";

/** Metrics without the prefix. */
function metricsOfMaster(master: MasterState, allocationRun = new TimerStatistics()): Map<string, number> {
  const sources: MetricSources = {
    nowMs: 0,
    system: { cpus: 1, load: [0, 0, 0], freeBytes: 0, totalBytes: 0 },
    registrar: { queuedOperations: 0, sizeBytes: 0, fetchMs: 0, store: new TimerStatistics() },
    allocationRun,
    operatorEventStreamSubscribers: 0,
    traffic: [],
  };
  return new Map(
    [...allocatorMetrics(master, sources)].map(([name, value]) => [
      name.replace("allocator/mesos/", ""),
      value,
    ]),
  );
}

/** Metrics of a master whose allocator this is. */
function metricsOf({ state }: TestCluster, allocationRun?: TimerStatistics): Map<string, number> {
  const master = { ...new Stage().state, allocator: state, options: defaultMasterOptions };
  return metricsOfMaster(master, allocationRun);
}

/** What metrics say of the quota of a role: `cpus/limit` and so on. */
function quotaOf(stage: Stage, role: string): Record<string, number> {
  const prefix = `quota/roles/${role}/resources/`;
  const own = [...metricsOfMaster(stage.state)].filter(([name]) => name.startsWith(prefix));
  return Object.fromEntries(own.map(([name, value]) => [name.slice(prefix.length), value]));
}

/** `cpus 0 of 2, mem …`: what is offered or used, of what there is. */
function resourcesOf(cluster: TestCluster): string {
  const metrics = metricsOf(cluster);
  return ["cpus", "mem", "disk"]
    .map((name) => [`resources/${name}/offered_or_allocated`, `resources/${name}/total`, name])
    .map(([used = "", total = "", name]) => `${name} ${metrics.get(used)} of ${metrics.get(total)}`)
    .join(", ");
}

const shareOf = (cluster: TestCluster, role: string): number | undefined =>
  metricsOf(cluster).get(`roles/${role}/shares/dominant`);

test("resources are told with what is offered or used of them, also when there are none", () => {
  const cluster = new TestCluster();
  const NONE = "cpus 0 of 0, mem 0 of 0, disk 0 of 0";
  assert.equal(resourcesOf(cluster), NONE);
  cluster.agent("s", "cpus:2;mem:1024;disk:0");
  assert.equal(resourcesOf(cluster), "cpus 0 of 2, mem 0 of 1024, disk 0 of 0");
  cluster.framework("f", { roles: ["r"] }).run();
  assert.equal(resourcesOf(cluster), "cpus 2 of 2, mem 1024 of 1024, disk 0 of 0");
  removeAgent(cluster.state, "s");
  assert.equal(resourcesOf(cluster), NONE);
});

test("runs are counted and timed", () => {
  const cluster = new TestCluster();
  const timed = new TimerStatistics();
  assert.equal(metricsOf(cluster).get("allocation_runs"), 0);
  assert.equal(metricsOf(cluster).get("allocation_run_ms/count"), undefined, "nothing to tell");
  cluster.agent("s", "cpus:1;mem:32").run();
  cluster.framework("f").run();
  timed.record(3);
  timed.record(5);
  const metrics = metricsOf(cluster, timed);
  assert.equal(metrics.get("allocation_runs"), 2);
  assert.equal(metrics.get("allocation_run_ms"), 5);
  assert.deepEqual(
    ["count", "min", "max", "p50", "p90", "p95", "p99", "p999", "p9999"].filter(
      (name) => metrics.get(`allocation_run_ms/${name}`) === undefined,
    ),
    [],
  );
  assert.equal(metrics.get("allocation_run_latency_ms/count"), 2);
  assert.equal(metrics.get("allocation_run_latency_ms/max"), 0, "it never waits");
});

test("filters are counted role by role as long as they hold", () => {
  const cluster = new TestCluster().agent("s1", "cpus:2;mem:1024");
  const active = (role: string): number | undefined =>
    metricsOf(cluster).get(`offer_filters/roles/${role}/active`);
  cluster.framework("f1", { roles: ["a"] });
  const decline = (seconds: number): void => cluster.run().forEach((each) => cluster.recover(each, seconds));
  decline(5);
  cluster.framework("f2", { roles: ["b"] });
  decline(5);
  cluster.framework("f3", { roles: ["b"] });
  decline(60);
  assert.deepEqual([active("a"), active("b"), active("c")], [1, 2, undefined]);
  cluster.nowMs += 6000;
  // Once it is given, it is declined with a filter of nothing.
  decline(0);
  assert.deepEqual([active("a"), active("b")], [0, 1]);
  removeFramework(cluster.state, "f3");
  assert.deepEqual([active("a"), active("b")], [0, 0]);
});

test("the dominant share of a role follows what it is offered, and goes with its last framework", () => {
  const cluster = new TestCluster().agent("s1", "cpus:1;mem:1024").framework("f1", { roles: ["a"] });
  const [first] = cluster.run();
  assert.ok(first !== undefined);
  assert.equal(shareOf(cluster, "a"), 1);
  cluster.recover(first, 5);
  assert.equal(shareOf(cluster, "a"), 0);
  cluster.framework("f2", { roles: ["b"] }).run();
  assert.deepEqual([shareOf(cluster, "a"), shareOf(cluster, "b")], [0, 1]);
  cluster.agent("s2", "cpus:1;mem:1024").run();
  assert.deepEqual([shareOf(cluster, "a"), shareOf(cluster, "b")], [0.5, 0.5]);
  removeFramework(cluster.state, "f2");
  assert.deepEqual([shareOf(cluster, "a"), shareOf(cluster, "b")], [0.5, undefined]);
});

test("what is left out of fairness is left out of the dominant share", () => {
  const options = { fairSharingExcludedResourceNames: ["gpus"] };
  const cluster = new TestCluster(options).agent("s1", "cpus:1;mem:1024;gpus:1");
  cluster.framework("f1", { roles: ["a"], capabilities: ["GPU_RESOURCES"] }).run();
  assert.equal(shareOf(cluster, "a"), 1);
  cluster
    .agent("s2", "cpus:3;mem:1024")
    .framework("f2", { roles: ["b"] })
    .run();
  // Of memory each has a half; of CPUs one has three quarters.
  assert.deepEqual([shareOf(cluster, "a"), shareOf(cluster, "b")], [0.5, 0.75]);
});

test("what is in use counts once, whether its agent or its framework comes first", () => {
  const cluster = new TestCluster();
  const used = (id: string, role: string): { used: [string, ReturnType<typeof allocated>][] } => ({
    used: [[id, allocated("cpus:1", role)]],
  });
  cluster.framework("f1", { roles: ["a"], active: false });
  cluster.agent("s1", "cpus:1", used("f1", "a")).agent("s2", "cpus:1", used("f2", "b"));
  cluster.framework("f2", { roles: ["b"], active: false });
  for (const id of ["f1", "f2"]) activateFramework(cluster.state, id);
  assert.deepEqual(cluster.lines(), []);
  assert.deepEqual([shareOf(cluster, "a"), shareOf(cluster, "b")], [0.5, 0.5]);
});

test("quota is told with what a role is offered and uses of it, as long as there is quota", () => {
  const stage = new Stage();
  const set = (config: object): string[] =>
    stage.take({ type: "update-quota", request: 7, configs: [{ role: "r", ...config }], force: true });
  const amounts = { cpus: { value: 2 }, mem: { value: 128 } };
  set({ guarantees: amounts, limits: amounts });
  const promised = { "cpus/guarantee": 2, "cpus/limit": 2, "mem/guarantee": 128, "mem/limit": 128 };
  const nothing = { "cpus/offered_or_allocated": 0, "mem/offered_or_allocated": 0 };
  assert.deepEqual(quotaOf(stage, "r"), { ...promised, ...nothing });
  const agentId = registerAgent(stage);
  const framework = subscribe(stage);
  launch(stage, framework, [task("t", agentId)]);
  const used = { "cpus/offered_or_allocated": 1, "mem/offered_or_allocated": 32 };
  const consumed = { "cpus/consumed": 1, "mem/consumed": 32 };
  assert.deepEqual(quotaOf(stage, "r"), { ...promised, ...used, ...consumed });
  set({ guarantees: { cpus: { value: 2 } }, limits: { disk: { value: 0 } } });
  assert.deepEqual(quotaOf(stage, "r"), {
    "cpus/guarantee": 2,
    "cpus/offered_or_allocated": 1,
    "disk/limit": 0,
    "disk/offered_or_allocated": 0,
    ...consumed,
  });
  set({});
  assert.deepEqual(quotaOf(stage, "r"), consumed);
});

test("what a role consumes is scalars: all that is reserved, and the rest once it is used", () => {
  const stage = new Stage();
  const ports = (begin: number, end: number): Resource => ({
    name: "ports",
    type: "RANGES",
    ranges: { range: [{ begin, end }] },
  });
  const pid = "slave(1)@127.0.0.1:5051";
  const reserved = [scalar("cpus", 2), ports(20, 29)].map((resource) => ({ ...resource, role: "r/s" }));
  stage.message("RegisterSlaveMessage", pid, {
    agent: {
      hostname: "h",
      port: 5051,
      resources: [scalar("cpus", 4), scalar("mem", 64), ports(1, 9), ...reserved],
    },
    version: "1.11.0",
    agent_capabilities: AGENT_CAPABILITIES.map((type) => ({ type })),
  });
  assert.deepEqual(quotaOf(stage, "r"), { "cpus/consumed": 2 });
  const agentId = stage.state.agents.byPid.get(pid) ?? "";
  const resources = [scalar("cpus", 1), scalar("mem", 32), ports(1, 2)];
  launch(stage, subscribe(stage, { roles: ["r/s"] }), [task("t", agentId, { resources })]);
  for (const role of ["r", "r/s", ""]) {
    assert.deepEqual(quotaOf(stage, role), { "cpus/consumed": 3, "mem/consumed": 32 });
  }
});

// What metrics say of sharing while agents and frameworks come and go. Scenarios that Mesos tests, too; see
// docs/checklists/allocator-tests.md.
import assert from "node:assert/strict";
import { test } from "node:test";
import { activateFramework, removeAgent, removeFramework } from "../../../allocator/index.ts";
import { TestCluster, allocated } from "../../../allocator/testing/test-cluster.ts";
import { defaultMasterOptions } from "../../options.ts";
import { Stage } from "../../testing/stage.ts";
import { allocatorMetrics } from "./allocator-metrics.ts";
import type { MetricSources } from "./metric-sources.ts";
import { TimerStatistics } from "../../../core/timer-statistics.ts";

/** Metrics of a master whose allocator this is, without the prefix. */
function metricsOf({ state }: TestCluster, allocationRun = new TimerStatistics()): Map<string, number> {
  const master = { ...new Stage().state, allocator: state, options: defaultMasterOptions };
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

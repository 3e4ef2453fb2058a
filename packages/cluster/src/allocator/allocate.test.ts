// Who is offered what: the counterparts of the core scenarios of Mesos' hierarchical_allocator_tests.cpp.
/* oxlint-disable no-restricted-imports -- the allocator imports nothing of Node, its tests do */
import assert from "node:assert/strict";
import { test } from "node:test";
import { removeFramework, updateWeights } from "./index.ts";
import { TestCluster } from "./testing/test-cluster.ts";

void test("allocate() gives each agent to the role, then the framework, with the smallest dominant share", () => {
  const cluster = new TestCluster();
  cluster.agent("s1", "cpus:2;mem:1024").framework("f1", { roles: ["role1"] });
  assert.deepEqual(cluster.lines(), ["s1 → f1 (role1): cpus:2; mem:1024"]);

  cluster.framework("f2", { roles: ["role2"] }).agent("s2", "cpus:1;mem:512");
  assert.deepEqual(cluster.lines(), ["s2 → f2 (role2): cpus:1; mem:512"]);

  // role1 has 2 of 3 cpus, role2 has 1.
  cluster.agent("s3", "cpus:3;mem:2048");
  assert.deepEqual(cluster.lines(), ["s3 → f2 (role2): cpus:3; mem:2048"]);

  // role1 has a third, role2 two thirds; in role1, f3 has nothing yet.
  cluster.framework("f3", { roles: ["role1"] }).agent("s4", "cpus:4;mem:4096");
  assert.deepEqual(cluster.lines(), ["s4 → f3 (role1): cpus:4; mem:4096"]);

  // f4 has nothing, but its role has the larger share by now.
  cluster.framework("f4", { roles: ["role1"] }).agent("s5", "cpus:1;mem:512");
  assert.deepEqual(cluster.lines(), ["s5 → f2 (role2): cpus:1; mem:512"]);
});

void test("allocate() compares nested roles by their subtree first", () => {
  const cluster = new TestCluster();
  cluster.agent("s1", "cpus:2;mem:1024").framework("f1", { roles: ["a/b"] });
  assert.deepEqual(cluster.lines(), ["s1 → f1 (a/b): cpus:2; mem:1024"]);
  cluster
    .framework("f2", { roles: ["a/c"] })
    .framework("f3", { roles: ["d/e"] })
    .agent("s2", "cpus:1;mem:512");
  assert.deepEqual(cluster.lines(), ["s2 → f3 (d/e): cpus:1; mem:512"]);
  cluster.framework("f4", { roles: ["d/f"] }).agent("s3", "cpus:2;mem:1024");
  assert.deepEqual(cluster.lines(), ["s3 → f4 (d/f): cpus:2; mem:1024"]);
});

void test("allocate() takes weights into account, also changed ones", () => {
  const cluster = new TestCluster({ weights: new Map([["heavy", 3]]) });
  cluster.framework("light", { roles: ["light"] }).framework("heavy", { roles: ["heavy"] });
  for (let agent = 0; agent < 40; agent++) cluster.agent(`s${agent}`, "cpus:1;mem:64");
  const count = (): number => cluster.run().filter(({ frameworkId }) => frameworkId === "heavy").length;
  assert.equal(count(), 30);
  updateWeights(cluster.state, [["light", 27]]);
  for (let agent = 40; agent < 100; agent++) cluster.agent(`s${agent}`, "cpus:1;mem:64");
  // 9 to 1 of 100 would leave heavy with 10, less than it has: all new agents go to light.
  assert.equal(count(), 0);
  assert.throws(() => updateWeights(cluster.state, [["light", 0]]), RangeError);
});

void test("allocate() does not count excluded resources", () => {
  const cluster = new TestCluster({ fairSharingExcludedResourceNames: ["gpus"] });
  cluster
    .agent("s1", "cpus:1;mem:64;gpus:8")
    .framework("f1", { roles: ["r1"], capabilities: ["GPU_RESOURCES"] })
    .run();
  cluster.framework("f2", { roles: ["r2"] }).agent("s2", "cpus:2;mem:64");
  assert.deepEqual(cluster.lines(), ["s2 → f2 (r2): cpus:2; mem:64"]);
  cluster.agent("s3", "cpus:1;mem:64");
  assert.deepEqual(cluster.lines(), ["s3 → f1 (r1): cpus:1; mem:64"], "all gpus, but fewer cpus");
});

void test("allocate() offers a framework's roles in turn", () => {
  const cluster = new TestCluster();
  cluster
    .agent("s1", "cpus:1;mem:64")
    .agent("s2", "cpus:1;mem:64")
    .framework("f", { roles: ["r1", "r2"] });
  assert.deepEqual(
    cluster
      .run()
      .map(({ role }) => role)
      .toSorted(),
    ["r1", "r2"],
  );
});

void test("allocate() gives equal frameworks equally many turns", () => {
  const cluster = new TestCluster();
  cluster
    .framework("f1", { roles: ["r"] })
    .framework("f2", { roles: ["r"] })
    .agent("s", "cpus:1;mem:64");
  const turns: string[] = [];
  for (let turn = 0; turn < 10; turn++) {
    const [allocation] = cluster.run();
    assert.ok(allocation !== undefined);
    turns.push(allocation.frameworkId);
    cluster.recover(allocation);
  }
  assert.equal(turns.join(" "), "f1 f2 f1 f2 f1 f2 f1 f2 f1 f2");
});

void test("allocate() offers reservations in the role's subtree only, the rest to everybody", () => {
  const cluster = new TestCluster();
  const total = "cpus(prod):1;mem(prod):128;cpus(prod/db):1;mem(prod/db):128;cpus:2;mem:256";
  cluster.framework("dev", { roles: ["dev"], capabilities: ["RESERVATION_REFINEMENT"] }).agent("s1", total);
  assert.deepEqual(cluster.lines(), ["s1 → dev (dev): cpus:2; mem:256"]);
  cluster.framework("web", { roles: ["prod/web"], capabilities: ["RESERVATION_REFINEMENT"] });
  assert.deepEqual(cluster.lines(), [
    "s1 → web (prod/web): cpus(reservations: [(STATIC,prod)]):1; mem(reservations: [(STATIC,prod)]):128",
  ]);
  cluster.framework("db", { roles: ["prod/db"], capabilities: ["RESERVATION_REFINEMENT"] });
  assert.deepEqual(cluster.lines(), [
    "s1 → db (prod/db): mem(reservations: [(STATIC,prod/db)]):128; cpus(reservations: [(STATIC,prod/db)]):1",
  ]);
});

void test("allocate() counts reservations that are offered among what a role has, and shares them within it", () => {
  const cluster = new TestCluster();
  cluster.framework("f1", { roles: ["a"] }).agent("s1", "cpus:1;mem:512;cpus(a):100;mem(a):1024");
  assert.equal(cluster.run().length, 1);
  cluster.framework("f2", { roles: ["b"] }).agent("s2", "cpus:2;mem:512");
  assert.deepEqual(cluster.lines(), ["s2 → f2 (b): cpus:2; mem:512"]);
  // Without the reservations f1 would have less.
  cluster.agent("s3", "cpus:2;mem:512");
  assert.deepEqual(cluster.lines(), ["s3 → f2 (b): cpus:2; mem:512"]);
  cluster.framework("f3", { roles: ["a"] }).agent("s4", "cpus(a):2;mem(a):1024");
  assert.deepEqual(
    cluster.run().map(({ frameworkId, agentId }) => [frameworkId, agentId]),
    [["f3", "s4"]],
  );
});

void test("allocate() splits an agent among several roles in one run", () => {
  const cluster = new TestCluster();
  cluster
    .framework("f1", { roles: ["r1"] })
    .framework("f2", { roles: ["r2"] })
    .agent("s", "cpus(r1):1;cpus(r2):2;mem:64");
  assert.deepEqual(cluster.lines(), [
    "s → f1 (r1): cpus(reservations: [(STATIC,r1)]):1; mem:64",
    "s → f2 (r2): cpus(reservations: [(STATIC,r2)]):2",
  ]);
});

void test("allocate() without news does nothing and asks for no random number", () => {
  const cluster = new TestCluster();
  cluster.framework("f").agent("s1", "cpus:1;mem:64").agent("s2", "cpus:1;mem:64");
  assert.equal(cluster.run().length, 2);
  const { runs } = cluster.state;
  assert.deepEqual(cluster.run(), []);
  assert.equal(cluster.state.runs, runs);
});

void test("allocate() gives the same from the same seed, and spreads agents by it", () => {
  const order = (seed: number): string => {
    const cluster = new TestCluster({}, seed);
    for (let agent = 0; agent < 10; agent++) cluster.agent(`s${agent}`, "cpus:1;mem:64");
    for (let framework = 0; framework < 3; framework++)
      cluster.framework(`f${framework}`, { roles: [`r${framework}`] });
    return cluster.lines().join("\n");
  };
  assert.equal(order(7), order(7));
  assert.notEqual(order(7), order(8));
});

void test("removeFramework() frees all it holds for the others at once", () => {
  const cluster = new TestCluster();
  cluster
    .agent("s1", "cpus:1;mem:64")
    .framework("f1", { roles: ["a"] })
    .framework("f2", { roles: ["b"] });
  assert.deepEqual(cluster.lines(), ["s1 → f1 (a): cpus:1; mem:64"]);
  removeFramework(cluster.state, "f1");
  assert.deepEqual(cluster.lines(), ["s1 → f2 (b): cpus:1; mem:64"]);
  assert.deepEqual([...cluster.state.roles.keys()], ["b"]);
  assert.throws(() => removeFramework(cluster.state, "f1"), /Cannot find framework f1/u);
});

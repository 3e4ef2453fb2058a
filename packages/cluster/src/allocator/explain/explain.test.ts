// Every reason not to offer can be told.
/* oxlint-disable no-restricted-imports -- the allocator imports nothing of Node, its tests do */
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  compileOfferConstraints,
  deactivateAgent,
  deactivateFramework,
  excludedAgents,
  explain,
  suppressOffers,
  updateFramework,
  updateWhitelist,
} from "../index.ts";
import { TestCluster, frameworkFacts } from "../testing/test-cluster.ts";

function filters(cluster: TestCluster, frameworkId: string, agentId: string): string {
  return explain(cluster.state, { frameworkId: frameworkId, agentId: agentId, nowMs: cluster.nowMs })
    .map(({ role, filter }) => `${role}:${filter}`)
    .join(" ");
}

void test("explain() names what the framework itself has done", () => {
  const cluster = new TestCluster();
  cluster.framework("f", { roles: ["a", "b"] }).agent("s", "cpus:1;mem:64");
  const [allocation] = cluster.run();
  assert.ok(allocation !== undefined);
  assert.equal(filters(cluster, "f", "s"), "a:nothing-free b:nothing-free");
  suppressOffers(cluster.state, "f", ["b"]);
  cluster.recover(allocation, 60);
  assert.deepEqual(explain(cluster.state, { frameworkId: "f", agentId: "s", nowMs: cluster.nowMs }), [
    {
      role: "a",
      filter: "refused",
      reason: "filtered",
      untilMs: cluster.nowMs + 60_000,
    },
    { role: "b", filter: "suppressed", reason: "the framework has suppressed offers for role b" },
  ]);
  deactivateFramework(cluster.state, "f");
  assert.equal(filters(cluster, "f", "s"), "a:framework-inactive b:framework-inactive b:suppressed");
  updateFramework(cluster.state, frameworkFacts("f", { roles: ["a"] }));
});

void test("explain() names a pause until the next interval", () => {
  const cluster = new TestCluster();
  cluster.framework("f").agent("s", "cpus:1;mem:64");
  const [allocation] = cluster.run();
  assert.ok(allocation !== undefined);
  cluster.recover(allocation, 0);
  assert.match(
    explain(cluster.state, { frameworkId: "f", agentId: "s", nowMs: cluster.nowMs })[0]?.reason ?? "",
    /waits for the next allocation interval/u,
  );
});

void test("explain() names the quota that keeps resources back", () => {
  const cluster = new TestCluster().quota("a", "", "cpus:1;mem:64").quota("g", "cpus:2;mem:64");
  cluster
    .framework("f", { roles: ["a", "p"] })
    .agent("s1", "cpus:3;mem:128")
    .agent("s2", "cpus:2;mem:64");
  cluster.run();
  const [agent] = [...cluster.state.free];
  assert.ok(agent !== undefined);
  const reasons = explain(cluster.state, { frameworkId: "f", agentId: agent.id, nowMs: cluster.nowMs });
  assert.deepEqual(
    reasons.map(({ role, filter }) => `${role}:${filter}`),
    ["a:quota-limit", "p:quota-headroom"],
  );
  assert.equal(
    reasons[0]?.reason,
    "the quota's limit is reached: role a has cpus:1 of at most cpus:1; role a has mem:64 of at most mem:64",
  );
  assert.equal(
    reasons[1]?.reason,
    "what is free is kept for roles whose guarantee is not satisfied; they lack cpus:2;mem:64",
  );
});

void test("explain() names what the agent is", () => {
  const cluster = new TestCluster({
    domain: { fault_domain: { region: { name: "north" }, zone: { name: "z" } } },
  });
  cluster.agent("s", "cpus:1;mem:16;gpus:1;cpus(q):1", {
    capabilities: [],
    info: { domain: { fault_domain: { region: { name: "south" }, zone: { name: "z" } } } },
  });
  const constraints = compileOfferConstraints({
    role_constraints: {
      "a/b": {
        groups: [
          { attribute_constraints: [{ selector: { attribute_name: "x" }, predicate: { exists: {} } }] },
        ],
      },
    },
  });
  assert.ok(constraints.ok);
  const least = { min_allocatable_resources: { quantities: [{ quantities: { mem: { value: 32 } } }] } };
  cluster.framework("f", { roles: ["a/b"], constraints: constraints.value, offerFilters: { "a/b": least } });
  cluster.run();
  assert.equal(
    filters(cluster, "f", "s"),
    "a/b:gpu a/b:region a/b:multi-role a/b:hierarchical-role a/b:offer-constraints a/b:min-allocatable",
  );
  assert.deepEqual(excludedAgents(cluster.state, "f"), new Map([["a/b", ["s"]]]));
  for (const { reason } of explain(cluster.state, { frameworkId: "f", agentId: "s", nowMs: cluster.nowMs }))
    assert.ok(reason.length > 10);
  updateWhitelist(cluster.state, []);
  assert.match(filters(cluster, "f", "s"), /a\/b:whitelist/u);
  deactivateAgent(cluster.state, "s");
  assert.match(filters(cluster, "f", "s"), /a\/b:agent-inactive/u);
});

void test("explain() has no obstacle to what is about to be offered, and refuses unknown ids", () => {
  const cluster = new TestCluster();
  cluster.framework("f").agent("s", "cpus:1;mem:64");
  assert.deepEqual(explain(cluster.state, { frameworkId: "f", agentId: "s", nowMs: cluster.nowMs }), []);
  assert.throws(
    () => explain(cluster.state, { frameworkId: "x", agentId: "s", nowMs: cluster.nowMs }),
    /Cannot find framework x/u,
  );
  assert.throws(
    () => explain(cluster.state, { frameworkId: "f", agentId: "x", nowMs: cluster.nowMs }),
    /Cannot find agent x/u,
  );
});

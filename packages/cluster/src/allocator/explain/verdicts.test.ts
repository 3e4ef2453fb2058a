// What is explained is what happens, whatever happened before.
/* oxlint-disable no-restricted-imports -- the allocator imports nothing of Node, its tests do */
import assert from "node:assert/strict";
import { test } from "node:test";
import { formatResources, unallocateResources } from "@mezzo/wire";
import { array, assert as assertProperty, boolean, constantFrom, property, tuple } from "fast-check";
import {
  type Allocation,
  allocate,
  firstObstacle,
  foresee,
  lacksOf,
  nextWakeAt,
  verdictOf,
} from "../index.ts";
import { copyState } from "../copy-state.ts";
import type { AllocatorOptions } from "../options.ts";
import { type Given, previewCycle } from "../preview-cycle.ts";
import { quotaOf } from "../quota/quota-ledger.ts";
import type { AllocatorState } from "../state.ts";
import { checkInvariants } from "../testing/check-invariants.ts";
import { type ClusterChoices, HOME, PLAIN, WIDE, sharedVolume } from "../testing/random-choices.ts";
import { type Operation, QUOTA_ROLES, RandomRun, operations, wideOperations } from "../testing/random-run.ts";
import { TestCluster, type TestFramework, resources } from "../testing/test-cluster.ts";

/** With this much time between the explanation and the cycle there is none in which anything else could end. */
type Verdicts = Map<string, string | undefined>;

function keyOf({ frameworkId, role, agentId }: Omit<Allocation, "resources">): string {
  return `${frameworkId} ${role} ${agentId}`;
}

/** The reason of every client and agent, by their names. */
function allVerdicts({ cluster }: RandomRun, need: string): Verdicts {
  const { state, nowMs } = cluster;
  const verdicts: Verdicts = new Map();
  const foresight = foresee(state, nowMs);
  const wanted = resources(need);
  for (const { id, clients } of state.frameworks.values()) {
    for (const client of clients.values()) {
      for (const agent of state.agents.values()) {
        const key = keyOf({ frameworkId: id, role: client.role.name, agentId: agent.id });
        const verdict = verdictOf(state, { client, agent }, { nowMs, need: wanted, foresight });
        verdicts.set(key, verdict?.filter);
        assert.notEqual(verdict?.reason, "");
        if (verdict?.filter === "quota-waits") {
          const { lookAgainAtMs, withheld, loosened } = foresight.after.quota ?? {};
          assert.ok(lookAgainAtMs !== undefined || (withheld === true && loosened === true), "nothing waits");
        }
        const isGiven = foresight.given.get(agent.id)?.some((each) => keyOf(each) === key) === true;
        if (isGiven)
          assert.equal(
            firstObstacle(state, { client, agent }, { nowMs })?.filter,
            undefined,
            "a filter lies",
          );
      }
    }
  }
  return verdicts;
}

function checkCycle(run: RandomRun, need: string): void {
  const verdicts = allVerdicts(run, need);
  run.allocate();
  const given = new Set<string>();
  for (const allocation of run.latest) {
    const offered = unallocateResources(allocation.resources);
    if (lacksOf(offered, resources(need)).length === 0) given.add(keyOf(allocation));
  }
  for (const [key, filter] of verdicts) {
    if (filter === undefined) assert.ok(given.has(key), `${key} has no reason and is not offered`);
    else assert.ok(!given.has(key), `${key} is offered in spite of ${filter}`);
  }
  for (const key of given) assert.ok(verdicts.has(key));
}

function live(
  all: readonly Operation[],
  need: string,
  { options = {}, choices = PLAIN }: { options?: AllocatorOptions; choices?: ClusterChoices } = {},
): void {
  const run = new RandomRun(options, choices);
  for (const operation of all) {
    run.apply(operation);
    if (operation[0] === "allocate" || operation[2] % 3 !== 0) checkCycle(run, need);
  }
  // And what is waited for comes when it was promised.
  const wakeAtMs = nextWakeAt(run.cluster.state);
  if (wakeAtMs === undefined) return;
  run.cluster.nowMs = Math.max(run.cluster.nowMs, wakeAtMs);
  checkCycle(run, need);
}

void test("an agent without a reason is offered in the next cycle, one with a reason is not", () => {
  assertProperty(
    property(operations, (all) => live(all, "")),
    { numRuns: 200 },
  );
});

void test("the same holds when the dice decide who comes first", () => {
  const random: AllocatorOptions = { roleSorter: "random", frameworkSorter: "random" };
  assertProperty(
    property(operations, (all) => live(all, "", { options: random })),
    { numRuns: 100 },
  );
});

void test("the same holds for offers that are large enough for a task", () => {
  const needs = constantFrom("cpus:1", "cpus:2;mem:64", "mem:100", "cpus:0.5;ports:[3-4]", "disk:5;mem:10");
  assertProperty(
    property(operations, needs, (all, need) => live(all, need)),
    { numRuns: 100 },
  );
});

void test("the same holds with shared volumes, revocable resources, regions, constraints, a whitelist and waits", () => {
  const orders = constantFrom<AllocatorOptions>({}, { roleSorter: "random", frameworkSorter: "random" });
  const needs = constantFrom("", "", "cpus:1", "cpus:2;mem:64", "disk:5;mem:10");
  assertProperty(
    property(wideOperations, needs, orders, boolean(), (all, need, order, batchReleases) =>
      live(all, need, { options: { ...order, batchReleases, domain: HOME }, choices: WIDE }),
    ),
    { numRuns: 400 },
  );
});

void test("what is foreseen counts a shared volume once that its framework holds already", () => {
  // The agents come in either order.
  for (let seed = 1; seed <= 8; seed++) {
    const cluster = new TestCluster({}, seed);
    const facts: TestFramework = { roles: ["a"], capabilities: ["SHARED_RESOURCES"] };
    cluster.agent("s1", "cpus:10;mem:64;disk:150").framework("most", facts).run();
    cluster
      .agent("s2", [...resources("cpus:2;mem:64"), sharedVolume("a", "v", 100)])
      .framework("less", facts);
    const [held] = cluster.run();
    assert.equal(held?.frameworkId, "less");
    cluster.recover({ ...held, resources: held.resources.filter(({ name }) => name !== "disk") });
    cluster.agent("s3", "cpus:2;mem:64");
    const { given } = foresee(cluster.state, cluster.nowMs);
    const foreseen = [...given.values()].flat().map(keyOf).sort();
    assert.deepEqual(foreseen, ["less a s2", "less a s3"]);
    assert.deepEqual(foreseen, cluster.run().map(keyOf));
  }
});

void test("a task that needs certain ports is told that it will be offered them", () => {
  const cluster = new TestCluster().framework("f", { roles: ["r"] }).agent("s", "cpus:1;mem:64;ports:[1-9]");
  const { state, nowMs } = cluster;
  const client = state.frameworks.get("f")?.clients.get("r");
  const agent = state.agents.get("s");
  assert.ok(client !== undefined && agent !== undefined);
  const ask = (need: string): string | undefined => {
    const question = { nowMs, need: resources(need), foresight: foresee(state, nowMs) };
    return verdictOf(state, { client, agent }, question)?.filter;
  };
  assert.equal(ask("cpus:1;ports:[2-3]"), undefined);
  assert.equal(ask("cpus:1;ports:[9-10]"), "task-too-large");
});

/** The cluster after such a life, in which two of three operations are followed by a cycle. */
function lived(run: RandomRun, all: readonly Operation[]): TestCluster {
  for (const operation of all) {
    run.apply(operation);
    if (operation[2] % 3 !== 0) run.allocate();
  }
  return run.cluster;
}

/** What `allocate` goes by next: the books of quota, by the names of the roles. */
function booksOf({ quota: ledger }: AllocatorState): object | undefined {
  if (ledger === undefined) return undefined;
  const { roles, unsatisfied, required, free, withheld, loosened, lookAgainAtMs } = ledger;
  const books = [...roles].map(([name, role]) => [name, quotaOf(ledger, role)]);
  const owed = [...unsatisfied].map(({ name }) => name);
  return { books, owed, required, free, withheld, loosened, lookAgainAtMs };
}

/** Checks that what is foreseen is what happens, and that looking changed nothing; whether there was anything to foresee. */
function checkPreview({ state, nowMs: lastMs }: TestCluster, laterMs: number): boolean {
  const nowMs = lastMs + laterMs;
  const untouched = copyState(state);
  const previewed = previewCycle(state, nowMs);
  const given = allocate(state, nowMs);
  assert.deepEqual(allocate(untouched, nowMs), given);
  if (previewed === undefined) return false;
  const line = ({ resources: some, ...who }: Given): string =>
    `${keyOf(who)} ${formatResources(unallocateResources(some))}`;
  assert.deepEqual(previewed.given.map(line), given.map(line));
  assert.deepEqual(booksOf(previewed.after), booksOf(state));
  return given.length > 0;
}

void test("previewCycle() gives what allocate() gives, in its order, and touches nothing", () => {
  for (const sorter of ["drf", "random"] as const) {
    assertProperty(
      property(operations, constantFrom(0, 300, 1000), (all, laterMs) => {
        checkPreview(lived(new RandomRun({ roleSorter: sorter, frameworkSorter: sorter }), all), laterMs);
      }),
      { numRuns: 200 },
    );
  }
});

/** Guarantees and limits that a few agents and frameworks use up. */
const QUOTAS = constantFrom(
  ["", ""],
  ["cpus:1", "cpus:3;mem:96"],
  ["", "cpus:2"],
  ["", "mem:40;cpus:4"],
  ["mem:64", "mem:128"],
  ["cpus:0.5;mem:32", "cpus:0.5;mem:32"],
  ["cpus:20;gpus:1", ""],
);

void test("the same holds where roles, also such with sub-roles, have guarantees and limits", () => {
  for (const sorter of ["drf", "random"] as const) {
    let foreseen = 0;
    const options = { roleSorter: sorter, frameworkSorter: sorter, batchReleases: sorter === "random" };
    const quotas = tuple(QUOTAS, QUOTAS, QUOTAS);
    assertProperty(
      property(quotas, operations, quotas, constantFrom(0, 300, 1000), (before, all, after, laterMs) => {
        const run = new RandomRun(options);
        const set = (each: typeof before): void =>
          QUOTA_ROLES.forEach((role, index) =>
            run.cluster.quota(role, each[index]?.[0] ?? "", each[index]?.[1]),
          );
        set(before);
        const cluster = lived(run, all);
        if (laterMs !== 0) set(after);
        const { quota } = cluster.state;
        if (checkPreview(cluster, laterMs) && quota !== undefined) foreseen++;
        checkPreview(cluster, 1000);
      }),
      { numRuns: 300 },
    );
    assert.ok(foreseen > 30, `only ${foreseen} cycles under quota gave something`);
  }
});

void test("copyState() gives a state that lives on as the original does, and leaves it alone", () => {
  assertProperty(
    property(operations, array(constantFrom(0, 300, 1000), { maxLength: 5 }), (all, steps) => {
      const cluster = lived(new RandomRun(), all);
      const copy = copyState(cluster.state);
      const untouched = copyState(cluster.state);
      let { nowMs } = cluster;
      for (const step of steps) {
        nowMs += step;
        const copied = allocate(copy, nowMs);
        checkInvariants(copy);
        assert.deepEqual(copied, allocate(untouched, nowMs));
      }
      nowMs = cluster.nowMs;
      const again = copyState(cluster.state);
      for (const step of steps) {
        nowMs += step;
        assert.deepEqual(allocate(cluster.state, nowMs), allocate(again, nowMs));
      }
    }),
    { numRuns: 100 },
  );
});

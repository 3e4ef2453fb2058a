// Who is asked to give back what is on a machine that is planned to go down, how often, and what an answer changes.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Filters, InverseOfferStatusStatus } from "@mezzo/wire";
import { activateAgent } from "../activate-agent.ts";
import { activateFramework } from "../activate-framework.ts";
import { addFramework } from "../add-framework.ts";
import { deactivateAgent } from "../deactivate-agent.ts";
import { deactivateFramework } from "../deactivate-framework.ts";
import { nextWakeAt } from "../next-wake-at.ts";
import { removeAgent } from "../remove-agent.ts";
import { removeFramework } from "../remove-framework.ts";
import { reviveOffers } from "../revive-offers.ts";
import type { AllocatorState } from "../state.ts";
import { TestCluster, allocated, frameworkFacts } from "../testing/test-cluster.ts";
import { allocateInverseOffers } from "./allocate-inverse-offers.ts";
import { inverseOfferStatuses } from "./inverse-offer-statuses.ts";
import { updateInverseOffer } from "./update-inverse-offer.ts";
import { updateUnavailability } from "./update-unavailability.ts";

const SOON = { start: { nanoseconds: 3600e9 } };
const LATER = { start: { nanoseconds: 7200e9 } };

/** A cluster with a clock at a tick, agents `a1` and `a2`, and a framework `f` that holds all of `a1`. */
class MaintenanceCluster {
  readonly cluster = new TestCluster({ allocationIntervalMs: 1000 });

  constructor() {
    this.cluster
      .agent("a1", "cpus:1;mem:64", { used: [["f", allocated("cpus:1;mem:64", "*")]] })
      .agent("a2", "cpus:1;mem:64")
      .framework("f")
      .run();
  }

  get state(): AllocatorState {
    return this.cluster.state;
  }

  get nowMs(): number {
    return this.cluster.nowMs;
  }

  /** Who is asked about which agent now. */
  asked(): string[] {
    return allocateInverseOffers(this.state, this.nowMs).map(
      ({ frameworkId, agentId, unavailability }) =>
        `${frameworkId} about ${agentId} at ${unavailability.start.nanoseconds / 1e9} s`,
    );
  }

  answer(status: InverseOfferStatusStatus | undefined, filters?: Filters): void {
    updateInverseOffer(this.state, {
      frameworkId: "f",
      agentId: "a1",
      nowMs: this.nowMs,
      ...(status === undefined
        ? {}
        : { status: { status, framework_id: { value: "f" }, timestamp: { nanoseconds: this.nowMs * 1e6 } } }),
      ...(filters === undefined ? {} : { filters }),
    });
  }

  wait(ms: number): this {
    this.cluster.nowMs += ms;
    return this;
  }
}

const ASKED = ["f about a1 at 3600 s"];

void test("allocateInverseOffers() asks holders once for each plan", () => {
  const cluster = new MaintenanceCluster();
  assert.deepEqual(cluster.asked(), []);
  updateUnavailability(cluster.state, "a1", SOON);
  assert.equal(nextWakeAt(cluster.state), 0);
  assert.deepEqual(cluster.asked(), ASKED);
  cluster.cluster.run();
  assert.deepEqual(cluster.wait(60_000).asked(), []);
  updateUnavailability(cluster.state, "a1", LATER);
  assert.deepEqual(cluster.asked(), ["f about a1 at 7200 s"]);
  updateUnavailability(cluster.state, "a1", undefined);
  assert.deepEqual(cluster.wait(60_000).asked(), []);
});

void test("allocateInverseOffers() asks a framework that is offered something of such an agent", () => {
  const cluster = new MaintenanceCluster();
  const [allocation] = cluster.cluster.agent("a3", "cpus:1;mem:64").run();
  assert.ok(allocation !== undefined);
  cluster.cluster.recover(allocation, 0);
  updateUnavailability(cluster.state, "a3", SOON);
  assert.deepEqual(cluster.asked(), []);
  cluster.wait(1000).cluster.run();
  assert.deepEqual(cluster.asked(), ["f about a3 at 3600 s"]);
});

void test("addAgent() takes the plan with it", () => {
  const cluster = new TestCluster();
  cluster.agent("a", "cpus:1;mem:64", { unavailability: SOON }).framework("f");
  assert.equal(cluster.run().length, 1);
  assert.deepEqual(
    allocateInverseOffers(cluster.state, cluster.nowMs).map(({ agentId }) => agentId),
    ["a"],
  );
});

/** What `refuse_seconds` means for the next inverse offer, from an answer 100 ms after a tick. */
const REFUSALS: readonly [filters: Filters, nextMs: number][] = [
  [{ refuse_seconds: 0 }, 900],
  [{ refuse_seconds: 0.2 }, 900],
  [{ refuse_seconds: 1 }, 1900],
  [{ refuse_seconds: 10 }, 10_900],
  [{}, 5900],
  [{ refuse_seconds: -1 }, 5900],
];

for (const [filters, nextMs] of REFUSALS) {
  void test(`updateInverseOffer() with ${JSON.stringify(filters)} asks again after ${nextMs} ms`, () => {
    const cluster = new MaintenanceCluster();
    updateUnavailability(cluster.state, "a1", SOON);
    assert.deepEqual(cluster.asked(), ASKED);
    cluster.cluster.run();
    cluster.wait(100).answer("DECLINE", filters);
    assert.equal(nextWakeAt(cluster.state), cluster.nowMs + nextMs);
    assert.deepEqual(cluster.wait(nextMs - 1).asked(), []);
    assert.deepEqual(cluster.wait(1).asked(), ASKED);
    assert.equal(cluster.state.maintenance.refused.size, 0);
  });
}

void test("updateInverseOffer() keeps the latest answer until the plan changes", () => {
  const cluster = new MaintenanceCluster();
  const answers = (): (string | undefined)[] =>
    inverseOfferStatuses(cluster.state, "a1").map(({ status }) => status);
  updateUnavailability(cluster.state, "a1", SOON);
  cluster.asked();
  cluster.answer("DECLINE", { refuse_seconds: 0 });
  assert.deepEqual(answers(), ["DECLINE"]);
  cluster.wait(1000).asked();
  cluster.answer(undefined);
  assert.deepEqual(answers(), ["DECLINE"]);
  cluster.wait(1000).asked();
  cluster.answer("ACCEPT", {});
  assert.deepEqual(answers(), ["ACCEPT"]);
  cluster.answer("DECLINE", {});
  assert.deepEqual(answers(), ["ACCEPT"], "nothing was outstanding");
  updateUnavailability(cluster.state, "a1", LATER);
  assert.deepEqual(answers(), []);
  assert.equal(cluster.asked().length, 1, "refusals go with the plan");
});

void test("allocateInverseOffers() leaves inactive frameworks and agents alone", () => {
  const cluster = new MaintenanceCluster();
  deactivateFramework(cluster.state, "f");
  updateUnavailability(cluster.state, "a1", SOON);
  assert.deepEqual(cluster.asked(), []);
  activateFramework(cluster.state, "f");
  assert.deepEqual(cluster.asked(), ASKED);
  deactivateAgent(cluster.state, "a1");
  cluster.answer(undefined);
  assert.deepEqual(cluster.wait(1000).asked(), []);
  activateAgent(cluster.state, "a1");
  assert.deepEqual(cluster.asked(), ASKED);
});

void test("allocateInverseOffers() asks a framework that appears after its resources", () => {
  const cluster = new TestCluster();
  cluster.agent("a", "cpus:1", { used: [["late", allocated("cpus:1", "*")]], unavailability: SOON });
  assert.deepEqual(allocateInverseOffers(cluster.state, cluster.nowMs), []);
  addFramework(cluster.state, frameworkFacts("late"));
  assert.equal(allocateInverseOffers(cluster.state, cluster.nowMs).length, 1);
});

void test("REVIVE, deactivation and removal end refusals", () => {
  const cluster = new MaintenanceCluster();
  updateUnavailability(cluster.state, "a1", SOON);
  cluster.asked();
  cluster.answer("DECLINE", { refuse_seconds: 3600 });
  reviveOffers(cluster.state, "f");
  assert.deepEqual(cluster.asked(), ASKED);
  cluster.answer("DECLINE", { refuse_seconds: 3600 });
  deactivateFramework(cluster.state, "f");
  activateFramework(cluster.state, "f");
  assert.deepEqual(cluster.asked(), ASKED);
  cluster.answer("DECLINE", { refuse_seconds: 3600 });
  removeFramework(cluster.state, "f");
  assert.equal(cluster.state.maintenance.refused.size, 0);
  removeAgent(cluster.state, "a1");
  assert.equal(cluster.state.maintenance.agents.size, 0);
  assert.deepEqual(cluster.wait(3_700_000).asked(), []);
  assert.equal(cluster.state.maintenance.wakes.size, 0);
});

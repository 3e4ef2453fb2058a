// Messages of drivers under `--rate_limits`: paced in order, dropped beyond what may wait, counted.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { FrameworkInfo, RateLimits } from "@mezzo/wire";
import { ManualClock } from "../../net/testing/manual-clock.ts";
import { Stage } from "../testing/stage.ts";
import { FrameworkTraffic } from "./framework-traffic.ts";

class Drivers {
  readonly clock: ManualClock = new ManualClock();
  readonly stage: Stage = new Stage();
  readonly traffic: FrameworkTraffic;
  readonly delivered: string[] = [];
  readonly dropped: string[] = [];

  constructor(limits: RateLimits) {
    this.traffic = new FrameworkTraffic(limits, { clock: this.clock, state: () => this.stage.state });
  }

  subscribe(pid: string, principal?: string): void {
    const framework_info: FrameworkInfo = {
      user: "u",
      name: pid,
      ...(principal !== undefined && { principal }),
    };
    this.stage.take({
      type: "driver-call",
      from: pid,
      call: { type: "SUBSCRIBE", subscribe: { framework_info } },
    });
  }

  send(pid: string, ...texts: string[]): void {
    for (const text of texts) {
      const dropped = this.traffic.take(pid, "Call", () => this.delivered.push(text));
      if (dropped !== undefined) this.dropped.push(`${text}: ${dropped}`);
    }
  }

  /** What was delivered since the last time. */
  take(): string {
    return this.delivered.splice(0).join();
  }

  metrics(): Record<string, number> {
    return Object.fromEntries(this.traffic.metrics());
  }
}

test("without limits every message is delivered at once, and counted", () => {
  const drivers = new Drivers({});
  drivers.subscribe("a@1:1", "p");
  drivers.send("a@1:1", "1", "2");
  assert.equal(drivers.take(), "1,2");
  assert.deepEqual(drivers.metrics(), {
    "frameworks/p/messages_received": 2,
    "frameworks/p/messages_processed": 2,
  });
});

test("a principal's messages are paced, in order, and a broken link comes after them", () => {
  const drivers = new Drivers({ limits: [{ principal: "p", qps: 2 }] });
  drivers.subscribe("a@1:1", "p");
  drivers.send("a@1:1", "1", "2", "3");
  drivers.traffic.exited("a@1:1", () => drivers.delivered.push("exited"));
  assert.equal(drivers.take(), "1");
  assert.deepEqual(drivers.metrics(), {
    "frameworks/p/messages_received": 3,
    "frameworks/p/messages_processed": 1,
  });
  drivers.clock.advance(500);
  assert.equal(drivers.take(), "2");
  drivers.clock.advance(1000);
  assert.equal(drivers.take(), "3,exited");
});

test("frameworks of one principal share its limit, those of others do not wait", () => {
  const drivers = new Drivers({
    limits: [{ principal: "p", qps: 1 }, { principal: "free" }],
    aggregate_default_qps: 1,
  });
  for (const [pid, principal] of [
    ["a@1:1", "p"],
    ["b@1:1", "p"],
    ["c@1:1", "free"],
    ["d@1:1", "q"],
    ["e@1:1", undefined],
  ] as const)
    drivers.subscribe(pid, principal);
  drivers.send("a@1:1", "a");
  drivers.send("b@1:1", "b");
  drivers.send("c@1:1", "c1", "c2");
  drivers.send("d@1:1", "d");
  drivers.send("e@1:1", "e");
  drivers.send("slave(1)@1:1", "agent1", "agent2");
  assert.equal(drivers.take(), "a,c1,c2,d,agent1,agent2");
  drivers.clock.advance(1000);
  assert.equal(drivers.take(), "b,e");
});

test("a scheduler that fails over is limited as before", () => {
  const drivers = new Drivers({ limits: [{ principal: "p", qps: 1 }] });
  drivers.subscribe("a@1:1", "p");
  drivers.send("a@1:1", "1");
  drivers.stage.take({ type: "exited", pid: "a@1:1" });
  drivers.subscribe("b@1:1", "p");
  drivers.send("b@1:1", "2");
  assert.equal(drivers.take(), "1");
  drivers.clock.advance(1000);
  assert.equal(drivers.take(), "2");
});

test("more messages than may wait are dropped and the scheduler is told", () => {
  const drivers = new Drivers({ limits: [{ principal: "p", qps: 1, capacity: 2 }] });
  drivers.subscribe("a@1:1", "p");
  drivers.send("a@1:1", "1", "2", "3", "4");
  assert.equal(drivers.take(), "1");
  assert.deepEqual(drivers.dropped, ["4: Message Call dropped: capacity(2) exceeded"]);
  drivers.clock.advance(1000);
  drivers.send("a@1:1", "5");
  drivers.clock.advance(5000);
  assert.equal(drivers.take(), "2,3,5");
});

test("nothing is counted for principals whose frameworks are gone", () => {
  const drivers = new Drivers({});
  drivers.subscribe("a@1:1", "p");
  drivers.send("a@1:1", "1");
  const [id = ""] = drivers.stage.state.frameworks.registered.keys();
  drivers.stage.take({ type: "teardown", request: 1, frameworkId: id });
  assert.deepEqual(drivers.metrics(), {});
});

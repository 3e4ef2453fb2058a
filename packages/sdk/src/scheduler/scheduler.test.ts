// The scheduler client: subscribing, acknowledging, and coming back whatever the master does.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { SchedulerEvent, TaskState } from "@mezzo/wire";
import { FakeServer, ManualClock, settle } from "../testing.ts";
import { Scheduler } from "./scheduler.ts";
import { SchedulerError } from "./scheduler-error.ts";
import type { SchedulerOptions } from "./scheduler-options.ts";

const subscribed: SchedulerEvent = {
  type: "SUBSCRIBED",
  subscribed: { framework_id: { value: "F" }, heartbeat_interval_seconds: 15 },
};

function update(task: string, state: TaskState, uuid?: string): SchedulerEvent {
  const status = { task_id: { value: task }, state, agent_id: { value: "S0" } };
  return { type: "UPDATE", update: { status: uuid === undefined ? status : { ...status, uuid } } };
}

function setUp(options: Partial<SchedulerOptions> = {}) {
  const server = new FakeServer();
  const clock = new ManualClock();
  const scheduler = new Scheduler(
    { master: "m1:5050", framework: { user: "u", name: "n" }, ...options },
    { transport: server, clock, random: () => 1 },
  );
  return { server, clock, scheduler };
}

async function subscribe(options: Partial<SchedulerOptions> = {}) {
  const parts = setUp(options);
  const running = parts.scheduler.run();
  await settle();
  await parts.server.stream.send("SchedulerEvent", subscribed, { type: "HEARTBEAT" });
  return { ...parts, running };
}

void describe("Scheduler", () => {
  void it("subscribes and sends calls with its framework id and stream id", async () => {
    const { server, scheduler, running } = await subscribe();
    assert.equal(server.subscribes[0]?.call.framework_id, undefined);
    assert.equal(server.subscribes[0]?.call.subscribe?.framework_info?.name, "n");
    assert.deepEqual(await scheduler.decline([{ value: "O1" }], { refuse_seconds: 1 }), {
      ok: true,
      value: undefined,
    });
    assert.deepEqual(server.calls[0], {
      origin: "http://m1:5050",
      streamId: "stream-1",
      call: {
        framework_id: { value: "F" },
        type: "DECLINE",
        decline: { offer_ids: [{ value: "O1" }], filters: { refuse_seconds: 1 } },
      },
    });
    scheduler.stop();
    await running;
    assert.equal(server.isClosed, true);
  });

  void it("refuses calls before it is subscribed", async () => {
    const { scheduler } = setUp();
    assert.deepEqual(await scheduler.revive(), {
      ok: false,
      error: "Cannot send REVIVE: the scheduler is not subscribed",
    });
  });

  void it("says why the master refuses a call", async () => {
    const { server, scheduler } = await subscribe();
    server.answer = { status: 400, text: "Failed to validate" };
    assert.deepEqual(await scheduler.suppress(), { ok: false, error: "400: Failed to validate" });
    scheduler.stop();
  });

  void it("acknowledges updates after their handlers, and only those with a uuid", async () => {
    const { server, scheduler } = await subscribe();
    let release = (): void => undefined;
    scheduler.on("UPDATE", () => new Promise<void>((resolve) => (release = resolve)));
    await server.stream.send("SchedulerEvent", update("t", "TASK_RUNNING", "AAAA"));
    assert.deepEqual(server.callTypes, []);
    release();
    await settle();
    assert.deepEqual(server.calls[0]?.call.acknowledge, {
      agent_id: { value: "S0" },
      task_id: { value: "t" },
      uuid: "AAAA",
    });
    await server.stream.send("SchedulerEvent", update("t", "TASK_LOST"));
    release();
    await settle();
    assert.equal(server.calls.length, 1);
    scheduler.stop();
  });

  void it("leaves acknowledgements to the framework when told so", async () => {
    const { server, scheduler } = await subscribe({ acknowledge: false });
    await server.stream.send("SchedulerEvent", update("t", "TASK_RUNNING", "AAAA"));
    assert.deepEqual(server.callTypes, []);
    scheduler.stop();
  });

  void it("comes back as the same framework and reconciles the tasks it knows", async () => {
    const { server, clock, scheduler } = await subscribe();
    const reasons: string[] = [];
    scheduler.on("disconnected", ({ reason }) => void reasons.push(reason));
    await scheduler.launch(
      [{ value: "O1" }],
      [{ name: "a", task_id: { value: "a" }, agent_id: { value: "S0" } }],
    );
    await server.stream.send("SchedulerEvent", update("b", "TASK_RUNNING"), update("c", "TASK_FINISHED"));
    await server.stream.end();
    assert.deepEqual(reasons, ["the stream ended"]);
    assert.equal(scheduler.isSubscribed, false);
    assert.equal(clock.nextInMs, 1000);
    await clock.advance(1000);
    assert.deepEqual(server.subscribes[1]?.call.framework_id, { value: "F" });
    assert.deepEqual(server.subscribes[1]?.call.subscribe?.framework_info?.id, { value: "F" });
    await server.stream.send("SchedulerEvent", subscribed);
    assert.deepEqual(server.callTypes, ["ACCEPT", "RECONCILE"]);
    assert.deepEqual(server.calls[1]?.call.reconcile?.tasks, [
      { task_id: { value: "a" }, agent_id: { value: "S0" } },
      { task_id: { value: "b" }, agent_id: { value: "S0" } },
    ]);
    assert.equal(server.calls[1]?.streamId, "stream-2");
    scheduler.stop();
  });

  void it("backs off: doubling, with a maximum, beginning anew after a success", async () => {
    const { server, clock, scheduler } = setUp({ backoff: { initialMs: 100, maxMs: 300 } });
    server.queue.push("down", { status: 503 }, "down", "down");
    void scheduler.run();
    await settle();
    const delays: (number | undefined)[] = [];
    for (let attempt = 0; attempt < 4; attempt += 1) {
      delays.push(clock.nextInMs);
      await clock.advance(clock.nextInMs ?? 0);
    }
    assert.deepEqual(delays, [100, 200, 300, 300]);
    await server.stream.send("SchedulerEvent", subscribed);
    await server.stream.end();
    assert.equal(clock.nextInMs, 100);
    scheduler.stop();
  });

  void it("follows redirects to the leader at once, and sends calls there", async () => {
    const { server, scheduler } = setUp();
    server.queue.push({ status: 307, location: "//m2:5050/api/v1/scheduler" });
    void scheduler.run();
    await settle();
    assert.deepEqual(
      server.subscribes.map(({ origin }) => origin),
      ["http://m1:5050", "http://m2:5050"],
    );
    await server.stream.send("SchedulerEvent", subscribed);
    await scheduler.revive();
    assert.equal(server.calls[0]?.origin, "http://m2:5050");
    scheduler.stop();
  });

  void it("gives up redirects that go in circles, and tries the masters in turn", async () => {
    const { server, clock, scheduler } = setUp({ master: ["m1:1", "m2:2"] });
    for (let hop = 0; hop < 6; hop += 1) server.queue.push({ status: 307, location: "//m1:1" });
    server.queue.push("down");
    void scheduler.run();
    await settle();
    assert.equal(server.subscribes.length, 6);
    await clock.advance(1000);
    await clock.advance(2000);
    assert.deepEqual(
      server.subscribes.slice(6).map(({ origin }) => origin),
      ["http://m1:1", "http://m2:2"],
    );
    scheduler.stop();
  });

  void it("gives up a stream without heartbeats", async () => {
    const { server, clock, scheduler } = await subscribe();
    const reasons: string[] = [];
    scheduler.on("disconnected", ({ reason }) => void reasons.push(reason));
    await clock.advance(74_000);
    await server.stream.send("SchedulerEvent", { type: "HEARTBEAT" });
    await clock.advance(74_000);
    assert.deepEqual(reasons, []);
    await clock.advance(1000);
    assert.deepEqual(reasons, ["no heartbeat came"]);
    assert.equal(server.streams[0]?.isClosed, true);
    scheduler.stop();
  });

  void it("does not count the time a handler takes as silence", async () => {
    const { server, clock, scheduler } = await subscribe();
    let release = (): void => undefined;
    scheduler.on("OFFERS", () => new Promise<void>((resolve) => (release = resolve)));
    await server.stream.send("SchedulerEvent", { type: "OFFERS", offers: {} });
    await clock.advance(500_000);
    assert.equal(scheduler.isSubscribed, true);
    release();
    await settle();
    await clock.advance(75_000);
    assert.equal(scheduler.isSubscribed, false);
    scheduler.stop();
  });

  void it("gives up an answer that does not come", async () => {
    const { server, clock, scheduler } = setUp();
    server.queue.push("silent");
    void scheduler.run();
    await settle();
    await clock.advance(10_000);
    await clock.advance(1000);
    assert.equal(server.subscribes.length, 2);
    scheduler.stop();
  });

  void it("ends when the master refuses the framework", async () => {
    const { server, scheduler } = setUp();
    server.queue.push({ status: 400, text: "Failed to validate FrameworkInfo" });
    await assert.rejects(
      scheduler.run(),
      new SchedulerError("REFUSED", "400: Failed to validate FrameworkInfo"),
    );
  });

  void it("ends with an ERROR event, after its handlers", async () => {
    const { server, scheduler, running } = await subscribe();
    const messages: string[] = [];
    scheduler.on("ERROR", ({ message }) => void messages.push(message));
    const ended = assert.rejects(running, new SchedulerError("ERROR_EVENT", "Framework has been removed"));
    await server.stream.send("SchedulerEvent", {
      type: "ERROR",
      error: { message: "Framework has been removed" },
    });
    await ended;
    assert.deepEqual(messages, ["Framework has been removed"]);
    assert.equal(server.subscribes.length, 1);
  });

  void it("ends with what a handler throws, unacknowledged", async () => {
    const { server, scheduler, running } = await subscribe();
    scheduler.on("UPDATE", () => {
      throw new Error("framework bug");
    });
    const ended = assert.rejects(running, /framework bug/);
    await server.stream.send("SchedulerEvent", update("t", "TASK_RUNNING", "AAAA"));
    await ended;
    assert.deepEqual(server.callTypes, []);
  });

  void it("gives events to an async iteration one by one", async () => {
    const { server, scheduler } = setUp();
    const types: (string | undefined)[] = [];
    const reading = (async () => {
      for await (const event of scheduler) {
        types.push(event.type);
        if (event.type === "UPDATE") scheduler.stop();
      }
    })();
    await settle();
    await server.stream.send(
      "SchedulerEvent",
      subscribed,
      { type: "HEARTBEAT" },
      update("t", "TASK_RUNNING"),
    );
    await reading;
    assert.deepEqual(types, ["SUBSCRIBED", "HEARTBEAT", "UPDATE"]);
  });

  void it("comes back after a stream that cannot be read", async () => {
    const { server, clock, scheduler } = await subscribe();
    const reasons: string[] = [];
    scheduler.on("disconnected", ({ reason }) => void reasons.push(reason));
    await server.stream.send("SchedulerEvent", { type: "NOT_A_TYPE" } as never).catch(() => undefined);
    await server.stream.end();
    await clock.advance(1000);
    assert.equal(reasons.length, 1);
    assert.equal(server.subscribes.length, 2);
    scheduler.stop();
  });

  void it("refuses masters that are no address", () => {
    for (const master of ["nowhere", "zk://h:x/mesos", "https://h:1", ""]) {
      assert.throws(() => setUp({ master }), SchedulerError);
    }
    setUp({ master: ["http://h:1", "master@h:2", "[::1]:3"] });
  });
});

// Peers that stop reading what they asked for: they are dropped, memory stays bounded, and nobody else notices.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, describe, it } from "node:test";
import { getJson, startAgent, startMaster, type Server } from "../support/cluster.ts";
import { Framework, scalars } from "../support/framework.ts";
import { watchHealth } from "../support/health-watch.ts";
import { SimulatedAgent } from "../support/libprocess-peer.ts";
import { OperatorStream } from "../support/operator-stream.ts";
import { RawConnection, requestBytes } from "../support/raw-connection.ts";
import { Story } from "../support/story.ts";
import { until } from "../support/until.ts";

/** In bytes before base64: a message as large as frameworks send them. */
const MESSAGE_BYTES = 512 * 1024;
const MESSAGES = 250;

/** Well above what a master needs at rest, well below what it would hold of messages that nobody reads. */
const MAX_MEGABYTES = 700;

interface ListedFramework {
  id: string;
  connected: boolean;
}

void describe("peers that stop reading", () => {
  const story = new Story({ after });
  let master: Server;
  let agent: Server & { id: string };
  let simulated: SimulatedAgent;
  let good: Framework;
  let watch: ReturnType<typeof watchHealth>;

  before(async () => {
    const pings = ["--agent_ping_timeout=1secs", "--max_agent_ping_timeouts=3"];
    master = await startMaster(story, { flags: pings });
    agent = await startAgent(story, master);
    simulated = await SimulatedAgent.register(master.address);
    story.closes(() => simulated.peer.close());
    good = new Framework({ master: master.address, info: { name: "good" } });
    await good.subscribe();
    story.closes(() => good.disconnect());
    watch = watchHealth(master);
    story.closes(async () => void (await watch.end()));
  });

  let tasks = 0;
  async function assertOthersWork(): Promise<void> {
    const id = `task-${++tasks}`;
    await good.must({ type: "REVIVE" });
    await good.launch([good.command(id, "true")], agent.id);
    await good.sees(id, "TASK_FINISHED");
    await good.rest();
  }

  void it("a scheduler that stops reading is dropped", async () => {
    const slow = await RawConnection.open(master.port);
    const info = { user: "root", name: "slow", failover_timeout: 600 };
    const subscribe = { framework_info: info, suppressed_roles: ["*"] };
    const body = JSON.stringify({ type: "SUBSCRIBE", subscribe });
    const headers = { "Content-Type": "application/json" };
    slow.send(requestBytes({ method: "POST", path: "/api/v1/scheduler", headers, body }));
    const id = await until(
      "it is subscribed",
      () => /"framework_id":\{"value":"([^"]+)"/.exec(slow.received)?.[1],
    );
    slow.socket.pause();

    const data = Buffer.alloc(MESSAGE_BYTES, 7).toString("base64");
    for (let sent = 0; sent < MESSAGES; sent++) {
      simulated.peer.send(`master@${master.address}`, "ExecutorToFrameworkMessage", {
        agent_id: { value: simulated.id },
        framework_id: { value: id },
        executor_id: { value: "chatty" },
        data,
      });
      await until("the message is sent", () => simulated.peer.isFlushed);
      if (sent % 50 === 0) await assertOthersWork();
    }
    await until("the master has given it up", async () => {
      const { frameworks } = await getJson<{ frameworks: ListedFramework[] }>(master.address, "/frameworks");
      return frameworks.find((each) => each.id === id)?.connected === false;
    });
    slow.close();
    await assertOthersWork();
  });

  void it("an operator who stops reading is dropped, another one goes on", async () => {
    const others = new OperatorStream();
    await others.open(master);
    story.closes(() => others.close());
    const listening = async (): Promise<number | undefined> => {
      const metrics = await getJson<Record<string, number>>(master.address, "/metrics/snapshot");
      return metrics["master/operator_event_stream_subscribers"];
    };
    const slow = await RawConnection.open(master.port);
    const body = JSON.stringify({ type: "SUBSCRIBE" });
    const headers = { "Content-Type": "application/json" };
    slow.send(requestBytes({ method: "POST", path: "/api/v1", headers, body }));
    await until("it is subscribed", () => slow.received.includes('"SUBSCRIBED"'));
    slow.socket.pause();
    assert.equal(await listening(), 2);

    await good.rest();
    // Away, so that operators alone hear of the task.
    const away = new Framework({ master: master.address, info: { name: "away", failover_timeout: 600 } });
    await away.subscribe();
    const task = {
      name: "checked",
      task_id: { value: "checked" },
      resources: scalars({ cpus: 0.01, mem: 1 }),
    };
    await away.launch([{ ...task, command: { value: "true" } }], simulated.id);
    await simulated.peer.sees("RunTaskMessage");
    simulated.peer.received.length = 0;
    away.disconnect();
    const data = Buffer.alloc(MESSAGE_BYTES, 7).toString("base64");
    for (let sent = 0; sent < MESSAGES && (await listening()) === 2; sent++) {
      simulated.peer.send(`master@${master.address}`, "StatusUpdateMessage", {
        update: {
          framework_id: { value: away.id },
          agent_id: { value: simulated.id },
          status: {
            task_id: { value: "checked" },
            agent_id: { value: simulated.id },
            state: "TASK_RUNNING",
            reason: "REASON_TASK_CHECK_STATUS_UPDATED",
            data,
          },
          timestamp: 0,
          uuid: Buffer.from(randomUUID().replaceAll("-", ""), "hex").toString("base64"),
        },
      });
      await until("the update is sent", () => simulated.peer.isFlushed);
      if (sent % 50 === 0) await assertOthersWork();
    }
    assert.equal(await listening(), 1);
    slow.close();
    const before = others.events.length;
    await assertOthersWork();
    const added = `task-${tasks}`;
    await until("the other one hears of a new task", () =>
      others.events.slice(before).some((event) => event.task_added?.task.task_id.value === added),
    );
    await others.close();
  });

  void it("an agent that stops reading becomes unreachable", async () => {
    const unlucky = new Framework({ master: master.address, info: { name: "unlucky", roles: ["unlucky"] } });
    await unlucky.subscribe();
    story.closes(() => unlucky.disconnect());
    const data = Buffer.alloc(MESSAGE_BYTES, 7).toString("base64");
    const task = (id: string) => ({
      name: id,
      task_id: { value: id },
      resources: scalars({ cpus: 0.01, mem: 1 }),
      command: { value: "true" },
    });
    await unlucky.launch([task("first")], simulated.id);
    await simulated.peer.sees("RunTaskMessage");
    simulated.peer.stopReading();

    const many = Array.from({ length: 60 }, (_, index) => ({ ...task(`unread-${index}`), data }));
    await unlucky.launch(many, simulated.id);
    await unlucky.sees("first", "TASK_UNREACHABLE");
    await unlucky.sees("unread-59", "TASK_UNREACHABLE");
    await unlucky.rest();
    await assertOthersWork();
    const metrics = await getJson<Record<string, number>>(master.address, "/metrics/snapshot");
    assert.equal(metrics["master/slaves_active"], 1);
    assert.equal(metrics["master/slave_unreachable_completed"], 1);
  });

  void it("the master answered all the while, in bounded memory", async () => {
    const health = await watch.end();
    assert.equal(health.failures, 0);
    assert.ok(health.slowestMs < 2000, `the slowest answer took ${health.slowestMs} ms`);
    assert.ok(health.peakMegabytes < MAX_MEGABYTES, `it used ${health.peakMegabytes} MB`);
  });
});

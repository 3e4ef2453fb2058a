// libprocess messages from peers that nobody knows, and bodies that mean nothing: dropped, and nobody else notices.
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { after, before, describe, it } from "node:test";
import { encodeProtobuf, fullNameOf, type MessageName } from "@mezzo/wire";
import { getJson, listAgents, startAgent, startMaster, type Server } from "../support/cluster.ts";
import { Framework } from "../support/framework.ts";
import { LibprocessPeer, messageBytes } from "../support/libprocess-peer.ts";
import { RawConnection } from "../support/raw-connection.ts";
import { Story } from "../support/story.ts";
import { until } from "../support/until.ts";

const TO_MASTER: readonly MessageName[] = [
  "RegisterSlaveMessage",
  "ReregisterSlaveMessage",
  "UnregisterSlaveMessage",
  "UpdateSlaveMessage",
  "StatusUpdateMessage",
  "ExitedExecutorMessage",
  "ExecutorToFrameworkMessage",
  "UpdateOperationStatusMessage",
  "RegisterFrameworkMessage",
  "ReregisterFrameworkMessage",
  "UnregisterFrameworkMessage",
  "KillTaskMessage",
  "LaunchTasksMessage",
];

const TO_AGENT: readonly MessageName[] = [
  "RunTaskMessage",
  "RunTaskGroupMessage",
  "KillTaskMessage",
  "ShutdownExecutorMessage",
  "ShutdownFrameworkMessage",
  "StatusUpdateAcknowledgementMessage",
  "UpdateFrameworkMessage",
  "CheckpointResourcesMessage",
  "FrameworkToExecutorMessage",
  "PingSlaveMessage",
  "SlaveRegisteredMessage",
];

void describe("libprocess messages that make no sense", () => {
  const story = new Story({ after });
  let master: Server;
  let agent: Server & { id: string };
  let framework: Framework;
  let stranger: LibprocessPeer;

  before(async () => {
    master = await startMaster(story);
    agent = await startAgent(story, master);
    framework = new Framework({ master: master.address });
    await framework.subscribe();
    story.closes(() => framework.disconnect());
    stranger = await LibprocessPeer.listen("stranger(1)");
    story.closes(() => stranger.close());
    await framework.launch([framework.command("steady", "sleep 1000")]);
    await framework.sees("steady", "TASK_RUNNING");
  });

  /** Every message sent by the stranger has been read when a later request on the same port is answered. */
  async function settled(): Promise<void> {
    await until("everything is sent", () => stranger.isFlushed);
    for (const { port } of [master, agent]) {
      const connection = await RawConnection.open(port);
      connection.send("GET /version HTTP/1.1\r\n\r\n");
      assert.equal((await connection.answer()).status, 200);
      connection.close();
    }
  }

  async function assertNothingHappened(): Promise<void> {
    await settled();
    const agents = await listAgents(master);
    assert.deepEqual(
      agents.map(({ id, active }) => [id, active]),
      [[agent.id, true]],
    );
    const states = new Set(framework.states("steady"));
    assert.deepEqual([...states], ["TASK_STARTING", "TASK_RUNNING"]);
    await framework.must({ type: "RECONCILE", reconcile: { tasks: [] } });
    const id = `t-${framework.events.length}`;
    await framework.launch([framework.command(id, "true")]);
    await framework.sees(id, "TASK_FINISHED");
  }

  const masterPid = (): string => `master@${master.address}`;
  const agentPid = (): string => `slave(1)@${agent.address}`;

  void it("bodies of noise", async () => {
    for (const [to, names] of [
      [masterPid(), TO_MASTER],
      [agentPid(), TO_AGENT],
    ] as const) {
      for (const name of names) {
        for (const bytes of [0, 1, 3, 100, 5000])
          stranger.sendBytes(to, fullNameOf(name), randomBytes(bytes));
      }
    }
    await assertNothingHappened();
  });

  void it("names that nobody knows", async () => {
    for (const to of [masterPid(), agentPid(), `nobody@${master.address}`]) {
      stranger.sendBytes(to, "mesos.internal.NoSuchMessage", randomBytes(10));
      stranger.sendBytes(to, "no.such.package.Message", Buffer.alloc(0));
      stranger.sendBytes(to, "%00%ff", Buffer.alloc(0));
    }
    await assertNothingHappened();
  });

  void it("what only the master may tell an agent", async () => {
    const ids = { framework_id: { value: framework.id } };
    stranger.send(agentPid(), "KillTaskMessage", { ...ids, task_id: { value: "steady" } });
    stranger.send(agentPid(), "ShutdownFrameworkMessage", ids);
    stranger.send(agentPid(), "RunTaskMessage", {
      framework: { user: "root", name: "evil", id: { value: "evil" } },
      task: {
        name: "evil",
        task_id: { value: "evil" },
        agent_id: { value: agent.id },
        command: { value: `touch ${story.folder}/evil` },
      },
      pid: stranger.pid,
    });
    stranger.sendBytes(agentPid(), fullNameOf("ShutdownMessage"), Buffer.alloc(0));
    await assertNothingHappened();
    const { frameworks } = await getJson<{ frameworks: { id: string }[] }>(agent.address, "/state");
    assert.ok(!frameworks.some(({ id }) => id === "evil"));
  });

  void it("what only a known agent may tell the master", async () => {
    const status = { task_id: { value: "steady" }, state: "TASK_LOST" } as const;
    const uuid = "AAAAAAAAQACAAAAAAAAAAA==";
    stranger.send(masterPid(), "StatusUpdateMessage", {
      update: {
        framework_id: { value: framework.id },
        agent_id: { value: "no-such-agent" },
        status: { ...status, uuid },
        timestamp: 1,
        uuid,
      },
      pid: stranger.pid,
    });
    stranger.send(masterPid(), "ExitedExecutorMessage", {
      agent_id: { value: "no-such-agent" },
      framework_id: { value: framework.id },
      executor_id: { value: "steady" },
      status: 0,
    });
    stranger.send(masterPid(), "UnregisterSlaveMessage", { agent_id: { value: agent.id } });
    await assertNothingHappened();
  });

  void it("a sender without an address, and one that lies about it", async () => {
    const body = encodeProtobuf("KillTaskMessage", {
      framework_id: { value: framework.id },
      task_id: { value: "steady" },
    });
    const name = fullNameOf("KillTaskMessage");
    for (const from of ["", "nonsense", "slave(1)@", "@:", "a@999.1.1.1:99999", "x".repeat(10_000)]) {
      for (const { port } of [master, agent]) {
        const connection = await RawConnection.open(port);
        connection.send(messageBytes(port === master.port ? masterPid() : agentPid(), { name, from, body }));
        connection.send("GET /version HTTP/1.1\r\n\r\n");
        // Whatever the answer is, there is one, or the connection is closed.
        await until("it reacts", () => connection.received !== "" || connection.socket.readableEnded);
        connection.close();
      }
    }
    await assertNothingHappened();
  });
});

// Executors on the older driver, which speak libprocess with their agent.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { sandboxOf, type Server, startAgent, startMaster } from "../support/cluster.ts";
import { Framework, scalars } from "../support/framework.ts";
import { LibprocessPeer } from "../support/libprocess-peer.ts";
import { Story } from "../support/story.ts";
import { until } from "../support/until.ts";

const script = join(import.meta.dirname, "driver-executor.ts");
const HELLO = Buffer.from("hello").toString("base64");

void describe("an executor on the older driver", () => {
  const story = new Story({ after });
  let master: Server;
  let agent: Awaited<ReturnType<typeof startAgent>>;
  let framework: Framework;

  before(async () => {
    master = await startMaster(story);
    agent = await startAgent(story, master);
    framework = new Framework({ master: master.address });
    await framework.subscribe();
  });

  const launch = async (id: string): Promise<void> => {
    const { command: _, ...task } = framework.command(id, "");
    const executor = {
      executor_id: { value: "driver" },
      command: { value: `exec '${process.execPath}' --conditions=source '${script}'` },
      framework_id: { value: framework.id },
      resources: scalars({ cpus: 0.1, mem: 64 }),
    };
    await framework.launch([{ ...task, executor }]);
  };
  const output = (): string =>
    readFileSync(
      join(sandboxOf(agent, { frameworkId: framework.id, executorId: "driver" }), "stdout"),
      "utf8",
    );

  void it("registers, runs tasks, and its updates are acknowledged", async () => {
    await launch("one");
    const { executor_id, source } = await framework.sees("one", "TASK_RUNNING");
    assert.deepEqual([executor_id?.value, source], ["driver", "SOURCE_EXECUTOR"]);
    await until("it has heard", () => output().includes("acknowledged TASK_RUNNING"));
    assert.match(output(), /^registered as driver\ntask one of story\nacknowledged TASK_RUNNING\n/);
  });

  void it("exchanges messages with its framework", async () => {
    const to = { agent_id: { value: agent.id }, executor_id: { value: "driver" } };
    await framework.must({ type: "MESSAGE", message: { ...to, data: HELLO } });
    const event = await until("it answers", () => framework.events.find(({ type }) => type === "MESSAGE"));
    assert.equal(event.message?.data, HELLO);
  });

  void it("is asked to register again when its agent is back", async () => {
    await agent.child.stop("SIGKILL");
    agent = await startAgent(story, master, { port: agent.port });
    await until("it has registered", () => output().includes("registered again"));
    await launch("two");
    await framework.sees("two", "TASK_RUNNING");
    for (const id of ["one", "two"]) {
      await framework.must({ type: "KILL", kill: { task_id: { value: id }, agent_id: { value: agent.id } } });
      await framework.sees(id, "TASK_KILLED");
      assert.deepEqual(framework.states(id).filter((state) => state === "TASK_RUNNING").length, 1);
    }
  });

  void it("is shut down with its framework", async () => {
    const seen = output;
    await framework.teardown();
    await until("it has ended", () => seen().includes("shut down"));
  });

  void it("is told to end when nobody knows it, and what it claims is dropped", async () => {
    const stranger = await LibprocessPeer.listen("executor(9)");
    story.closes(() => stranger.close());
    const to = `slave(1)@${agent.address}`;
    const ids = { framework_id: { value: "none" }, executor_id: { value: "e" } };
    stranger.send(to, "ExecutorToFrameworkMessage", { ...ids, agent_id: { value: agent.id }, data: HELLO });
    stranger.send(to, "RegisterExecutorMessage", ids);
    await stranger.sees("ShutdownExecutorMessage");
  });
});

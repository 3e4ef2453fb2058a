// Frameworks written with the SDK, against a real master and agent.
import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { Scheduler, type SchedulerOptions } from "@mezzo/sdk";
import type { FrameworkInfo, Offer, TaskInfo, TaskStatus } from "@mezzo/wire";
import { startAgent, startMaster, type Server } from "../support/cluster.ts";
import { scalars } from "../support/framework.ts";
import { root, Story } from "../support/story.ts";
import { until } from "../support/until.ts";

const JSON_TYPE = "application/json";
const PROTOBUF_TYPE = "application/x-protobuf";

type Task = Omit<TaskInfo, "agent_id">;

/** A scheduler that launches what waits, and remembers what it hears. */
class Recorder {
  readonly scheduler: Scheduler;
  readonly statuses: TaskStatus[] = [];
  readonly messages: string[] = [];
  readonly ids: string[] = [];
  disconnections = 0;
  readonly #waiting: Task[] = [];
  readonly #ended: Promise<void>;

  constructor(options: Pick<SchedulerOptions, "master"> & Partial<SchedulerOptions>) {
    const framework: FrameworkInfo = {
      user: "root",
      name: "recorder",
      roles: ["sdk"],
      checkpoint: true,
      failover_timeout: 600,
      capabilities: [{ type: "MULTI_ROLE" }, { type: "PARTITION_AWARE" }],
    };
    this.scheduler = new Scheduler({ framework, backoff: { initialMs: 50, maxMs: 200 }, ...options });
    this.scheduler.on("SUBSCRIBED", ({ framework_id }) => void this.ids.push(framework_id.value));
    this.scheduler.on("UPDATE", ({ status }) => void this.statuses.push(status));
    this.scheduler.on(
      "MESSAGE",
      ({ data }) => void this.messages.push(Buffer.from(data, "base64").toString()),
    );
    this.scheduler.on("disconnected", () => void (this.disconnections += 1));
    this.scheduler.on("OFFERS", async ({ offers = [] }) => {
      for (const offer of offers) await this.#answer(offer);
    });
    this.#ended = this.scheduler.run();
  }

  async launch(task: Task): Promise<void> {
    this.#waiting.push(task);
    await until("it is subscribed", () => this.scheduler.isSubscribed);
    await this.scheduler.revive();
  }

  sees(task: string, state: string): Promise<TaskStatus> {
    return until(`${task} is ${state}`, () =>
      this.statuses.find((status) => status.task_id.value === task && status.state === state),
    );
  }

  async end(): Promise<void> {
    await this.scheduler.teardown();
    await this.#ended;
  }

  async #answer({ id, agent_id }: Offer): Promise<void> {
    const tasks = this.#waiting.splice(0).map((task) => ({ ...task, agent_id }));
    if (tasks.length > 0) await this.scheduler.launch([id], tasks, { refuse_seconds: 0 });
    else await this.scheduler.decline([id], { refuse_seconds: 600 });
  }
}

const command = (id: string, value: string): Task => ({
  name: id,
  task_id: { value: id },
  resources: scalars({ cpus: 0.1, mem: 32 }),
  command: { value },
});

void describe("frameworks on the SDK", () => {
  const story = new Story({ after });
  const record = (options: Partial<SchedulerOptions> = {}): Recorder => {
    const recorder = new Recorder({ master: master.address, ...options });
    story.closes(() => recorder.scheduler.stop());
    return recorder;
  };
  let master: Server;
  let agent: Server;

  before(async () => {
    master = await startMaster(story);
    agent = await startAgent(story, master);
  });

  void it("the example of the README runs", async () => {
    const example = join(root, "packages/sdk/examples/hello.ts");
    const child = story.start([process.execPath, example, master.address]);
    const { code } = await child.ended;
    assert.equal(code, 0, child.errors);
    const lines = child.output.trim().split("\n");
    assert.ok(lines.some((line) => line.startsWith("hello TASK_RUNNING")));
    assert.equal(lines.at(-1), "hello TASK_FINISHED Command exited with status 0");
  });

  for (const mediaType of [JSON_TYPE, PROTOBUF_TYPE] as const) {
    void it(`a scheduler in ${mediaType} runs tasks`, async () => {
      const recorder = record({ mediaType });
      await recorder.launch(command("good", "true"));
      await recorder.launch(command("bad", "exit 9"));
      await recorder.sees("good", "TASK_FINISHED");
      assert.equal((await recorder.sees("bad", "TASK_FAILED")).message, "Command exited with status 9");
      await recorder.end();
    });
  }

  void it("a custom executor launches, echoes, is killed and shut down", async () => {
    const recorder = record();
    await until("it is subscribed", () => recorder.ids.length > 0);
    const script = join(import.meta.dirname, "echo-executor.ts");
    const executor = (id: string) => ({
      type: "CUSTOM" as const,
      executor_id: { value: id },
      framework_id: { value: recorder.ids[0] ?? "" },
      command: { value: `exec ${process.execPath} ${script}` },
      resources: scalars({ cpus: 0.1, mem: 32 }),
    });
    const task = (id: string): Task => ({
      name: id,
      task_id: { value: id },
      resources: scalars({ cpus: 0.1, mem: 32 }),
      executor: executor(`executor-of-${id}`),
      data: Buffer.from(`task ${id}`).toString("base64"),
    });
    await recorder.launch(task("one"));
    const running = await recorder.sees("one", "TASK_RUNNING");
    assert.equal(running.message, "task one");
    assert.ok(running.agent_id);
    const agentId = running.agent_id;
    const say = (text: string): Promise<unknown> =>
      recorder.scheduler.message(
        { agentId, executorId: { value: "executor-of-one" } },
        Buffer.from(text).toString("base64"),
      );
    await say("hello");
    await until("the echo comes", () => recorder.messages.includes("echo hello"));
    await say("finish");
    await recorder.sees("one", "TASK_FINISHED");

    await recorder.launch(task("two"));
    await recorder.sees("two", "TASK_RUNNING");
    await recorder.scheduler.kill({ value: "two" }, { agentId });
    assert.equal((await recorder.sees("two", "TASK_KILLED")).message, "as you wish");

    await recorder.end();
    const sandboxes = join(
      agent.workDir,
      "slaves/*/frameworks",
      recorder.ids[0] ?? "",
      "executors/*/runs/latest",
    );
    await until("both executors have been shut down", () => {
      const outputs = globSync(join(sandboxes, "stdout")).map((path) => readFileSync(path, "utf8"));
      return outputs.length === 2 && outputs.every((output) => output.includes("shut down"));
    });
  });

  void it("a scheduler comes back after the master was killed, and learns what became of its tasks", async () => {
    const recorder = record();
    await recorder.launch(command("long", "sleep 1000"));
    await recorder.sees("long", "TASK_RUNNING");
    await master.child.stop("SIGKILL");
    await until("it notices", () => recorder.disconnections > 0);
    assert.equal(recorder.scheduler.isSubscribed, false);
    const heard = recorder.statuses.length;
    master = await startMaster(story, { port: master.port });
    await until("it has subscribed again", () => recorder.ids.length === 2);
    assert.equal(recorder.ids[1], recorder.ids[0]);
    // From the master, or from the agent where the master was killed before it passed the acknowledgement on.
    await until("it hears of its task again", () =>
      recorder.statuses
        .slice(heard)
        .some(({ task_id, state }) => task_id.value === "long" && state === "TASK_RUNNING"),
    );
    await recorder.scheduler.kill({ value: "long" });
    await recorder.sees("long", "TASK_KILLED");
    await recorder.launch(command("afterwards", "true"));
    await recorder.sees("afterwards", "TASK_FINISHED");
    await recorder.end();
  });

  void it("a scheduler that the master refuses says why", async () => {
    const framework = {
      user: "root",
      name: "refused",
      roles: ["/wrong"],
      capabilities: [{ type: "MULTI_ROLE" as const }],
    };
    const scheduler = new Scheduler({ master: master.address, framework });
    await assert.rejects(scheduler.run(), /role.*\/wrong|\/wrong.*role/i);
  });
});

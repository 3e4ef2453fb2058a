// The whole agent on this machine against a master of the test's own: real processes, disk and connections.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import type { TaskInfo } from "@mezzo/wire";
import { systemClock } from "../core/clock.ts";
import { silentLogger } from "../core/logger.ts";
import { systemRandom } from "../core/random.ts";
import { PosixContainerizer } from "./containerizer/posix/posix-containerizer.ts";
import { AGENT_DEFAULTS } from "./options.ts";
import { AgentProcess, type AgentEnd } from "./run.ts";
import { FakeMaster } from "./testing/fake-master.ts";

/** Longer than anything here takes on a busy machine. */
const DEADLINE_MS = 20_000;

/** Resolves when the condition holds; looked at in short steps because files and processes tell nobody. */
async function until(what: string, holds: () => boolean): Promise<void> {
  const end = performance.now() + DEADLINE_MS;
  while (!holds()) {
    if (performance.now() > end) throw new Error(`Waited in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

class Cluster {
  readonly master = new FakeMaster();
  readonly dir = mkdtempSync(join(tmpdir(), "mezzo-agent-"));
  #address = "";
  /** Of the first agent: another one would be a change of configuration. */
  #port = 0;
  #agent: AgentProcess | undefined;
  #end: Promise<AgentEnd> | undefined;

  static async start(context: TestContext): Promise<Cluster> {
    const cluster = new Cluster();
    context.after(() => cluster.close());
    cluster.#address = await cluster.master.start();
    await cluster.startAgent();
    return cluster;
  }

  async startAgent(): Promise<void> {
    const seen = this.count("UpdateSlaveMessage");
    void this.runAgent();
    await until("the registration", () => this.count("UpdateSlaveMessage") > seen);
    this.#port = this.#agent?.address.port ?? 0;
  }

  runAgent(): Promise<AgentEnd> {
    const common = { clock: systemClock, logger: silentLogger };
    const runtimeDir = join(this.dir, "run");
    const options = {
      ...AGENT_DEFAULTS,
      ip: "127.0.0.1",
      port: this.#port,
      hostname: "localhost",
      master: this.#address,
      workDir: join(this.dir, "work"),
      runtimeDir,
      switchUser: false,
      registrationBackoffFactor: 10,
      resources: [{ name: "cpus", type: "SCALAR" as const, scalar: { value: 4 } }],
    };
    this.#agent = new AgentProcess(options, {
      ...common,
      random: systemRandom,
      containerizer: new PosixContainerizer({ runtimeDir }, common),
      fetcher: { fetch: () => Promise.reject(new Error("nothing is fetched here")), cancel: () => undefined },
    });
    this.#end = this.#agent.run();
    return this.#end;
  }

  /** Ends the agent without a word to anybody, as a kill would. */
  async stopAgent(): Promise<void> {
    this.#agent?.stop();
    await this.#end;
  }

  unregister(): Promise<AgentEnd> {
    this.#agent?.stop({ unregister: true });
    return this.#end ?? Promise.reject(new Error("No agent runs"));
  }

  count(name: string): number {
    return this.master.received.filter((message) => message.name === name).length;
  }

  run(id: string, command: string, more: Partial<TaskInfo> = {}): void {
    const task: TaskInfo = {
      name: id,
      task_id: { value: id },
      agent_id: { value: this.master.agentId },
      command: { value: command },
      resources: [{ name: "cpus", type: "SCALAR", scalar: { value: 0.1 }, allocation_info: { role: "*" } }],
      ...more,
    };
    this.master.run(task, { id: "F" });
  }

  states(id: string): string[] {
    return this.master.updates
      .filter(({ status }) => status.task_id.value === id)
      .map(({ status }) => status.state);
  }

  message(id: string): string | undefined {
    return this.master.updates.findLast(({ status }) => status.task_id.value === id)?.status.message;
  }

  async reaches(id: string, state: string): Promise<void> {
    await until(`${id} ${state}`, () => this.states(id).includes(state));
  }

  async close(): Promise<void> {
    await this.stopAgent();
    await this.master.close();
    rmSync(this.dir, { recursive: true, force: true });
  }
}

test("a command runs in its sandbox and its end is told in order", async (context) => {
  const cluster = await Cluster.start(context);
  cluster.run("t1", "echo hello");
  await cluster.reaches("t1", "TASK_FINISHED");
  assert.deepEqual(cluster.states("t1"), ["TASK_STARTING", "TASK_RUNNING", "TASK_FINISHED"]);
  const sandboxes = join(
    cluster.dir,
    "work/slaves",
    cluster.master.agentId,
    "frameworks/F/executors/t1/runs/latest",
  );
  assert.equal(readFileSync(join(sandboxes, "stdout"), "utf8"), "hello\n");
});

test("a task outlives its agent, and its exit code reaches the next one", async (context) => {
  const cluster = await Cluster.start(context);
  const go = join(cluster.dir, "go");
  cluster.run("t1", `while ! test -e ${go}; do sleep 0.02; done; exit 5`);
  cluster.run("t2", `while ! test -e ${go}; do sleep 0.02; done; exit 6`);
  await Promise.all([cluster.reaches("t1", "TASK_RUNNING"), cluster.reaches("t2", "TASK_RUNNING")]);
  await cluster.stopAgent();
  const registrations = cluster.count("RegisterSlaveMessage");
  await cluster.startAgent();
  assert.equal(cluster.count("RegisterSlaveMessage"), registrations, "it comes back as the same agent");
  assert.ok(cluster.count("ReregisterSlaveMessage") > 0);
  cluster.run("go", `touch ${go}`);
  await Promise.all([cluster.reaches("t1", "TASK_FAILED"), cluster.reaches("t2", "TASK_FAILED")]);
  assert.equal(cluster.message("t1"), "Command exited with status 5");
  assert.equal(cluster.message("t2"), "Command exited with status 6");
});

test("an update that was not acknowledged is sent again by the next agent", async (context) => {
  const cluster = await Cluster.start(context);
  cluster.master.acknowledges = false;
  cluster.run("t1", "true");
  await cluster.reaches("t1", "TASK_STARTING");
  await cluster.stopAgent();
  cluster.master.acknowledges = true;
  await cluster.startAgent();
  await cluster.reaches("t1", "TASK_FINISHED");
  const uuids = cluster.master.updates.map(({ uuid }) => uuid);
  assert.equal(new Set(uuids).size, 3, "the same three updates");
});

test("unregistering kills tasks and says so", async (context) => {
  const cluster = await Cluster.start(context);
  cluster.run("t1", "sleep 1000");
  await cluster.reaches("t1", "TASK_RUNNING");
  assert.equal((await cluster.unregister()).code, 0);
  assert.equal(cluster.count("UnregisterSlaveMessage"), 1);
});

test("checkpoints that make no sense stop the agent", async (context) => {
  const cluster = await Cluster.start(context);
  await cluster.stopAgent();
  const info = join(cluster.dir, "work/meta/slaves", cluster.master.agentId, "slave.info");
  writeFileSync(info, Buffer.from([2, 0, 0, 0, 255, 255]));
  const end = await cluster.runAgent();
  assert.equal(end.code, 1);
  assert.match(end.message, /^Failed to perform recovery: Failed to read AgentInfo/);
});

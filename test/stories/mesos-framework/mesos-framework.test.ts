// The npm package `mesos-framework`, unmodified, against a real master and agent.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import type { Child } from "../support/child.ts";
import { getJson, startAgent, startMaster, type Server } from "../support/cluster.ts";
import { commandLine, isAlive, processesOf } from "../support/processes.ts";
import { Story } from "../support/story.ts";
import { until } from "../support/until.ts";

interface Said {
  event: string;
  taskId?: string;
  state?: string;
  data?: string;
  message?: string;
  frameworkId?: string;
}

const script = (name: string): string => join(import.meta.dirname, name);

/** What a framework has printed, without an unfinished last line. */
function said(framework: Child): Said[] {
  const lines = framework.output.split("\n").slice(0, -1);
  return lines.filter((line) => line.startsWith("{")).map((line) => JSON.parse(line) as Said);
}

void describe("the npm package mesos-framework", () => {
  const story = new Story({ after });
  let master: Server;
  let agent: Server;

  before(async () => {
    master = await startMaster(story);
    agent = await startAgent(story, master);
  });

  // In the story's folder, for the package keeps a log where it is started.
  const start = (name: string, ...args: string[]): Child =>
    story.start([process.execPath, script(name), String(master.port), story.folder, ...args], {
      cwd: story.folder,
    });

  const completed = async (id: string): Promise<boolean> => {
    const state = await getJson<{ completed_frameworks: { id: string }[] }>(master.address, "/state");
    return state.completed_frameworks.some((framework) => framework.id === id);
  };

  void it("is the release that is promised to work, unmodified", () => {
    const require = createRequire(import.meta.url);
    const { version } = require("mesos-framework/package.json") as { version: string };
    assert.equal(version, "0.5.3");
  });

  void it("runs three command tasks and starts them again when they are killed", async () => {
    const sleepers = (): number[] =>
      processesOf(story.folder).filter((pid) => commandLine(pid) === "sleep 987654");
    const framework = start("three-tasks.cjs");
    const running = (): string[] =>
      said(framework).flatMap(({ state, taskId }) => (state === "TASK_RUNNING" && taskId ? [taskId] : []));
    await until("three tasks run", () => running().length === 3);
    const first = await until("three processes run", () => sleepers().length === 3 && sleepers());

    for (const pid of first) process.kill(pid, "SIGKILL");
    await until("three new tasks run", () => new Set(running()).size === 6);
    const second = await until("three new processes run", () => sleepers().length === 3 && sleepers());
    assert.ok(second.every((pid) => !first.includes(pid)));
    const failed = said(framework).filter(({ state }) => state === "TASK_FAILED");
    assert.equal(failed.length, 3);
    assert.deepEqual(
      said(framework).filter(({ event }) => event === "error"),
      [],
    );

    const id = said(framework).find(({ event }) => event === "subscribed")?.frameworkId ?? "";
    assert.equal((await framework.stop("SIGTERM")).code, 0);
    await until("the framework has ended", () => completed(id));
    await until("its tasks have ended with it", () => !second.some((pid) => isAlive(pid)));
  });

  void it("runs a custom executor: launch, messages both ways, the end", async () => {
    const command = `exec ${process.execPath} ${script("greeting-executor.cjs")}`;
    const framework = start("greeting-scheduler.cjs", command);
    await until("the task is finished", () => said(framework).some(({ state }) => state === "TASK_FINISHED"));
    await until("the message has come", () => said(framework).some(({ event }) => event === "message"));
    const events = said(framework);
    assert.deepEqual(
      events.filter(({ event }) => event === "error"),
      [],
    );
    assert.deepEqual(
      events.filter(({ event }) => event === "update").map(({ state, message }) => [state, message]),
      [
        ["TASK_RUNNING", "at your service"],
        ["TASK_FINISHED", "goodbye"],
      ],
    );
    assert.equal(events.find(({ event }) => event === "message")?.data, "I heard: hello, executor");
    const id = events.find(({ event }) => event === "subscribed")?.frameworkId ?? "";
    const runs = join(agent.workDir, "slaves/*/frameworks", id, "executors/greeter/runs/latest");
    const sandbox = await until("the sandbox is there", async () => {
      const { globSync } = await import("node:fs");
      return globSync(runs)[0];
    });
    assert.equal(readFileSync(join(sandbox, "question"), "utf8"), "who is there?");
    assert.match(readFileSync(join(sandbox, "stdout"), "utf8"), /subscribed as greeter/);
    assert.equal((await framework.stop("SIGTERM")).code, 0);
    await until("the executor has ended with its framework", () =>
      processesOf(sandbox).every((pid) => !commandLine(pid).includes("greeting-executor")),
    );
  });
});

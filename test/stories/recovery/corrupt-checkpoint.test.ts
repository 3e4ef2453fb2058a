// An agent whose checkpoints make no sense stops, unless it is told to use what can be read.
import assert from "node:assert/strict";
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { startAgent, startMaster, type Server } from "../support/cluster.ts";
import { Framework } from "../support/framework.ts";
import { mezzo, Story } from "../support/story.ts";
import { until } from "../support/until.ts";

void describe("an agent with a corrupt checkpoint", () => {
  const story = new Story({ after });
  let master: Server;
  let agent: Awaited<ReturnType<typeof startAgent>>;
  let framework: Framework;

  before(async () => {
    master = await startMaster(story);
    agent = await startAgent(story, master);
    framework = new Framework({ master: master.address });
    await framework.subscribe();
    const wait = `while [ ! -e ${story.folder}/go ]; do sleep 0.1; done`;
    await framework.launch([framework.command("broken", wait), framework.command("whole", wait)]);
    for (const id of ["broken", "whole"]) await framework.sees(id, "TASK_RUNNING");
    await agent.child.stop("SIGKILL");
    const meta = join(agent.workDir, "meta");
    const files = readdirSync(meta, { recursive: true, encoding: "utf8" });
    const broken = files.find((name) => name.endsWith("executors/broken/executor.info"));
    assert.ok(broken !== undefined, "the executor is written down");
    writeFileSync(join(meta, broken), Buffer.from([4, 0, 0, 0, 255, 255, 255, 255]));
  });

  void it("ends and names the file", async () => {
    const where = ["--ip=127.0.0.1", `--port=${agent.port}`, `--master=${master.address}`];
    const folders = [`--work_dir=${agent.workDir}`, `--runtime_dir=${story.folder}/agent-run`];
    const child = story.start([mezzo, "agent", ...where, ...folders, "--no-switch_user"]);
    await until("it has ended", () => !child.isRunning);
    assert.match(child.errors, /Failed to perform recovery: .*executors\/broken\/executor\.info/);
  });

  void it("goes on with the rest when it is told to", async () => {
    agent = await startAgent(story, master, { port: agent.port, flags: ["--no-strict"] });
    writeFileSync(join(story.folder, "go"), "");
    await framework.sees("whole", "TASK_FINISHED");
    await until("the other is over, too", () =>
      framework
        .states("broken")
        .some((state) => state === "TASK_GONE" || state === "TASK_DROPPED" || state === "TASK_LOST"),
    );
    await framework.teardown();
  });
});

// An agent whose checkpoints make no sense stops, unless it is told to use what can be read.
import assert from "node:assert/strict";
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { getJson, startAgent, startMaster, type Server } from "../support/cluster.ts";
import { Framework } from "../support/framework.ts";
import { processesOf } from "../support/processes.ts";
import { mezzo, Story } from "../support/story.ts";
import { until } from "../support/until.ts";

const RECOVERY_ERRORS = "slave/recovery_errors";

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
    const ids = ["broken", "unreadable", "whole"];
    await framework.launch(ids.map((id) => framework.command(id, id === "whole" ? wait : "sleep 1000")));
    for (const id of ids) await framework.sees(id, "TASK_RUNNING");
    await agent.child.stop("SIGKILL");
    const meta = join(agent.workDir, "meta");
    const files = readdirSync(meta, { recursive: true, encoding: "utf8" });
    const pathOf = (id: string): string => {
      const found = files.find((name) => name.endsWith(`executors/${id}/executor.info`));
      assert.ok(found !== undefined, "the executor is written down");
      return join(meta, found);
    };
    writeFileSync(pathOf("broken"), Buffer.from([4, 0, 0, 0, 255, 255, 255, 255]));
    // Reading fails, as on a disk with errors.
    rmSync(pathOf("unreadable"));
    mkdirSync(pathOf("unreadable"));
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
    for (const id of ["broken", "unreadable"]) {
      const { reason } = await framework.sees(id, "TASK_DROPPED");
      assert.equal(reason, "REASON_RECONCILIATION");
    }
    await until("no process of a lost task is left", () => {
      const servers = [master.child.pid, agent.child.pid];
      return processesOf(story.folder).every((pid) => servers.includes(pid));
    });
    assert.equal(
      (await getJson<Record<string, number>>(agent.address, "/metrics/snapshot"))[RECOVERY_ERRORS],
      2,
    );
    await framework.teardown();
  });
});

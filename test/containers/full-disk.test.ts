// An agent whose disk is full: it ends rather than forget what it promised, and goes on when there is room again.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { startAgent, startMaster, type Server } from "../stories/support/cluster.ts";
import { Framework } from "../stories/support/framework.ts";
import { Story } from "../stories/support/story.ts";
import { until } from "../stories/support/until.ts";

/** Part of every machine. */
const [MOUNT, UNMOUNT] = ["mount", "umount"] as const;
const DISK_BYTES = 2 * 1024 * 1024;

void describe("an agent on a full disk", () => {
  const story = new Story({ after });
  let master: Server;
  let agent: Awaited<ReturnType<typeof startAgent>>;
  let framework: Framework;
  const workDir = join(story.folder, "agent");
  const hog = join(workDir, "hog");

  before(async () => {
    mkdirSync(workDir);
    execFileSync(MOUNT, ["-t", "tmpfs", "-o", `size=${DISK_BYTES}`, "mezzo-full-disk", workDir]);
    // Tasks work in there until their agent is gone.
    story.closes(() => void execFileSync(UNMOUNT, ["--lazy", workDir]));
    master = await startMaster(story);
    agent = await startAgent(story, master);
    framework = new Framework({ master: master.address });
    await framework.subscribe();
  });

  /** Until nothing fits any more. */
  function fill(): void {
    try {
      writeFileSync(hog, Buffer.alloc(2 * DISK_BYTES));
    } catch (error) {
      assert.match(String(error), /ENOSPC/);
    }
  }

  void it("ends with the reason when it cannot write down a task", async () => {
    await framework.launch([
      framework.command("early", `while [ ! -e ${story.folder}/go ]; do sleep 0.1; done`),
    ]);
    await framework.sees("early", "TASK_RUNNING");
    fill();
    await framework.launch([framework.command("late", "exit 0")]);
    await until("the agent ends", () => !agent.child.isRunning);
    assert.match(agent.child.errors, /Failed to checkpoint: .*ENOSPC/);
  });

  void it("refuses nothing and forgets nothing once there is room", async () => {
    rmSync(hog);
    agent = await startAgent(story, master, { port: agent.port });
    await until("the late task is over", () =>
      framework.states("late").some((state) => state !== "TASK_STAGING"),
    );
    assert.deepEqual(framework.states("early"), ["TASK_STARTING", "TASK_RUNNING"]);
    writeFileSync(join(story.folder, "go"), "");
    await framework.sees("early", "TASK_FINISHED");
    await framework.launch([framework.command("next", "exit 0")]);
    await framework.sees("next", "TASK_FINISHED");
    await framework.teardown();
  });
});

// While their agent is away executors die, hang or give up, and another version of it may come back.
import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { after, before, describe, it } from "node:test";
import { isAlive } from "../support/processes.ts";
import { Story } from "../support/story.ts";
import { until } from "../support/until.ts";
import { OneAgent } from "../support/one-agent.ts";

/** Executors wait so long for their agent, and it for them: short, to see who gives up. */
const FLAGS = ["--recovery_timeout=1secs", "--executor_reregistration_timeout=500ms"];

/** So long that nobody gives up on a machine under load. */
const PATIENT = ["--recovery_timeout=5mins", "--executor_reregistration_timeout=15secs"];

/** Field 15000 of type varint with the value 1: no version knows it. */
const UNKNOWN_FIELD = Buffer.from([0xc0, 0xa9, 0x07, 0x01]);

void describe("an agent that was away", () => {
  const story = new Story({ after });
  let one: OneAgent;

  before(async () => {
    one = await OneAgent.start(story, FLAGS);
  });

  void it("tells what became of executors that died, hung or gave up, and keeps what runs", async () => {
    const { framework } = one;
    await one.run([one.command("runs"), one.custom("died"), one.custom("hung"), one.custom("gave-up")]);
    const pid = async (id: string): Promise<number> => one.pidOf(id);
    await one.kill();
    process.kill(await pid("died"), "SIGKILL");
    process.kill(await pid("hung"), "SIGSTOP");
    const gone = [await pid("died"), await pid("gave-up")];
    await until("one is dead, one has given up", () => !gone.some(isAlive));
    await one.startAgain(FLAGS);
    for (const id of ["died", "gave-up"]) {
      const { reason, message } = await framework.sees(id, "TASK_FAILED");
      assert.equal(reason, "REASON_EXECUTOR_TERMINATED");
      assert.equal(message, "Executor terminated");
    }
    const { reason, message } = await framework.sees("hung", "TASK_GONE");
    assert.equal(reason, "REASON_EXECUTOR_REREGISTRATION_TIMEOUT");
    assert.equal(message, "Executor did not reregister within 500ms");
    const hung = await pid("hung");
    await until("its process is gone", () => !isAlive(hung));
    assert.ok(isAlive(await pid("runs")));
    assert.deepEqual(framework.states("runs"), ["TASK_STARTING", "TASK_RUNNING"]);
  });

  /** Adds a field to the message of a checkpoint. */
  function addField(path: string): void {
    const before = readFileSync(path);
    const size = before.readUInt32LE() + UNKNOWN_FIELD.length;
    const after = Buffer.concat([before.subarray(0, 4 + size - UNKNOWN_FIELD.length), UNKNOWN_FIELD]);
    after.writeUInt32LE(size);
    writeFileSync(path, Buffer.concat([after, before.subarray(after.length - UNKNOWN_FIELD.length)]));
  }

  void it("goes on with checkpoints of another version", async () => {
    const { framework } = one;
    await one.kill();
    await one.startAgain(PATIENT);
    await one.run([
      one.command("single", { kill_policy: { grace_period: { nanoseconds: 1e9 } } }),
      one.custom("own"),
    ]);
    await one.runGroup("group", [one.command("member")]);
    const { id } = one.agent;
    await one.kill();
    // A later one: fields and files that this one does not know.
    const messages = ["slave.info", "framework.info", "executor.info", "task.info", "task.updates"];
    for (const path of messages.flatMap((name) => one.checkpoints(name))) addField(path);
    const folders = ["framework.info", "executor.info", "task.info"].flatMap((name) => one.checkpoints(name));
    const files = [one.metaDir, ...folders.map(dirname)].map((folder) => join(folder, "later"));
    for (const file of files) {
      mkdirSync(`${file}.d`);
      writeFileSync(file, "?");
    }
    // An older one: no boot id, nothing about a task beyond its records.
    rmSync(join(one.metaDir, "boot_id"));
    for (const path of one.checkpoints("commands.json")) {
      const { runs } = JSON.parse(readFileSync(path, "utf8"));
      const older = runs.map(({ taskId, containerId, group }: Record<string, unknown>) => ({
        taskId,
        containerId,
        group,
      }));
      writeFileSync(path, JSON.stringify({ runs: older, later: true }));
    }
    await one.startAgain(PATIENT);
    assert.equal(one.agent.id, id);
    for (const file of files) assert.ok(existsSync(file) && existsSync(`${file}.d`), file);
    for (const task of ["single", "own", "member", "runs"]) {
      assert.ok(isAlive(await one.pidOf(task)), task);
      one.go(task);
      await framework.sees(task, "TASK_FINISHED");
      assert.deepEqual(framework.states(task).slice(-2), ["TASK_RUNNING", "TASK_FINISHED"]);
    }
    await framework.teardown();
  });
});

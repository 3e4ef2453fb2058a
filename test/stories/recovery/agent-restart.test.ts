// The agent is killed with SIGKILL while tasks run, and started again: nothing that ran is lost, nothing is said twice.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import type { TaskInfo } from "@mezzo/wire";
import { listAgents, startAgent, startMaster, type Server } from "../support/cluster.ts";
import { Framework, scalars } from "../support/framework.ts";
import { isAlive, processesOf } from "../support/processes.ts";
import { Story } from "../support/story.ts";
import { until } from "../support/until.ts";

const executorScript = join(import.meta.dirname, "file-executor.ts");

void describe("an agent that is killed and started again", () => {
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

  const file = (name: string): string => join(story.folder, name);
  const contents = (name: string): Promise<string> =>
    until(`${name} is written`, () => readFileSync(file(name), "utf8").trim());

  async function killAgent(): Promise<void> {
    await agent.child.stop("SIGKILL");
    await until("the master notices", async () => {
      return (await listAgents(master)).every(({ active }) => !active);
    });
  }

  async function startAgain(): Promise<void> {
    const { id, port } = agent;
    agent = await startAgent(story, master, { port });
    assert.equal(agent.id, id, "it is the same agent");
  }

  /** Writes its process id, then waits for a file, whose content is its exit status. */
  function waitingCommand(id: string): Omit<TaskInfo, "agent_id"> {
    const command = [
      `echo $$ > ${file(`${id}.pid`)}`,
      `while [ ! -s ${file(`${id}.go`)} ]; do sleep 0.05; done`,
      `exit $(cat ${file(`${id}.go`)})`,
    ].join("; ");
    return framework.command(id, command);
  }

  const go = async (id: string, status: number): Promise<void> => {
    const { writeFile } = await import("node:fs/promises");
    await writeFile(file(`${id}.go`), String(status));
  };

  function customTask(id: string): Omit<TaskInfo, "agent_id"> {
    return {
      name: id,
      task_id: { value: id },
      resources: scalars({ cpus: 0.1, mem: 32 }),
      executor: {
        type: "CUSTOM",
        executor_id: { value: `executor-of-${id}` },
        framework_id: { value: framework.id },
        command: { value: `${process.execPath} ${executorScript} ${file(id)}` },
        resources: scalars({ cpus: 0.1, mem: 32 }),
      },
    };
  }

  void it("keeps tasks running, with their process ids, and delivers their exit statuses", async () => {
    await framework.launch([waitingCommand("command"), customTask("custom")]);
    await framework.sees("command", "TASK_RUNNING");
    await framework.sees("custom", "TASK_RUNNING");
    const commandPid = Number(await contents("command.pid"));
    const customPid = Number(await contents("custom.pid"));
    const before = framework.events.length;

    await killAgent();
    assert.ok(isAlive(commandPid) && isAlive(customPid), "tasks do not need their agent");
    await startAgain();
    assert.ok(isAlive(commandPid) && isAlive(customPid), "nor does the new one end them");
    assert.equal(await contents("command.pid"), String(commandPid), "no second copy was started");
    const answered = framework.events.slice(before).filter(({ update }) => update !== undefined);
    assert.deepEqual(answered, [], "nothing that was acknowledged is repeated");

    await go("command", 7);
    await go("custom", 0);
    assert.equal((await framework.sees("command", "TASK_FAILED")).message, "Command exited with status 7");
    await framework.sees("custom", "TASK_FINISHED");
    assert.deepEqual(framework.states("command"), ["TASK_STARTING", "TASK_RUNNING", "TASK_FAILED"]);
    assert.deepEqual(framework.states("custom"), ["TASK_RUNNING", "TASK_FINISHED"]);
  });

  void it("reports what ended while it was away", async () => {
    await framework.launch([
      waitingCommand("good"),
      waitingCommand("bad"),
      customTask("done"),
      waitingCommand("killed"),
    ]);
    for (const id of ["good", "bad", "done", "killed"]) await framework.sees(id, "TASK_RUNNING");
    const pids = await Promise.all(
      ["good", "bad", "killed"].map(async (id) => Number(await contents(`${id}.pid`))),
    );
    await killAgent();
    await go("good", 0);
    await go("bad", 3);
    await go("done", 0);
    process.kill(pids[2] ?? 0, "SIGKILL");
    await until("the tasks have ended", () => !pids.some((pid) => isAlive(pid)));
    await startAgain();

    assert.equal((await framework.sees("good", "TASK_FINISHED")).message, "Command exited with status 0");
    assert.equal((await framework.sees("bad", "TASK_FAILED")).message, "Command exited with status 3");
    const killed = await framework.sees("killed", "TASK_FAILED");
    assert.equal(killed.message, "Command terminated with signal Killed");
    await framework.sees("done", "TASK_FINISHED");
    assert.deepEqual(framework.states("good"), ["TASK_STARTING", "TASK_RUNNING", "TASK_FINISHED"]);
    assert.deepEqual(framework.states("done"), ["TASK_RUNNING", "TASK_FINISHED"]);
  });

  void it("repeats what was never acknowledged, first things first", async () => {
    await framework.rest();
    const slow = new Framework({ master: master.address, info: { name: "slow" }, acknowledge: () => false });
    await slow.subscribe();
    await slow.launch([slow.command("unheard", "exit 5")]);
    const starting = await slow.sees("unheard", "TASK_STARTING");
    await killAgent();
    await startAgain();
    const again = await until("the first update comes again", () => slow.updates("unheard")[1]);
    assert.equal(again.uuid, starting.uuid);
    await slow.acknowledge(again);
    await slow.acknowledge(await slow.sees("unheard", "TASK_RUNNING"));
    const failed = await slow.sees("unheard", "TASK_FAILED");
    assert.equal(failed.message, "Command exited with status 5");
    await slow.acknowledge(failed);
    assert.deepEqual(slow.states("unheard"), ["TASK_STARTING", "TASK_RUNNING", "TASK_FAILED"]);
    await slow.teardown();
    await framework.must({ type: "REVIVE" });
  });

  void it("ends nothing it does not know and leaves nothing when its framework ends", async () => {
    await framework.launch([waitingCommand("last")]);
    await framework.sees("last", "TASK_RUNNING");
    const pid = Number(await contents("last.pid"));
    await killAgent();
    await startAgain();
    await framework.teardown();
    await until("the task is ended with its framework", () => !isAlive(pid));
    await until("no process of a task is left", () => {
      const servers = [master.child.pid, agent.child.pid];
      return processesOf(story.folder).every((each) => servers.includes(each));
    });
  });
});

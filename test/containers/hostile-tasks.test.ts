// Tasks that take what they are not given, on an agent with the linux launcher: each ends in Mesos' words, its neighbour never
// notices, the agent answers all the while, and nothing of it is left.
import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import type { TaskInfo } from "@mezzo/wire";
import { scalars } from "../stories/support/framework.ts";
import { hangAgainAndAgain } from "../stories/support/hanging-check.ts";
import { watchHealth } from "../stories/support/health-watch.ts";
import { OneAgent } from "../stories/support/one-agent.ts";
import { isAlive } from "../stories/support/processes.ts";
import { Story } from "../stories/support/story.ts";
import { until } from "../stories/support/until.ts";
import { cgroupsOf, removeCgroups } from "./support/machine.ts";

const isolation = "cgroups/cpu,cgroups/mem,cgroups/pids,cgroups/devices,namespaces/pid,filesystem/linux";

/** More than any honest task of the stories has. */
const BOMB_PROCESSES = 50;

void describe("tasks that take what they are not given", () => {
  const story = new Story({ after });
  const cgroupsRoot = `mezzo-hostile-${process.pid}`;
  const flags = ["--launcher=linux", `--isolation=${isolation}`, `--cgroups_root=${cgroupsRoot}`];
  let one: OneAgent;

  before(async () => {
    one = await OneAgent.start(story, flags);
    await one.run([one.command("neighbour")]);
  });

  after(() => removeCgroups(cgroupsRoot));

  /** The neighbour's alone, in each hierarchy once. */
  const nothingIsLeft = (): Promise<unknown> =>
    until("only the neighbour's cgroup is left", () => {
      const names = cgroupsOf(cgroupsRoot).map((path) => path.replace(/^.*\//, ""));
      return new Set(names).size === 1;
    });

  /** The command executor's own share comes on top: 32 MB, as in Mesos. */
  const little = { resources: scalars({ cpus: 0.1, mem: 40 }) };

  void it("memory: the task fails with the limit and what it used", async () => {
    await one.launch([one.framework.command("hog", "tail -c 200m /dev/zero | tail", little)]);
    const { reason, source, message, limitation } = await one.framework.sees("hog", "TASK_FAILED");
    assert.equal(reason, "REASON_CONTAINER_LIMITATION_MEMORY");
    assert.equal(source, "SOURCE_AGENT");
    assert.match(message ?? "", /^Memory limit exceeded: Requested: 72MB Maximum Used: \d+MB\n/);
    const [limited] = limitation?.resources ?? [];
    assert.equal(limited?.name, "mem");
    assert.equal(Math.round(limited?.scalar?.value ?? 0), 72);
    await nothingIsLeft();
  });

  void it("processes: a fork bomb keeps nobody from being answered, and is killed as a whole", async () => {
    const watch = watchHealth(one.agent);
    const bomb = "f() { f | f & f; }; f";
    await one.launch([one.framework.command("bomb", bomb, { resources: scalars({ cpus: 0.2, mem: 64 }) })]);
    await one.framework.sees("bomb", "TASK_RUNNING");
    await until("it has gone off", () => {
      return one.taskProcesses().length > BOMB_PROCESSES || one.framework.states("bomb").length > 2;
    });
    await one.framework.must({ type: "KILL", kill: { task_id: { value: "bomb" } } });
    const end = await until("it is over", () =>
      one.framework.updates("bomb").find(({ state }) => state === "TASK_KILLED" || state === "TASK_FAILED"),
    );
    // Its memory may be gone before the order to kill it comes.
    if (end.state === "TASK_FAILED") assert.equal(end.reason, "REASON_CONTAINER_LIMITATION_MEMORY");
    await nothingIsLeft();
    const { failures, answers } = await watch.end();
    assert.equal(failures, 0);
    assert.ok(answers > 0);
  });

  void it("a health check that hangs in the container leaves no process there", async () => {
    const { framework } = one;
    const check: Partial<TaskInfo> = {
      health_check: {
        type: "COMMAND",
        command: { value: "sleep 1000 & sleep 1000" },
        delay_seconds: 0,
        interval_seconds: 0.05,
        timeout_seconds: 0.3,
        grace_period_seconds: 0,
        consecutive_failures: 3,
      },
    };
    await one.launch([framework.command("hangs", "sleep 1000", check)]);
    const last = await framework.sees("hangs", "TASK_KILLED");
    assert.equal(last.healthy, false);
    assert.equal(framework.updates("hangs").filter(({ healthy }) => healthy === false).length, 4);
    await nothingIsLeft();
  });

  void it("a check that hangs again and again leaves nothing while its task runs on", async () => {
    await hangAgainAndAgain(one);
    await nothingIsLeft();
  });

  void it("conmon killed while the agent is away: the task runs on, and nobody knows how it ended", async () => {
    const { framework } = one;
    await one.run([one.command("unwatched")]);
    await one.kill();
    const records = globSync(join(one.runtimeDir, "containers/*/record")).map(
      (path) => JSON.parse(readFileSync(path, "utf8")) as { conmon: { pid: number }; containerId: string },
    );
    const runs = globSync(`${one.metaDir}/slaves/*/frameworks/*/executors/unwatched/runs/*/tasks`);
    const record = records.find(({ containerId }) => runs.some((path) => path.includes(containerId)));
    assert.ok(record !== undefined);
    process.kill(record.conmon.pid, "SIGKILL");
    await until("conmon is gone", () => !isAlive(record.conmon.pid));
    await one.startAgain(flags);
    assert.deepEqual(framework.states("unwatched"), ["TASK_STARTING", "TASK_RUNNING"]);
    one.go("unwatched");
    const { message } = await framework.sees("unwatched", "TASK_FAILED");
    assert.equal(message, "Failed to get exit status for Command");
    await nothingIsLeft();
  });

  void it("the neighbour never noticed", async () => {
    assert.deepEqual(one.framework.states("neighbour"), ["TASK_STARTING", "TASK_RUNNING"]);
    one.go("neighbour", 4);
    const { message } = await one.framework.sees("neighbour", "TASK_FAILED");
    assert.equal(message, "Command exited with status 4");
    await until("no cgroup is left", () => cgroupsOf(cgroupsRoot).length === 0);
  });
});

// What every launcher gives tasks with a terminal (`tty_info`): the same story with plain processes and with containers.
import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { it } from "node:test";
import type { ContainerID, ContainerInfo, TaskInfo } from "@mezzo/wire";
import { AttachedInput, AttachedOutput } from "./attached.ts";
import type { OneAgent } from "./one-agent.ts";
import { until } from "./until.ts";

/** Tells what is typed, the window's size, or that it was interrupted; ends with a status. */
export const TALK = [
  "trap 'echo interrupted' INT",
  "stty -echo",
  "echo ready",
  'while true; do read line || continue; case "$line" in size) stty size;; end) exit 3;; *) echo "got $line";; esac; done',
].join("; ");

/** More than buffers between task and client hold, in the kernel and elsewhere. */
const FLOOD_BYTES = 16_000_000;
const FLOOD = `read go; i=0; while [ $i -lt 16 ]; do printf %0${FLOOD_BYTES / 16}d 0; i=$((i+1)); done`;

type Task = Omit<TaskInfo, "agent_id">;

/** The tests, in a suite that has started `one()` with these flags, a short `--http_heartbeat_interval` among them. */
export function terminalStory(
  one: () => OneAgent,
  { flags, more = {} }: { flags: readonly string[]; more?: Partial<ContainerInfo> },
): void {
  const tty_info = { window_size: { rows: 33, columns: 44 } };
  const container: ContainerInfo = { type: "MESOS", tty_info, ...more };
  const task = (id: string, value: string, more: Partial<TaskInfo> = {}): Task =>
    one().framework.command(id, value, { container, ...more });

  const output = (path: string): string => {
    const [file = ""] = globSync(join(one().agent.workDir, "slaves/*/frameworks/*/executors", path));
    return readFileSync(file, "utf8");
  };

  async function idOf(taskId: string): Promise<ContainerID> {
    const { container_status } = await one().framework.sees(taskId, "TASK_RUNNING");
    assert.ok(container_status?.container_id);
    return container_status.container_id;
  }

  const of = (id: ContainerID): { address: string; id: ContainerID } => ({
    address: one().agent.address,
    id,
  });

  void it("a task has a terminal of the size that it names, and its sandbox gets what that shows", async () => {
    await one().launch([
      task("asks", "test -t 0 && test -t 1 && test -t 2 && stty size && ls -l /proc/self/fd/0"),
    ]);
    await one().framework.sees("asks", "TASK_FINISHED");
    assert.match(output("asks/runs/latest/stdout"), /^33 44\r\n.*\/dev\/pts\/\d+\r\n$/);
    assert.equal(output("asks/runs/latest/stderr"), "");
  });

  void it("several clients see it, one types, changes its size and interrupts", async () => {
    await one().launch([task("talks", TALK)]);
    const id = await idOf("talks");
    const [first, second] = await Promise.all([AttachedOutput.open(of(id)), AttachedOutput.open(of(id))]);
    const input = new AttachedInput(of(id));
    await input.heartbeat();
    await input.type("hello\n");
    for (const client of [first, second]) await client.sees("got hello\r\n");
    const refused = new AttachedInput(of(id));
    assert.deepEqual(await refused.answered, {
      status: 409,
      text: "Multiple input connections are not allowed",
    });
    await input.resize(11, 22);
    await input.type("size\n");
    await first.sees("11 22\r\n");
    await input.type("\u0003");
    await first.sees("interrupted");
    await until("both connections beat", () => first.heartbeats > 0 && second.heartbeats > 0);
    await input.type("end\n");
    assert.equal(
      (await one().framework.sees("talks", "TASK_FAILED")).message,
      "Command exited with status 3",
    );
    await Promise.all([first.ended, second.ended]);
    assert.equal((await input.answered).status, 200);
    assert.match(output("talks/runs/latest/stdout"), /got hello\r\n11 22\r\n/);
  });

  void it("a client that leaves may come again", async () => {
    await one().launch([task("visited", TALK)]);
    const id = await idOf("visited");
    const left = new AttachedInput(of(id));
    await left.type("once\n");
    await until("it was heard", () => output("visited/runs/latest/stdout").includes("got once"));
    await left.close();
    assert.equal((await left.answered).status, 200);
    const shown = await AttachedOutput.open(of(id));
    const input = new AttachedInput(of(id));
    await input.type("twice\n");
    await shown.sees("got twice");
    await one().framework.must({ type: "KILL", kill: { task_id: { value: "visited" } } });
    await one().framework.sees("visited", "TASK_KILLED");
    await shown.ended;
  });

  void it("a client that reads nothing holds up neither the task nor other clients", async () => {
    await one().launch([task("floods", `${FLOOD}; ${TALK}`), task("flooded", `${FLOOD}; exit 3`)]);
    for (const taskId of ["floods", "flooded"]) {
      const id = await idOf(taskId);
      const stalled = await AttachedOutput.open(of(id), { stalled: true });
      const shown = await AttachedOutput.open(of(id));
      const input = new AttachedInput(of(id));
      await input.type("go\n");
      if (taskId === "floods") {
        await shown.sees("ready");
        await one().framework.must({ type: "KILL", kill: { task_id: { value: taskId } } });
        await one().framework.sees(taskId, "TASK_KILLED");
      } else await one().framework.sees(taskId, "TASK_FAILED");
      await until("its sandbox has all", () => output(`${taskId}/runs/latest/stdout`).length > FLOOD_BYTES);
      await shown.ended;
      await stalled.close();
    }
  });

  void it("a task of a group has one, and the others have none", async () => {
    const plain = one().framework.command("plain", "test ! -t 1 && exec sleep 1000");
    await one().runGroup("terminals", [task("member", `test -t 0 && ${TALK}`), plain]);
    const id = await idOf("member");
    const shown = await AttachedOutput.open(of(id));
    const input = new AttachedInput(of(id));
    await input.type("size\n");
    await shown.sees("33 44\r\n");
    await assert.rejects(AttachedOutput.open(of(await idOf("plain"))), {
      message: "500: I/O switchboard server was disabled for this container",
    });
    await input.type("end\n");
    await one().framework.sees("member", "TASK_FAILED");
    await one().framework.sees("plain", "TASK_KILLED");
    assert.match(output(`terminals/runs/latest/containers/${id.value}/stdout`), /33 44\r\n/);
  });

  void it("an executor has one, too", async () => {
    const { executor, ...custom } = one().custom("executor");
    assert.ok(executor);
    await one().launch([{ ...custom, executor: { ...executor, container: { type: "MESOS", tty_info } } }]);
    const shown = await AttachedOutput.open(of(await idOf("executor")));
    one().go("executor");
    await one().framework.sees("executor", "TASK_FINISHED");
    await shown.close();
  });

  void it("a program that is not there is named", async () => {
    await one().launch([task("missing", "", { command: { shell: false, value: "/no/such" } })]);
    const { message } = await one().framework.sees("missing", "TASK_FAILED");
    const words = `${message} ${output("missing/runs/latest/stdout")}`;
    assert.match(words, /\/no\/such.*No such file or directory/is);
  });

  void it("a check finds its task, and the task its end", async () => {
    const health_check = {
      type: "COMMAND" as const,
      command: { value: "test -e healthy" },
      interval_seconds: 0.1,
      delay_seconds: 0,
      grace_period_seconds: 60,
    };
    await one().launch([task("checked", ": > healthy; exec sleep 1000", { health_check })]);
    await until("it is healthy", () =>
      one()
        .framework.updates("checked")
        .some(({ healthy }) => healthy),
    );
    await one().framework.must({ type: "KILL", kill: { task_id: { value: "checked" } } });
    await one().framework.sees("checked", "TASK_KILLED");
  });

  void it("terminal and task outlive a killed agent, and the next one attaches to them", async () => {
    await one().launch([task("stays", TALK), task("writes", "while sleep 0.05; do echo on; done")]);
    const id = await idOf("stays");
    const before = new AttachedInput(of(id));
    await before.resize(10, 20);
    await before.type("before\n");
    await until("it was heard", () => output("stays/runs/latest/stdout").includes("got before"));
    await idOf("writes");
    await one().kill();
    const length = output("writes/runs/latest/stdout").length;
    await until("what is written meanwhile is kept", () => {
      return output("writes/runs/latest/stdout").length > length + 20;
    });
    await one().startAgain(flags);
    const shown = await AttachedOutput.open(of(id));
    const input = new AttachedInput(of(id));
    await input.type("size\n");
    await shown.sees("10 20\r\n");
    await input.type("end\n");
    const { message } = await one().framework.sees("stays", "TASK_FAILED");
    assert.equal(message, "Command exited with status 3");
    await shown.ended;
    await one().framework.must({ type: "KILL", kill: { task_id: { value: "writes" } } });
    await one().framework.sees("writes", "TASK_KILLED");
  });
}

// A check that never ends, and starts what ends no sooner: part of several stories, since every launcher ends it in its own way.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { TaskInfo } from "@mezzo/wire";
import type { OneAgent } from "./one-agent.ts";
import { commandLine } from "./processes.ts";
import { until } from "./until.ts";

/** Checks that hang, one after the other. */
const TRIES = 5;

/** Runs a task whose check hangs each time; no more processes are there than one check has. Ends the task. */
export async function hangAgainAndAgain(one: OneAgent): Promise<void> {
  const { framework } = one;
  const tries = join(one.story.folder, "tries");
  const value = `echo x >> ${tries}; setsid sleep 1001 & sleep 1001`;
  const check: Partial<TaskInfo> = {
    check: {
      type: "COMMAND",
      command: { command: { value } },
      delay_seconds: 0,
      interval_seconds: 0.05,
      timeout_seconds: 0.25,
    },
  };
  await one.launch([framework.command("checked", "exec sleep 1000", check)]);
  await until("it was checked many times", () => readFileSync(tries, "utf8").length >= 2 * TRIES);
  const left = one.taskProcesses().filter((pid) => commandLine(pid) === "sleep 1001");
  assert.ok(left.length <= 2, `${left.length} processes, where one check has two`);
  await framework.must({ type: "KILL", kill: { task_id: { value: "checked" } } });
  await framework.sees("checked", "TASK_KILLED");
}

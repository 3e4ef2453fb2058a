// What ended tasks of a group leave is removed while their executor runs on, also when the agent is started again meanwhile.
import assert from "node:assert/strict";
import { existsSync, globSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { OneAgent } from "../support/one-agent.ts";
import { Story } from "../support/story.ts";
import { until } from "../support/until.ts";

const flags = ["--gc_non_executor_container_sandboxes", "--disk_watch_interval=100ms"];
const soon = [...flags, "--gc_delay=1secs", "--gc_disk_headroom=0"];
const late = [...flags, "--gc_delay=1weeks"];

void test("sandboxes of ended tasks go, that of a task which runs stays", async (t) => {
  const one = await OneAgent.start(new Story(t), soon);
  const { framework } = one;
  const within = async (id: string): Promise<string> => {
    const { container_status: status } = await framework.sees(id, "TASK_STARTING");
    const { value = "", parent } = status?.container_id ?? {};
    const pattern = `${one.agent.workDir}/slaves/*/frameworks/*/executors/*/runs/${parent?.value ?? ""}`;
    const [executor = ""] = globSync(pattern);
    return join(executor, "containers", value);
  };
  await one.runGroup("group", [one.command("long")]);
  await one.runGroup("group", [one.command("short")]);
  const [long, short] = [await within("long"), await within("short")];
  one.go("short");
  await framework.sees("short", "TASK_FINISHED");
  await until("its sandbox is removed", () => !existsSync(short));
  assert.ok(existsSync(join(long, "stdout")));

  // The next one ends under an agent that would keep it for long, and the one after that is told otherwise.
  await one.kill();
  await one.startAgain(late);
  await one.runGroup("group", [one.command("later")]);
  const later = await within("later");
  one.go("later");
  await framework.sees("later", "TASK_FINISHED");
  assert.ok(existsSync(later));
  await one.kill();
  await one.startAgain(soon);
  await until("its sandbox is removed, too", () => !existsSync(later));
  assert.ok(existsSync(join(long, "stdout")));
  one.go("long");
  await framework.sees("long", "TASK_FINISHED");
});

// Paths of `/files` into sandboxes of executors that are over.
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test } from "node:test";
import type { Caller } from "../../authorization/caller.ts";
import { executorPath } from "../../sandbox/paths.ts";
import { AgentScript, executorTask } from "../../testing/agent-script.ts";
import { agentFiles } from "./virtual-path.ts";

/** Runs a task of the executor to its end; what it wrote is its task's id. */
function runToEnd(script: AgentScript, { task, user }: { task: string; user: string }): string {
  script.runTask(executorTask(task, "e", { command: { value: "run", user } }));
  script.launched("e");
  const { directory } = script.executor("e");
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, "stdout"), task);
  script.exited("e", { exitCode: 1 });
  script.acknowledge(task);
  return directory;
}

void test("agentFiles() shows what was written until it is removed, not until it is no longer listed", async (context) => {
  const workDir = mkdtempSync(join(tmpdir(), "mezzo-files-"));
  context.after(() => rmSync(workDir, { recursive: true }));
  const access_sandboxes = [
    { principals: { values: ["ops"] }, users: { values: ["alice"] } },
    { principals: { type: "NONE" as const }, users: { type: "ANY" as const } },
  ];
  const acls = { access_sandboxes };
  const script = new AgentScript({ workDir, acls, maxCompletedExecutorsPerFramework: 1 }).register();
  const first = runToEnd(script, { task: "t1", user: "alice" });
  const second = runToEnd(script, { task: "t2", user: "bob" });
  const third = runToEnd(script, { task: "t3", user: "alice" });
  assert.equal(script.state.completedFrameworks[0]?.completedExecutors.length, 1);
  const ops: Caller = { principal: "ops", claims: {} };
  const kindsOf = async (caller: Caller | undefined = ops): Promise<string[]> => {
    const latest = "/frameworks/F/executors/e/runs/latest";
    const paths = [first, second, third, `${dirname(third)}/latest`, latest];
    const found = paths.map((path) => agentFiles(script.state, caller).resolve(`${path}/stdout`));
    return (await Promise.all(found)).map(({ kind }) => kind);
  };
  assert.deepEqual(await kindsOf(), ["found", "forbidden", "found", "found", "found"]);
  assert.deepEqual(new Set(await kindsOf({ principal: "eve", claims: {} })), new Set(["forbidden"]));
  const attached = agentFiles(script.state, ops).attached();
  assert.equal(attached["/frameworks/F/executors/e/runs/latest"], third);
  assert.equal(attached[first], first);
  script.input({ type: "directoryRemoved", path: first });
  script.input({ type: "directoryRemoved", path: join(third, "containers", "nested") });
  assert.deepEqual(await kindsOf(), ["missing", "forbidden", "found", "found", "found"]);
  const executor = { agentId: "A", frameworkId: "F", executorId: "e" };
  script.input({ type: "directoryRemoved", path: executorPath(join(workDir, "meta"), executor) });
  assert.equal((await kindsOf())[2], "found", "checkpoints are no sandboxes");
  script.input({ type: "directoryRemoved", path: executorPath(workDir, executor) });
  assert.deepEqual(new Set(await kindsOf()), new Set(["missing"]));
});

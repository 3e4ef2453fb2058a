// Where things lie in the work directory and the runtime directory, and how paths are read back.
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  containerRuntimePath,
  executorPath,
  executorRunPath,
  executorVirtualPath,
  forkedPidPath,
  frameworkPath,
  metaDirOf,
  parseExecutorRunPath,
  parseRunsPath,
  persistentVolumePath,
  taskUpdatesPath,
} from "./paths.ts";

const framework = { agentId: "A-S0", frameworkId: "F-0" };
const executor = { ...framework, executorId: "e" };
const run = { ...executor, containerId: "c" };

void test("paths follow the layout of Mesos", () => {
  assert.equal(executorRunPath("/w", run), "/w/slaves/A-S0/frameworks/F-0/executors/e/runs/c");
  assert.equal(
    taskUpdatesPath(metaDirOf("/w"), { ...run, taskId: "t" }),
    "/w/meta/slaves/A-S0/frameworks/F-0/executors/e/runs/c/tasks/t/task.updates",
  );
  assert.equal(forkedPidPath("/m", run), "/m/slaves/A-S0/frameworks/F-0/executors/e/runs/c/pids/forked.pid");
  assert.equal(executorVirtualPath(run), "/frameworks/F-0/executors/e/runs/latest");
  assert.equal(
    persistentVolumePath("/w", { role: "eng/web", persistenceId: "p" }),
    "/w/volumes/roles/eng web/p",
  );
  assert.equal(containerRuntimePath("/r", ["a", "b"]), "/r/containers/a/containers/b");
});

void test("path functions refuse an id that would leave its directory", () => {
  for (const id of ["", ".", "..", "a/b", "a\0b"]) {
    assert.throws(() => executorRunPath("/w", { ...run, executorId: id }), RangeError);
  }
});

void test("parseExecutorRunPath() is the inverse of executorRunPath()", () => {
  assert.deepEqual(parseExecutorRunPath("/w", executorRunPath("/w", run)), run);
  assert.deepEqual(parseExecutorRunPath("/w/", `${executorRunPath("/w", run)}/stdout`), run);
  assert.equal(parseExecutorRunPath("/w", "/elsewhere/slaves/a"), undefined);
  assert.equal(parseExecutorRunPath("/w", "/w/slaves/a/frameworks/f"), undefined);
});

void test("parseRunsPath() tells which runs a directory holds, and nothing of what lies within one", () => {
  assert.deepEqual(parseRunsPath("/w", executorRunPath("/w", run)), run);
  assert.deepEqual(parseRunsPath("/w/", executorPath("/w", executor)), executor);
  assert.deepEqual(parseRunsPath("/w", frameworkPath("/w", framework)), framework);
  for (const path of [
    "/w/slaves/A",
    "/x/slaves/A/frameworks/F",
    `${executorRunPath("/w", run)}/containers/n`,
  ]) {
    assert.equal(parseRunsPath("/w", path), undefined, path);
  }
  assert.equal(parseRunsPath("/w", executorRunPath(metaDirOf("/w"), run)), undefined);
});

// Which outputs are rotated, and how each.
import assert from "node:assert/strict";
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import type { Environment } from "@mezzo/wire";
import { silentLogger } from "../../../core/logger.ts";
import { ManualClock } from "../../../net/testing/manual-clock.ts";
import type { LaunchedContainer } from "../../launched/launched-container.ts";
import { AgentScript, commandTask } from "../../testing/agent-script.ts";
import { memberContainer, runGroup, sandboxPrepared } from "../../testing/group-script.ts";
import { LogWatch, type WatchedSandbox } from "./log-watch.ts";
import { readRotation, type LogRotation } from "./rotation.ts";
import { sandboxesOf, sandboxOfLaunched } from "./watched-sandboxes.ts";

const SIZE = 8192;

function agentRotation(): LogRotation {
  const read = readRotation(
    new Map([
      ["max_stdout_size", "4KB"],
      ["logrotate_stdout_options", "rotate 1"],
    ]),
  );
  assert.ok(read.ok);
  return read.value;
}

const upTo = (size: string): Environment => ({
  variables: [
    { name: "CONTAINER_LOGGER_MAX_STDOUT_SIZE", value: size },
    { name: "OTHER", value: "x" },
  ],
});

void test(
  "LogWatch rotates each sandbox by the environment of its own command, and follows no links out of one",
  { timeout: 10_000 },
  async (context) => {
    const folder = mkdtempSync(join(tmpdir(), "mezzo-log-watch-"));
    context.after(() => rmSync(folder, { recursive: true }));
    const root = join(folder, "root");
    const write = (path: string): void => {
      mkdirSync(join(folder, path), { recursive: true });
      writeFileSync(join(folder, path, "stdout"), "x".repeat(SIZE));
    };
    for (const path of ["root", "root/containers/a", "root/containers/b", "elsewhere"]) write(path);
    symlinkSync(join(folder, "elsewhere"), join(root, "containers/c"));
    const sandboxes: WatchedSandbox[] = [
      { path: root },
      { path: join(root, "containers/a"), environment: upTo("1MB") },
      { path: join(root, "containers/none") },
      { path: join(root, "containers/c") },
      { path: join(root, "containers/b") },
    ];
    const clock = new ManualClock();
    const watch = new LogWatch(agentRotation(), { clock, logger: silentLogger, sandboxes: () => sandboxes });
    watch.start();
    context.after(() => watch.close());
    clock.advance(1000);
    while (!existsSync(join(root, "containers/b/stdout.1"))) {
      context.signal.throwIfAborted();
      await new Promise(setImmediate);
    }
    watch.close();
    const rotated = ["root", "root/containers/a", "elsewhere"].filter((path) =>
      existsSync(join(folder, path, "stdout.1")),
    );
    assert.deepEqual(rotated, ["root"]);
  },
);

void test("sandboxesOf() gives each task of a group what its own command says", () => {
  const agent = new AgentScript({ logRotation: agentRotation() }).register();
  const tasks = [
    commandTask("a", { command: { value: "true", environment: upTo("1MB") } }),
    commandTask("b"),
  ];
  runGroup(agent, tasks, { executor: { command: { environment: upTo("2MB") } } });
  sandboxPrepared(agent);
  const executor = agent.executor("d");
  const [own, a, b] = sandboxesOf(executor);
  const pathOf = (task: string): string =>
    join(executor.directory, "containers", memberContainer(agent, task));
  assert.deepEqual(own, { path: executor.directory, environment: upTo("2MB") });
  assert.deepEqual(a, {
    path: pathOf("a"),
    environment: { variables: [{ name: "CONTAINER_LOGGER_MAX_STDOUT_SIZE", value: "1MB" }] },
  });
  assert.deepEqual(b, { path: pathOf("b"), environment: undefined });
});

void test("sandboxOfLaunched() finds containers over the API, nested or alone", () => {
  const sandboxOf = (id: LaunchedContainer["record"]["id"], sandbox: string): WatchedSandbox => {
    const record = { id, sandbox, environment: { A: "1" }, resources: [], tied: false };
    return sandboxOfLaunched({ record } as unknown as LaunchedContainer);
  };
  const environment = { variables: [{ name: "A", value: "1" }] };
  assert.deepEqual(sandboxOf({ value: "s" }, "/w/containers/s"), { path: "/w/containers/s", environment });
  assert.deepEqual(
    sandboxOf({ value: "b", parent: { value: "a", parent: { value: "r" } } }, "/x/containers/a/containers/b"),
    { path: "/x/containers/a/containers/b", environment },
  );
});

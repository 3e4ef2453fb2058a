// What the runner says of containers, with a containerizer that refuses whatever it is asked.
import assert from "node:assert/strict";
import { setImmediate } from "node:timers/promises";
import { test } from "node:test";
import type { Containerizer, RecoveredContainer } from "../containerizer/containerizer.ts";
import type { AgentInput } from "../inputs.ts";
import { ContainerRunner } from "./container-runner.ts";

const run = { frameworkId: "F", executorId: "e", containerId: "c" };

function runnerOf(reports: AgentInput[]): ContainerRunner {
  const containerizer: Containerizer = {
    launch: () => Promise.reject(new Error("no launch")),
    kill: () => Promise.resolve(true),
    update: () => Promise.reject(new Error("no room")),
    destroy: () => Promise.resolve(),
    recover: (containers: RecoveredContainer[]) =>
      Promise.resolve(containers.map(({ containerId }) => containerId)),
    usage: () => Promise.resolve(undefined),
    onExit: () => undefined,
    close: () => Promise.resolve(),
  };
  return new ContainerRunner(
    { runtimeDir: "/r", workDir: "/w" },
    {
      containerizer,
      fetcher: { fetch: () => Promise.resolve(), cancel: () => undefined },
      terminals: { open: () => undefined },
      tryOnce: () => Promise.resolve(undefined),
      report: (input) => reports.push(input),
    },
  );
}

void test("update() reports what is refused, unless the container is being ended for its limit", async () => {
  const reports: AgentInput[] = [];
  const runner = runnerOf(reports);
  await runner.recover([run], []);
  runner.update({ ...run, amounts: { resources: [] } });
  await setImmediate();
  const refused = { type: "containerUpdateFailed", ...run, message: "no room" };
  assert.deepEqual(reports, [refused]);
  runner.limit(run.containerId, { message: "Too much" });
  runner.update({ ...run, amounts: { resources: [] } });
  await setImmediate();
  assert.deepEqual(reports, [refused]);
});

// Metrics that depend on what an agent has and runs.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { ContainerInfo } from "@mezzo/wire";
import { AgentScript, commandTask } from "../testing/agent-script.ts";
import { metricValues, type MetricSources } from "./metrics.ts";

const SOURCES: MetricSources = {
  now: 0,
  system: { cpus: 1, load: [], freeBytes: 0, totalBytes: 0 },
  fetches: { succeeded: 0, failed: 0 },
  removals: { succeeded: 0, failed: 0, pending: 0 },
  diskUsage: 0,
  recoveryMs: 0,
  cachedBytes: 0,
  containerizer: [],
};

const NEW_ROOTFS = "containerizer/mesos/filesystem/containers_new_rootfs";

test("metricValues() counts containers with images where there is an isolator for them", () => {
  const container: ContainerInfo = {
    type: "MESOS",
    mesos: { image: { type: "DOCKER", docker: { name: "app" } } },
  };
  const count = (isolation: string): number | undefined => {
    const agent = new AgentScript({ isolation }).register();
    for (const [id, more] of Object.entries({ a: { container }, b: { container }, c: {} })) {
      agent.runTask(commandTask(id, more));
      agent.launched(id);
    }
    agent.exited("b", { exitCode: 0 });
    return metricValues(agent.state, SOURCES).get(NEW_ROOTFS);
  };
  assert.equal(count("cgroups/mem,filesystem/linux"), 1);
  assert.equal(count("posix/cpu,posix/mem"), undefined);
});

test("metricValues() has keys of parts that count nothing, and their counts where they do", () => {
  const agent = new AgentScript().register();
  const key = "containerizer/mesos/provisioner/remove_container_errors";
  assert.equal(metricValues(agent.state, SOURCES).get(key), 0);
  const counted = { ...SOURCES, containerizer: [[key, 2] as [string, number]] };
  assert.equal(metricValues(agent.state, counted).get(key), 2);
});

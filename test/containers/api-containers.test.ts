// Containers over the API of an agent with the linux launcher: their limits, their outputs, and how their ends are told.
import assert from "node:assert/strict";
import { readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import type { AgentCall, AgentResponse, ContainerID } from "@mezzo/wire";
import { startAgent, startMaster } from "../stories/support/cluster.ts";
import { Story } from "../stories/support/story.ts";
import { until } from "../stories/support/until.ts";
import { removeCgroups } from "./support/machine.ts";
import { resources } from "./support/containers.ts";

const MEGABYTE = 1024 * 1024;

/** An agent's API. */
async function startApi(
  t: TestContext,
  flags: readonly string[] = [],
): Promise<{ call: (call: AgentCall) => Promise<AgentResponse>; workDir: string }> {
  const cgroupsRoot = `mezzo-story-${process.pid}-${Math.trunc(performance.now())}`;
  t.after(() => removeCgroups(cgroupsRoot));
  const story = new Story(t);
  const master = await startMaster(story);
  const linux = [
    "--launcher=linux",
    "--isolation=cgroups/cpu,cgroups/mem,filesystem/linux",
    `--cgroups_root=${cgroupsRoot}`,
  ];
  const { address, workDir } = await startAgent(story, master, { flags: [...linux, ...flags] });
  const call = async (body: AgentCall): Promise<AgentResponse> => {
    const answer = await fetch(`http://${address}/api/v1`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
    const text = await answer.text();
    assert.equal(answer.status, 200, text);
    return text === "" ? {} : JSON.parse(text);
  };
  return { call, workDir };
}

void test("a container's limits are those of the call, not its requests", async (t) => {
  const { call } = await startApi(t);
  const container_id: ContainerID = { value: "limited" };
  await call({
    type: "LAUNCH_CONTAINER",
    launch_container: {
      container_id,
      command: { value: "sleep 1000" },
      resources: resources({ cpus: 0.1, mem: 64 }),
      limits: { cpus: { value: 2 }, mem: { value: 128 } },
    },
  });
  const { get_containers } = await call({
    type: "GET_CONTAINERS",
    get_containers: { show_standalone: true },
  });
  const statistics = get_containers?.containers?.[0]?.resource_statistics;
  assert.equal(statistics?.mem_limit_bytes, 128 * MEGABYTE);
  assert.equal(statistics?.mem_soft_limit_bytes, 64 * MEGABYTE);
  assert.equal(statistics?.cpus_limit, 2);
  // Nothing remains of one that is over: who wants to know waits before.
  const waited = call({ type: "WAIT_CONTAINER", wait_container: { container_id } });
  await call({ type: "KILL_CONTAINER", kill_container: { container_id } });
  assert.deepEqual((await waited).wait_container, { exit_status: 9 });
});

void test("a container that ran out of memory tells so", async (t) => {
  const { call, workDir } = await startApi(t);
  const alone: ContainerID = { value: "alone" };
  const command = { value: "until test -e go; do sleep 0.05; done; tail -c 200m /dev/zero | tail" };
  await call({
    type: "LAUNCH_CONTAINER",
    launch_container: { container_id: alone, command, resources: resources({ mem: 40 }) },
  });
  const waited = call({ type: "WAIT_CONTAINER", wait_container: { container_id: alone } });
  writeFileSync(join(workDir, "containers/alone/go"), "");
  const { wait_container: end } = await waited;
  assert.deepEqual([end?.state, end?.reason], ["TASK_FAILED", "REASON_CONTAINER_LIMITATION_MEMORY"]);
  assert.equal(end?.limitation?.resources?.[0]?.name, "mem");
});

void test("outputs are rotated, alone or nested, by the environment of each command", async (t) => {
  const parameters = [
    { key: "max_stdout_size", value: "1MB" },
    { key: "logrotate_stdout_options", value: "rotate 2" },
  ];
  const name = "org_apache_mesos_LogrotateContainerLogger";
  const modules = JSON.stringify({ libraries: [{ modules: [{ name, parameters }] }] });
  const { call, workDir } = await startApi(t, [`--container_logger=${name}`, `--modules=${modules}`]);
  const endless = { value: "while :; do head -c 262144 /dev/zero; sleep 0.02; done" };
  const variables = [{ name: "CONTAINER_LOGGER_LOGROTATE_STDOUT_OPTIONS", value: "rotate 1" }];
  const alone: ContainerID = { value: "alone" };
  await call({
    type: "LAUNCH_CONTAINER",
    launch_container: { container_id: alone, command: { ...endless, environment: { variables } } },
  });
  const nested: ContainerID = { value: "nested", parent: alone };
  await call({
    type: "LAUNCH_NESTED_CONTAINER",
    launch_nested_container: { container_id: nested, command: endless },
  });
  const sandbox = join(workDir, "containers", "alone");
  const outputs = (folder: string): string[] =>
    readdirSync(folder).filter((file) => file.startsWith("stdout"));
  await until("the nested one is rotated", () => outputs(join(sandbox, "containers/nested")).length === 3);
  await until("so is the other", () => outputs(sandbox).length > 1);
  assert.deepEqual(outputs(sandbox).toSorted(), ["stdout", "stdout.1"]);
  assert.ok(statSync(join(sandbox, "stdout.1")).size <= MEGABYTE);
  const waited = call({ type: "WAIT_CONTAINER", wait_container: { container_id: alone } });
  await call({ type: "KILL_CONTAINER", kill_container: { container_id: alone } });
  await waited;
});

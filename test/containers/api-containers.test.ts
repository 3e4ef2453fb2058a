// Containers over the API of an agent with the linux launcher: their limits, and how their ends are told.
import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import type { AgentCall, AgentResponse, ContainerID } from "@mezzo/wire";
import { startAgent, startMaster } from "../stories/support/cluster.ts";
import { Story } from "../stories/support/story.ts";
import { removeCgroups } from "./support/machine.ts";
import { resources } from "./support/containers.ts";

const MEGABYTE = 1024 * 1024;

/** An agent's API. */
async function startApi(
  t: TestContext,
  flags: readonly string[] = [],
): Promise<(call: AgentCall) => Promise<AgentResponse>> {
  const cgroupsRoot = `mezzo-story-${process.pid}-${Math.trunc(performance.now())}`;
  t.after(() => removeCgroups(cgroupsRoot));
  const story = new Story(t);
  const master = await startMaster(story);
  const linux = [
    "--launcher=linux",
    "--isolation=cgroups/cpu,cgroups/mem,filesystem/linux",
    `--cgroups_root=${cgroupsRoot}`,
  ];
  const { address } = await startAgent(story, master, { flags: [...linux, ...flags] });
  return async (body) => {
    const answer = await fetch(`http://${address}/api/v1`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
    const text = await answer.text();
    assert.equal(answer.status, 200, text);
    return text === "" ? {} : JSON.parse(text);
  };
}

void test("a container's limits are those of the call, not its requests", async (t) => {
  const call = await startApi(t);
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
  await call({ type: "KILL_CONTAINER", kill_container: { container_id } });
  const { wait_container: end } = await call({ type: "WAIT_CONTAINER", wait_container: { container_id } });
  assert.deepEqual(end, { exit_status: 9 });
});

void test("a container that ran out of memory tells so", async (t) => {
  const call = await startApi(t);
  const alone: ContainerID = { value: "alone" };
  const command = { value: "tail -c 200m /dev/zero | tail" };
  await call({
    type: "LAUNCH_CONTAINER",
    launch_container: { container_id: alone, command, resources: resources({ mem: 40 }) },
  });
  const { wait_container: end } = await call({
    type: "WAIT_CONTAINER",
    wait_container: { container_id: alone },
  });
  assert.deepEqual([end?.state, end?.reason], ["TASK_FAILED", "REASON_CONTAINER_LIMITATION_MEMORY"]);
  assert.equal(end?.limitation?.resources?.[0]?.name, "mem");
});

// GET_CONTAINERS of an agent with a group of two, a container inside one of them, a standalone one, and one inside that.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { AgentCallGetContainers, ContainerID } from "@mezzo/wire";
import type { Containerizer } from "../../containerizer/containerizer.ts";
import { containerName } from "../../launched/container-name.ts";
import type { LaunchedContainers } from "../../launched/launched-containers.ts";
import { AgentScript, commandTask, FRAMEWORK } from "../../testing/agent-script.ts";
import { getContainers } from "./get-containers.ts";

const agent = new AgentScript().register();
agent.message("RunTaskGroupMessage", {
  framework: { user: "root", name: "f", id: { value: FRAMEWORK }, checkpoint: true },
  executor: { type: "DEFAULT", executor_id: { value: "d" }, framework_id: { value: FRAMEWORK } },
  task_group: { tasks: [commandTask("a"), commandTask("b")] },
  launch_executor: true,
});
const { containerId: group } = agent.executor("d");
agent.input({ type: "containerLaunched", frameworkId: FRAMEWORK, executorId: "d", containerId: group });
const [a = "", b = ""] = [...(agent.executor("d").group?.runs.keys() ?? [])];

const own: ContainerID = { value: "own" };
const inOwn: ContainerID = { value: "in-own", parent: own };
const inMember: ContainerID = { value: "in-a", parent: { value: a, parent: { value: group } } };
const launched = {
  // The last two are of before the agent's restart: their process ids are not remembered.
  list: () =>
    [own, inOwn, inMember].map((id) => ({
      record: { id },
      name: containerName(id),
      ...(id === own && { pid: 1 }),
    })),
} as unknown as LaunchedContainers;
const containerizer = {
  usage: (id: string) =>
    id === containerName(inOwn)
      ? Promise.reject(new Error("away"))
      : Promise.resolve({ timestamp: 3, mem_rss_bytes: 10 }),
  leaderOf: () => 7,
  networksOf: (id: string) => (id === b ? [{ name: "blue" }] : []),
} as unknown as Containerizer;

async function shown(get_containers: AgentCallGetContainers): Promise<unknown[]> {
  const answer = await getContainers(
    { state: agent.state, containerizer, launched, now: 9000 },
    { type: "GET_CONTAINERS", get_containers },
  );
  return (answer.get_containers?.containers ?? []).map(
    ({ container_id, executor_id, container_status: status, resource_statistics: usage }) => [
      container_id?.value,
      executor_id?.value,
      status,
      usage,
    ],
  );
}

const measured = { timestamp: 3, mem_rss_bytes: 10 };
const whole = [
  group,
  "d",
  { container_id: { value: group } },
  { timestamp: 3, mem_rss_bytes: 20, cpus_soft_limit: 1 },
];
const standalone = ["own", undefined, { container_id: own, executor_pid: 1 }, measured];
const nested = [
  ["in-own", undefined, { container_id: inOwn, executor_pid: 7 }, { timestamp: 9 }],
  ["in-a", undefined, { container_id: inMember, executor_pid: 7 }, measured],
  [a, undefined, { container_id: { value: a, parent: { value: group } }, executor_pid: 7 }, measured],
  [
    b,
    undefined,
    {
      container_id: { value: b, parent: { value: group } },
      executor_pid: 7,
      network_infos: [{ name: "blue" }],
    },
    measured,
  ],
];

test("getContainers() shows executors alone unless it is asked for more", async () => {
  assert.deepEqual(await shown({}), [whole]);
});

test("getContainers() shows those that stand alone when it is asked to", async () => {
  assert.deepEqual(await shown({ show_standalone: true }), [whole, standalone]);
});

test("getContainers() shows those inside others, members of groups among them, when it is asked to", async () => {
  assert.deepEqual(await shown({ show_nested: true }), [whole, ...nested]);
});

test("getContainers() shows all of them", async () => {
  assert.deepEqual(await shown({ show_nested: true, show_standalone: true }), [whole, standalone, ...nested]);
});

// What is shown of containers when there is none, or no figures.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { ResourceStatistics } from "@mezzo/wire";
import type { Containerizer } from "../containerizer/containerizer.ts";
import { AgentScript, commandTask } from "../testing/agent-script.ts";
import { containerModel, measureContainers, statisticsModel } from "./containers.ts";

const measuring = (usage: (id: string) => Promise<ResourceStatistics | undefined>): Containerizer =>
  ({ usage }) as unknown as Containerizer;

test("measureContainers() shows nothing of an agent without executors", async () => {
  const { state } = new AgentScript().register();
  const containerizer = measuring(() => assert.fail());
  assert.deepEqual(await measureContainers({ state, containerizer }), []);
});

test("measureContainers() leaves out the figures that cannot be had, and no container", async () => {
  const agent = new AgentScript().register();
  for (const id of ["a", "b", "c"]) {
    agent.runTask(commandTask(id));
    agent.launched(id);
  }
  const [away, over] = [agent.executor("a").containerId, agent.executor("b").containerId];
  const containerizer = measuring((id) => {
    if (id === away) return Promise.reject(new Error("the daemon is away"));
    return Promise.resolve(id === over ? undefined : { timestamp: 1, cpus_limit: 2 });
  });
  const found = await measureContainers({ state: agent.state, containerizer });
  assert.deepEqual(
    found.map(({ executor, statistics }) => [executor.id, statistics?.cpus_limit]),
    [
      ["a", undefined],
      ["b", undefined],
      ["c", 2],
    ],
  );
  assert.equal(found.map(containerModel).length, 3);
  assert.equal(found.flatMap(statisticsModel).length, 1);
});

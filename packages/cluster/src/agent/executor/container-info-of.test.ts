// `--default_container_info`: what executors are launched as that bring no ContainerInfo.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { ContainerInfo } from "@mezzo/wire";
import type { Containerizer } from "../containerizer/containerizer.ts";
import { placeContainer, type ContainerPlace } from "../launched/place-container.ts";
import { containersToRecover } from "../run/containers-of.ts";
import { AgentScript, commandTask, executorTask } from "../testing/agent-script.ts";
import { runGroup, sandboxPrepared } from "../testing/group-script.ts";

const given: ContainerInfo = { type: "MESOS", network_infos: [{ name: "net" }] };
const own: ContainerInfo = { type: "MESOS", linux_info: { share_pid_namespace: true } };

const newAgent = (): AgentScript => new AgentScript({ defaultContainerInfo: given }).register();

/** What the effects of the last input launch. */
const launchesOf = ({ effects }: AgentScript): (ContainerInfo | undefined)[] =>
  effects.flatMap((effect) =>
    effect.type === "launchContainer" ? [effect.nested?.parentContainer ?? effect.container] : [],
  );

/** A container that is launched over the API within the executor's. */
function placeWithin(agent: AgentScript, executorId: string): ContainerPlace {
  const parent = { value: agent.executor(executorId).containerId };
  const containerizer: Partial<Containerizer> = {};
  return placeContainer(
    { id: { value: "n", parent }, command: { value: "true" }, session: false },
    { state: agent.state, containerizer: containerizer as Containerizer, launched: new Map() },
  );
}

void test("custom executors and command tasks are launched as --default_container_info says, unless they bring their own", () => {
  const agent = newAgent();
  agent.runTask(executorTask("t1", "e1"));
  assert.deepEqual(launchesOf(agent), [given]);
  agent.runTask(executorTask("t2", "e2", { container: own }));
  assert.deepEqual(launchesOf(agent), [own]);
  agent.runTask(commandTask("t3"));
  assert.deepEqual(launchesOf(agent), [given]);
  assert.deepEqual(
    containersToRecover(agent.state).map(({ container }) => container),
    [given, own, given],
  );
  assert.equal(agent.executor("e1").info.container, undefined, "what is shown of it stays as it came");
});

void test("so is the built-in default executor, as what is nested in it finds", () => {
  for (const container of [undefined, own]) {
    const agent = newAgent();
    runGroup(agent, [commandTask("a")], container && { executor: { container } });
    sandboxPrepared(agent);
    assert.deepEqual(launchesOf(agent), [container ?? given]);
    assert.deepEqual(placeWithin(agent, "d").parentContainer, container ?? given);
  }
});

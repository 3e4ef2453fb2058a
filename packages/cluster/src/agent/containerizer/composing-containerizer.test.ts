// Two ways to run containers that do nothing, behind one.
import assert from "node:assert/strict";
import { test } from "node:test";
import { ComposingContainerizer } from "./composing-containerizer.ts";
import type { ContainerConfig, Containerizer } from "./containerizer.ts";

const config = (containerId: string, more: Partial<ContainerConfig> = {}): ContainerConfig => ({
  containerId,
  command: { value: "true" },
  environment: {},
  sandbox: "/s",
  runtimeDir: "/r",
  resources: [],
  ...more,
});

/** What is updated there fails with its name; without one nothing can be. */
function containerizer(name?: string): Containerizer {
  return {
    launch: () => Promise.resolve({ pid: 1 }),
    kill: () => Promise.resolve(true),
    ...(name !== undefined && {
      update: (containerId) => Promise.reject(new Error(`${name} refuses ${containerId}`)),
    }),
    destroy: () => Promise.resolve(),
    recover: () => Promise.resolve([]),
    usage: () => Promise.resolve(undefined),
    onExit: () => undefined,
    close: () => Promise.resolve(),
  };
}

void test("update() fails as it does where the container is, or where it might be", async () => {
  const composing = new ComposingContainerizer([
    {
      name: "docker",
      containerizer: containerizer("docker"),
      takes: (container) => container?.type === "DOCKER",
    },
    { name: "mesos", containerizer: containerizer(), takes: () => true },
  ]);
  await composing.launch(config("a", { container: { type: "DOCKER" } }));
  await composing.launch(config("b"));
  await assert.rejects(composing.update("a", { resources: [] }), /^Error: docker refuses a$/);
  await composing.update("b", { resources: [] });
  await assert.rejects(composing.update("group", { resources: [] }), /^Error: docker refuses group$/);
});

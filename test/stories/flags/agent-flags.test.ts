// What an agent's flags say, as it arrives: the environment in a task, the fault domain at the master.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { DomainInfo } from "@mezzo/wire";
import { getJson, sandboxOf, startAgent, startMaster } from "../support/cluster.ts";
import { Framework } from "../support/framework.ts";
import { Story } from "../support/story.ts";

const domainOf = (zone: string): DomainInfo => ({
  fault_domain: { region: { name: "north" }, zone: { name: zone } },
});

void test("--executor_environment_variables reach a task, --domain the master", async (t) => {
  const story = new Story(t);
  const master = await startMaster(story, { flags: [`--domain=${JSON.stringify(domainOf("one"))}`] });
  const variables = { GREETING: "hello", PATH: "/usr/bin:/bin:/given" };
  const agent = await startAgent(story, master, {
    flags: [
      `--domain=${JSON.stringify(domainOf("two"))}`,
      `--executor_environment_variables=${JSON.stringify(variables)}`,
    ],
    env: { OF_THE_AGENT: "1" },
  });
  const { slaves } = await getJson<{ slaves: { id: string; domain?: DomainInfo }[] }>(
    master.address,
    "/slaves",
  );
  assert.deepEqual(
    slaves.map(({ id, domain }) => [id, domain]),
    [[agent.id, domainOf("two")]],
  );
  const framework = new Framework({ master: master.address });
  await framework.subscribe();
  const environment = { variables: [{ name: "OWN", value: "mine" }] };
  await framework.launch([framework.command("env", "env", { command: { value: "env", environment } })]);
  await framework.sees("env", "TASK_FINISHED");
  const sandbox = sandboxOf(agent, { frameworkId: framework.id, executorId: "env" });
  const lines = readFileSync(join(sandbox, "stdout"), "utf8").split("\n");
  for (const line of ["GREETING=hello", "PATH=/usr/bin:/bin:/given", "OWN=mine"]) {
    assert.ok(lines.includes(line), `${line} is not among ${lines.join(", ")}`);
  }
  assert.ok(!lines.some((line) => line.startsWith("OF_THE_AGENT")));
  await framework.teardown();
});

// The older JSON endpoints at a master with a task: their members, their parameters, their pages.
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  executorTask,
  launch,
  registerAgent,
  scalar,
  subscribe,
  task,
  updateOf,
} from "../../testing/cast.ts";
import { Stage } from "../../testing/stage.ts";
import { indexPage } from "./index-page.ts";
import { agentsJson } from "./agents.ts";
import { frameworksJson } from "./frameworks.ts";
import { knownRoles, roleBreakdowns } from "../../role-breakdown.ts";
import { SEES_EVERYTHING } from "../../../authorization/viewer.ts";
import { registryJson } from "./registry.ts";
import { rolesModel } from "./roles.ts";
import { stateJson } from "./state.ts";
import { stateSummaryJson } from "./state-summary.ts";
import { tasksJson } from "./tasks.ts";

function stageWithTasks(ids: readonly string[]) {
  const stage = new Stage({ weights: { "eng/web": 2 } });
  const agentId = registerAgent(stage);
  const framework = subscribe(stage, { roles: ["eng/web"], failover_timeout: 60 });
  launch(
    stage,
    framework,
    ids.map((id) => task(id, agentId)),
  );
  return { stage, agentId, framework };
}

function parsed(pieces: Iterable<string> | string): Record<string, unknown[]> {
  return JSON.parse(typeof pieces === "string" ? pieces : [...pieces].join("")) as Record<string, unknown[]>;
}

const none: ReadonlyMap<string, string> = new Map();

test("stateJson() is one JSON document with agents, frameworks and tasks", () => {
  const { stage, agentId, framework } = stageWithTasks(["a", "b"]);
  const state = parsed(stateJson(stage.state, SEES_EVERYTHING)) as unknown as {
    slaves: { id: string }[];
    frameworks: { id: string; tasks: { id: string; slave_id: string }[] }[];
  };
  assert.deepEqual(
    state.slaves.map(({ id }) => id),
    [agentId],
  );
  assert.deepEqual(
    state.frameworks[0]?.tasks.map(({ id, slave_id }) => [id, slave_id]),
    [
      ["a", agentId],
      ["b", agentId],
    ],
  );
  assert.equal(state.frameworks[0]?.id, framework.id);
});

test("stateJson() says what addresses and variables are where nobody said so", () => {
  const stage = new Stage();
  const agentId = registerAgent(stage);
  const framework = subscribe(stage);
  const executor = {
    executor_id: { value: "e" },
    command: { value: "./run", environment: { variables: [{ name: "A", value: "1" }] } },
    resources: [scalar("cpus", 1), scalar("mem", 32)],
  };
  launch(stage, framework, [executorTask("a", agentId, executor)]);
  const update = updateOf({ frameworkId: framework.id, agentId, taskId: "a" }, "TASK_RUNNING");
  update.status.container_status = { network_infos: [{ ip_addresses: [{ ip_address: "10.0.0.1" }] }] };
  stage.message("StatusUpdateMessage", "slave(1)@127.0.0.1:5051", { update });
  const { frameworks } = parsed(stateJson(stage.state, SEES_EVERYTHING)) as unknown as {
    frameworks: {
      tasks: { statuses: { container_status: { network_infos: object[] } }[] }[];
      executors: { command: { environment: object } }[];
    }[];
  };
  const [shown] = frameworks;
  assert.deepEqual(shown?.tasks[0]?.statuses[0]?.container_status.network_infos, [
    { ip_addresses: [{ protocol: "IPv4", ip_address: "10.0.0.1" }] },
  ]);
  assert.deepEqual(shown?.executors[0]?.command.environment, {
    variables: [{ name: "A", type: "VALUE", value: "1" }],
  });
});

test("stateJson() shows the members of the moment it was called", () => {
  const { stage, framework } = stageWithTasks(["a"]);
  const pieces = stateJson(stage.state, SEES_EVERYTHING);
  stage.state.frameworks.registered.delete(framework.id);
  const state = parsed(pieces) as unknown as { frameworks: { tasks: unknown[] }[] };
  assert.equal(state.frameworks[0]?.tasks.length, 1);
});

test("agentsJson() and frameworksJson() narrow to one id", () => {
  const { stage, agentId, framework } = stageWithTasks([]);
  assert.equal(
    parsed(agentsJson(stage.state, new Map([["slave_id", agentId]]), SEES_EVERYTHING))["slaves"]?.length,
    1,
  );
  assert.equal(
    parsed(agentsJson(stage.state, new Map([["slave_id", "x"]]), SEES_EVERYTHING))["slaves"]?.length,
    0,
  );
  const one = new Map([["framework_id", framework.id]]);
  assert.equal(parsed(frameworksJson(stage.state, one))["frameworks"]?.length, 1);
  const other = new Map([["framework_id", "x"]]);
  assert.equal(parsed(frameworksJson(stage.state, other))["frameworks"]?.length, 0);
});

test("tasksJson() pages, orders and selects as its parameters say", () => {
  const { stage } = stageWithTasks(["a", "b", "c"]);
  const ids = (query: Record<string, string>): unknown[] =>
    (parsed(tasksJson(stage.state, new Map(Object.entries(query))))["tasks"] ?? []).map(
      (each) => (each as { id: string }).id,
    );
  assert.equal(ids({}).length, 3);
  assert.deepEqual(ids({ task_id: "b" }), ["b"]);
  assert.equal(ids({ limit: "2" }).length, 2);
  assert.equal(ids({ offset: "2" }).length, 1);
  assert.equal(ids({ offset: "9" }).length, 0);
  assert.equal(ids({ limit: "many", order: "sideways" }).length, 3);
});

test("stateSummaryJson() counts tasks for agents and frameworks", () => {
  const { stage, agentId } = stageWithTasks(["a", "b"]);
  const summary = parsed(stateSummaryJson(stage.state, SEES_EVERYTHING)) as Record<
    string,
    Record<string, unknown>[]
  >;
  assert.equal(summary["slaves"]?.[0]?.["TASK_STAGING"], 2);
  assert.equal(summary["frameworks"]?.[0]?.["TASK_STAGING"], 2);
  assert.deepEqual(summary["frameworks"]?.[0]?.["slave_ids"], [agentId]);
});

test("knownRoles() and roleBreakdowns() count a role in its ancestors, too", () => {
  const { stage } = stageWithTasks(["a"]);
  assert.deepEqual(knownRoles(stage.state), ["eng", "eng/web"]);
  const breakdowns = roleBreakdowns(stage.state);
  assert.deepEqual(breakdowns.get("eng")?.allocated, breakdowns.get("eng/web")?.allocated);
  assert.ok((breakdowns.get("eng")?.allocated.get("cpus") ?? 0) > 0);
  const { roles } = rolesModel(stage.state, SEES_EVERYTHING) as { roles: { name: string; weight: number }[] };
  assert.deepEqual(
    roles.map(({ name, weight }) => [name, weight]),
    [
      ["eng", 1],
      ["eng/web", 2],
    ],
  );
});

test("rolesModel() shows the roles that operators list, and * beside them, before anybody has one", () => {
  const stage = new Stage({ roles: ["web", "eng"], weights: { web: 5 } });
  registerAgent(stage);
  const { roles } = rolesModel(stage.state, SEES_EVERYTHING) as { roles: { name: string; weight: number }[] };
  assert.deepEqual(
    roles.map(({ name, weight }) => [name, weight]),
    [
      ["*", 1],
      ["eng", 1],
      ["web", 5],
    ],
  );
});

test("indexPage() counts, and escapes what operators named", () => {
  const { stage } = stageWithTasks(["a"]);
  assert.match(indexPage(stage.state), />1<\/td><td>tasks</);
  const named = new Stage({ cluster: "<b>" });
  assert.ok(!indexPage(named.state).includes("<b>"));
});

test("tasksJson() of an empty cluster is an empty list", () => {
  assert.deepEqual(parsed(tasksJson(new Stage().state, none)), { tasks: [] });
});

test("registryJson() shows the parts that have entries, with their defaults", () => {
  const stage = new Stage();
  const shown = (): Record<string, unknown> =>
    JSON.parse(registryJson(stage.state)) as Record<string, unknown>;
  assert.deepEqual(Object.keys(shown()), ["master"]);
  const agentId = registerAgent(stage);
  const { slaves } = shown() as { slaves: { slaves: { info: { id: unknown }; deactivated: boolean }[] } };
  const [agent] = slaves.slaves;
  assert.deepEqual([agent?.info.id, agent?.deactivated], [{ value: agentId }, false]);
  assert.deepEqual(Object.keys(shown()), ["master", "slaves"]);
});

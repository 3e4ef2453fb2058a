// GET /explain at a master with a few agents, each with its own reason.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { ACLs, Resource } from "@mezzo/wire";
import { type Viewer, viewerOf } from "../../../authorization/viewer.ts";
import { askExplain, explained, summaryLines, wants } from "../../testing/ask-explain.ts";
import { launch, registerAgent, scalar, subscribe, task } from "../../testing/cast.ts";
import { Stage } from "../../testing/stage.ts";

/** Each sees its own. */
const OWN_FRAMEWORKS: ACLs = {
  view_frameworks: [
    { principals: { values: ["bob"] }, users: { values: ["bob"] } },
    { principals: { type: "ANY" }, users: { type: "NONE" } },
  ],
};

test("an agent that another framework has been offered is told with that framework and since when", () => {
  const stage = new Stage();
  const first = subscribe(stage, { name: "first" });
  registerAgent(stage);
  stage.allocate();
  const second = subscribe(stage, { name: "second" });
  stage.allocate();
  stage.now += 3200;
  assert.deepEqual(summaryLines(explained(stage, { framework_id: second.id })), [
    `1 offered-to-other: offered to framework ${first.id} (first) for 3.2 s by now`,
  ]);
  assert.deepEqual(summaryLines(explained(stage, { framework_id: first.id })), [
    "1 offered: offered to the framework itself for 3.2 s by now",
  ]);
});

test("what runs, what is filtered and what is too small are told with their numbers", () => {
  const stage = new Stage();
  const framework = subscribe(stage);
  const agentId = registerAgent(stage);
  launch(stage, framework, [task("a", agentId)]);
  const { roles, summary } = explained(stage, { framework_id: framework.id });
  assert.match(summary[0]?.reason ?? "", /^filtered for 5\.0 s more$/u);
  assert.equal(roles[0]?.rank, 1);
  assert.equal(roles[0].filters.count, 1);
  assert.equal(roles[0].share, 0.25);
  const asks = (resource: Resource): string[] =>
    summaryLines(explained(stage, { framework_id: framework.id, task: wants(resource) }));
  assert.deepEqual(asks(scalar("cpus", 3.5)), ["1 task-short: cpus short by 0.5 (too little is free)"]);
  assert.deepEqual(asks(scalar("cpus", 5)), [
    "1 task-too-large: cpus short by 1 (the agent is too small even when empty)",
  ]);
  assert.deepEqual(asks(scalar("gpus", 1)), [
    "1 task-too-large: gpus short by 1 (the agent is too small even when empty)",
  ]);
  assert.match(asks(scalar("cpus", 1))[0] ?? "", /^1 refused: filtered/u);
});

test("a task group is as large as its tasks and their executors together", () => {
  const stage = new Stage();
  const framework = subscribe(stage);
  registerAgent(stage);
  const group = {
    tasks: [
      { resources: [scalar("cpus", 2)], executor: { resources: [scalar("cpus", 0.5)] } },
      { resources: [scalar("cpus", 2)] },
    ],
  };
  const answer = explained(stage, { framework_id: framework.id, task: JSON.stringify(group) });
  assert.deepEqual(answer.agents[0]?.reasons[0]?.short_by, { cpus: 0.5 });
});

test("agents that are gone for a while count too, and pages show some of them", () => {
  const stage = new Stage();
  const framework = subscribe(stage, { roles: ["a", "b"] });
  const ids = [5051, 5052, 5053].map((port) => registerAgent(stage, `slave(1)@127.0.0.1:${port}`));
  stage.state.agents.unreachable.set("lost", {
    id: "lost",
    time: { nanoseconds: (stage.now - 1000) * 1e6 },
    deactivated: false,
    tasks: new Map(),
  });
  const before = explained(stage, { framework_id: framework.id, role: "a", offset: "1", limit: "2" });
  assert.deepEqual(summaryLines(before).at(-1), "1 unreachable: the agent is unreachable for 1.0 s by now");
  assert.deepEqual(
    before.agents.map(({ agent_id: id }) => id),
    ids.slice(1),
  );
  assert.equal(before.total, 4);
  // Nothing has been allocated yet: what is foreseen is what comes.
  const foreseen = new Set(
    explained(stage, { framework_id: framework.id, role: "a" }).agents.flatMap(({ agent_id: id, reasons }) =>
      reasons[0]?.filter === "none" ? [id] : [],
    ),
  );
  stage.allocate();
  const offered = [...stage.state.offers.values()].filter(({ role }) => role === "a");
  assert.deepEqual(new Set(offered.map(({ agentId }) => agentId)), foreseen);
  assert.ok(foreseen.size > 0);
});

test("an agent tells who waits for it, and frameworks without offers are listed", () => {
  const stage = new Stage();
  const framework = subscribe(stage, { name: "one" });
  const agentId = registerAgent(stage);
  launch(stage, framework, [task("a", agentId)]);
  const answer = explained(stage, { agent_id: agentId });
  assert.equal(answer.frameworks[0]?.filter, "refused");
  assert.equal(explained(stage, {}).frameworks[0]?.framework_id, framework.id);
});

test("frameworks that the caller may not see are not named", () => {
  const stage = new Stage({ acls: OWN_FRAMEWORKS });
  const bob = viewerOf(stage.state.authorizer, "bob");
  const alices = subscribe(stage, { name: "secret", user: "alice" });
  registerAgent(stage);
  stage.allocate();
  const bobs = subscribe(stage, { name: "bobs", user: "bob" });
  stage.allocate();
  const ask = (viewer?: Viewer): string[] =>
    summaryLines(explained(stage, { framework_id: bobs.id, role: "r" }, viewer));
  assert.deepEqual(ask(bob), ["1 offered-to-other: offered to another framework for 0.0 s by now"]);
  assert.match(ask()[0] ?? "", /offered to framework m-0000 \(secret\)/u);
  assert.equal(askExplain(stage, { framework_id: alices.id }, bob).status, 403);
  assert.equal(askExplain(stage, {}, bob).status, 403);
  assert.equal(askExplain(stage, { agent_id: "any" }, bob).status, 403);
  // Nor when they have ended.
  stage.call({ type: "TEARDOWN", framework_id: { value: alices.id } }, alices.streamId);
  assert.equal(askExplain(stage, { framework_id: alices.id }, bob).status, 403);
  assert.equal(askExplain(stage, { framework_id: alices.id }).status, 404);
});

test("who comes first in the next cycle is named to those who may see it", () => {
  const stage = new Stage({ acls: OWN_FRAMEWORKS });
  const bobs = subscribe(stage, { user: "bob" });
  const all = { resources: [scalar("cpus", 4), scalar("mem", 1024)] };
  launch(stage, bobs, [task("t", registerAgent(stage), all)]);
  const alices = subscribe(stage, { user: "alice" });
  const agentId = registerAgent(stage, "slave(1)@127.0.0.1:5052");
  const ask = (viewer?: Viewer): string[] =>
    summaryLines(explained(stage, { framework_id: bobs.id, agent_id: agentId }, viewer));
  assert.deepEqual(ask(), [`1 share: framework ${alices.id} in role r comes first in the next cycle`]);
  const bob = viewerOf(stage.state.authorizer, "bob");
  assert.deepEqual(ask(bob), ["1 share: another framework comes first in the next cycle"]);
});

test("a question that makes no sense is answered with what to ask instead", () => {
  const stage = new Stage();
  const { id } = subscribe(stage);
  const cases: [Record<string, string>, number, RegExp][] = [
    [{ framework_id: "x" }, 404, /framework 'x': it is not known; GET \/frameworks/u],
    [{ framework_id: id, agent_id: "x" }, 404, /agent 'x'/u],
    [{ agent_id: "x" }, 404, /agent 'x': it is not known or gone/u],
    [{ framework_id: id, role: "x" }, 404, /only to 'r'/u],
    [{ framework_id: "" }, 400, /'framework_id' is empty/u],
    [{ framework: id }, 400, /no parameter 'framework'/u],
    [{ framework_id: id, limit: "-1" }, 400, /'limit' is '-1', expected a whole number from 0 to 1000/u],
    [{ framework_id: id, limit: "1001" }, 400, /'limit'/u],
    [{ framework_id: id, offset: "x" }, 400, /'offset'/u],
    [{ role: "r" }, 400, /need a 'framework_id' or an 'agent_id'/u],
    [{ framework_id: id, task: "{" }, 400, /'task' cannot be used/u],
    [{ framework_id: id, task: "[]" }, 400, /no JSON object/u],
    [{ framework_id: id, task: "{}" }, 400, /asks for no resources/u],
    [{ framework_id: id, task: '{"tasks":1}' }, 400, /'tasks' is not an array/u],
    [{ framework_id: id, task: '{"resources":[{"name":1}]}' }, 400, /cannot be read/u],
    [{ framework_id: id, task: wants(scalar("cpus", -1)) }, 400, /asks for cpus:-1/u],
  ];
  for (const [query, status, words] of cases) {
    const answer = askExplain(stage, query);
    assert.equal(answer.status, status, JSON.stringify(query));
    assert.match(answer.body, words);
  }
});

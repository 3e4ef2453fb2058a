// Every reason that GET /explain can give, at a master that is brought into the state for it.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { type Explained, explained, summaryLines } from "../../testing/ask-explain.ts";
import { subscribe } from "../../testing/cast.ts";
import { callOf } from "../../testing/operation-script.ts";
import { Stage } from "../../testing/stage.ts";
import { type Asked, OTHER_PID, addAgent, both } from "./testing/reason-case.ts";
import { RESOURCE_CASES } from "./testing/resource-cases.ts";
import { STANDING_CASES } from "./testing/standing-cases.ts";

const CASES = [...STANDING_CASES, ...RESOURCE_CASES];

function answerTo({ stage, about, role, task: wanted, agentId }: Asked): Explained {
  return explained(stage, {
    ...(about === undefined ? {} : { framework_id: about.id }),
    ...(role === undefined ? {} : { role }),
    ...(wanted === undefined ? {} : { task: wanted }),
    ...(agentId === undefined ? {} : { agent_id: agentId }),
  });
}

for (const { filter, words, prepare } of CASES) {
  test(`GET /explain gives the reason ${filter}: ${words}`, () => {
    const asked = prepare();
    const answer = answerTo(asked);
    assert.deepEqual(summaryLines(answer), [`1 ${filter}: ${words}`]);
    const [agent] = answer.agents;
    assert.deepEqual(
      agent?.reasons.map((reason) => [reason.filter, reason.reason]),
      [[filter, words]],
    );
    // The agent's side has the same words.
    const { frameworks } = answerTo({ ...asked, about: undefined, agentId: agent?.agent_id });
    const own = frameworks.find(
      (each) => each.framework_id === asked.about?.id && each.role === (asked.role ?? each.role),
    );
    assert.deepEqual([own?.filter, own?.reason], [filter, words]);
  });
}

test("docs/explain.md names the reasons there are, in their order", () => {
  const text = readFileSync(new URL("../../../../../../docs/explain.md", import.meta.url), "utf8");
  const [, section = ""] = text.split("\n| filter | what keeps the agent from the framework |\n");
  const [table = ""] = section.split("\n\n");
  const named = table
    .split("\n")
    .flatMap((row) => [...(row.split("|")[1] ?? "").matchAll(/`([a-z-]+)`/gu)].map(([, name]) => name));
  assert.deepEqual(named, [...new Set(CASES.map(({ filter }) => filter))]);
});

test("explainFramework() says when the last filter of a role ends", () => {
  const { stage, about } = both();
  addAgent(stage, { pid: OTHER_PID });
  stage.allocate();
  const [first = "", second = ""] = stage.state.offers.keys();
  for (const [offerId, refuse_seconds] of [
    [first, 5],
    [second, 60],
  ] as const) {
    const decline = { offer_ids: [{ value: offerId }], filters: { refuse_seconds } };
    stage.call(callOf(about, { type: "DECLINE", decline }), about.streamId);
  }
  stage.now += 1000;
  const { roles, summary } = explained(stage, { framework_id: about.id });
  assert.equal(roles[0]?.filters.count, 2);
  assert.equal(roles[0].filters.last_ends_in_seconds, 59);
  assert.deepEqual(
    summary.map(({ agents, reason }) => [agents, reason]),
    [[2, "filtered for 4.0 to 59.0 s more"]],
  );
});

test("explainFramework() names the roles for which there are too many agents", () => {
  const stage = new Stage();
  const about = subscribe(stage, { roles: ["a", "b", "c"] });
  const time = { nanoseconds: stage.now * 1e6 };
  // Two roles make 40,000 pairs, three would make 60,000.
  for (let index = 0; index < 20_000; index++) {
    const id = `lost-${index}`;
    stage.state.agents.unreachable.set(id, { id, time, deactivated: false, tasks: new Map() });
  }
  const { roles, roles_left_out: leftOut, summary } = explained(stage, { framework_id: about.id });
  assert.equal(roles.length, 3);
  assert.deepEqual(leftOut, ["c"]);
  assert.deepEqual(
    summary.map(({ role, agents }) => [role, agents]),
    [
      ["a", 20_000],
      ["b", 20_000],
    ],
  );
  assert.deepEqual(explained(stage, { framework_id: about.id, role: "c" }).roles_left_out, []);
});

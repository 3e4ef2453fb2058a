// POST /plan at a master with a few agents: how many fit, where, and what would help.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { ACLs, Resource } from "@mezzo/wire";
import { copyState } from "../../../allocator/copy-state.ts";
import { HttpRequest } from "../../../net/http/http-request.ts";
import type { RequestHead } from "../../../net/http/request-head.ts";
import { AGENT_CAPABILITIES, launch, registerAgent, scalar, subscribe, task } from "../../testing/cast.ts";
import { Stage } from "../../testing/stage.ts";
import { planEndpoint } from "./answer-plan.ts";

interface Plan {
  fits: number;
  agents: { agent_id: string; count: number }[];
  more: { without_quota?: number; offers_returned: number; everything_freed: number; never: number };
  obstacles: { agents: number; filter: string; reason: string }[];
  to_free: {
    agent_id: string;
    lacks: string;
    count: number;
    holders: { framework_id?: string; role?: string; resources: string; offered: boolean }[];
  }[];
  rank?: number;
}

function endpoint(
  stage: Stage,
  { pause = () => Promise.resolve(), principal }: { pause?: () => Promise<void>; principal?: string } = {},
) {
  const answer = planEndpoint(stage.state, { pause, nowMs: () => stage.now });
  return async (body: unknown): Promise<{ status: number; text: string }> => {
    const head = { method: "POST", path: "/plan", query: new Map() } as unknown as RequestHead;
    const bytes = Buffer.from(typeof body === "string" ? body : JSON.stringify(body));
    const { status, body: text } = await answer(
      new HttpRequest(head, { body: bytes, remote: "" }),
      principal,
    );
    assert.ok(typeof text === "string");
    return { status, text };
  };
}

async function plan(stage: Stage, question: object, principal?: string): Promise<Plan> {
  const before = copyState(stage.state.allocator);
  const { status, text } = await endpoint(stage, principal === undefined ? {} : { principal })(question);
  assert.equal(status, 200, text);
  assert.deepEqual(copyState(stage.state.allocator), before, "a plan touches nothing");
  return JSON.parse(text) as Plan;
}

const wants = (...resources: Resource[]): object => ({ resources });
const agents = (stage: Stage, count: number): string[] =>
  Array.from({ length: count }, (_, index) => registerAgent(stage, `slave(1)@127.0.0.1:${6000 + index}`));

test("copies go where there is room, agent by agent, and what is too many never fits", async () => {
  const stage = new Stage();
  const [first, second] = agents(stage, 2);
  const answer = await plan(stage, { task: wants(scalar("cpus", 1.5)), count: 6, role: "r" });
  assert.deepEqual(
    answer.agents.map(({ agent_id: id, count }) => [id, count]),
    [
      [first, 2],
      [second, 2],
    ],
  );
  assert.deepEqual(answer.more, { offers_returned: 0, everything_freed: 0, never: 2 });
  assert.deepEqual(
    answer.obstacles.map(({ agents: count, reason }) => `${count}: ${reason}`),
    ["2: cpus short by 0.5 (the agent is too small for one more, even when empty)"],
  );
  assert.equal(answer.rank, 1);
});

test("what offers and tasks hold is told with who holds it", async () => {
  const stage = new Stage();
  const framework = subscribe(stage);
  const [busy = "", free = ""] = agents(stage, 2);
  launch(stage, framework, []);
  const group = { tasks: [wants(scalar("cpus", 2)), wants(scalar("cpus", 1), scalar("mem", 64))] };
  const answer = await plan(stage, { task: group, count: 3, role: "r" });
  const [offer] = stage.state.offers.values();
  const offered = offer?.agentId === busy ? busy : free;
  assert.equal(answer.fits + answer.more.offers_returned, 2);
  assert.equal(answer.more.never, 1);
  for (const { agent_id: id, holders } of answer.to_free) {
    assert.equal(id, offered);
    assert.deepEqual(
      holders.map(({ framework_id: holder, offered: isOffered }) => [holder, isOffered]),
      [[framework.id, true]],
    );
  }
});

test("tasks hold until they are freed", async () => {
  const stage = new Stage();
  const framework = subscribe(stage);
  const [agent = ""] = agents(stage, 1);
  launch(stage, framework, [task("t", agent, { resources: [scalar("cpus", 3), scalar("mem", 32)] })]);
  const answer = await plan(stage, { task: wants(scalar("cpus", 2)), count: 2, role: "other" });
  assert.equal(answer.fits, 0);
  assert.deepEqual(answer.more, { offers_returned: 0, everything_freed: 2, never: 0 });
  assert.deepEqual(answer.to_free[0], {
    agent_id: agent,
    hostname: "host",
    lacks: "cpus:1",
    count: 2,
    holders: [{ framework_id: framework.id, role: "r", resources: "cpus:3; mem:32", offered: false }],
  });
});

test("of frameworks that the caller may not see only what they hold is told", async () => {
  const acls: ACLs = {
    view_frameworks: [
      { principals: { values: ["bob"] }, users: { values: ["bob"] } },
      { principals: { values: ["bob"] }, users: { type: "NONE" } },
    ],
  };
  const stage = new Stage({ acls });
  const alices = subscribe(stage, { user: "alice" });
  const [agent = ""] = agents(stage, 1);
  launch(stage, alices, [task("t", agent, { resources: [scalar("cpus", 3), scalar("mem", 32)] })]);
  const bobs = subscribe(stage, { user: "bob" });
  stage.allocate();
  const question = { task: wants(scalar("cpus", 2)), role: "r" };
  const holdersFor = async (principal: string): Promise<unknown> =>
    (await plan(stage, question, principal)).to_free[0]?.holders;
  const own = { framework_id: bobs.id, role: "r", resources: "cpus:1; mem:992", offered: true };
  assert.deepEqual(await holdersFor("bob"), [{ resources: "cpus:3; mem:32", offered: false }, own]);
  const others = { framework_id: alices.id, role: "r", resources: "cpus:3; mem:32", offered: false };
  assert.deepEqual(await holdersFor("admin"), [others, own]);
  const ask = endpoint(stage, { principal: "bob" });
  assert.equal((await ask({ ...question, framework_id: alices.id })).status, 403);
  assert.equal((await ask({ ...question, framework_id: bobs.id })).status, 200);
});

test("what holders have of a role that the caller may not see is told by its amounts alone", async () => {
  const acls: ACLs = {
    view_roles: [
      { principals: { values: ["bob"] }, roles: { values: ["r"] } },
      { principals: { values: ["bob"] }, roles: { type: "NONE" } },
    ],
  };
  const stage = new Stage({ acls });
  const holder = subscribe(stage, { roles: ["secret"] });
  stage.message("RegisterSlaveMessage", "slave(1)@127.0.0.1:6000", {
    agent: {
      hostname: "host",
      port: 6000,
      resources: [{ ...scalar("cpus", 3), role: "secret" }, scalar("cpus", 1)],
    },
    version: "1.11.0",
    agent_capabilities: AGENT_CAPABILITIES.map((type) => ({ type })),
  });
  stage.allocate();
  const holders = async (principal: string): Promise<unknown> =>
    (await plan(stage, { task: wants(scalar("cpus", 1)), role: "r" }, principal)).to_free[0]?.holders;
  assert.deepEqual(await holders("bob"), [{ resources: "cpus:4", offered: true }]);
  const [seen] = (await holders("admin")) as { framework_id: string; resources: string }[];
  assert.equal(seen?.framework_id, holder.id);
  assert.match(seen.resources, /secret/u);
});

test("quota is kept to, and may be supposed to be another one", async () => {
  const stage = new Stage();
  agents(stage, 2);
  const question = { task: wants(scalar("cpus", 1)), count: 8, role: "r" };
  const limits = (role: string, cpus: number) => ({ role, limits: { cpus: { value: cpus } } });
  const limited = await plan(stage, { ...question, quotas: [limits("r", 3)] });
  assert.equal(limited.fits, 3);
  assert.equal(limited.more.without_quota, 5);
  assert.match(limited.obstacles[0]?.reason ?? "", /quota keeps it from the role/u);
  const guaranteed = { role: "g", guarantees: { cpus: { value: 6 } }, limits: { cpus: { value: 6 } } };
  assert.equal((await plan(stage, { ...question, quotas: [guaranteed] })).fits, 2);
  assert.equal((await plan(stage, { ...question, role: "g", quotas: [guaranteed] })).fits, 6);
  assert.equal((await plan(stage, question)).fits, 8);
});

test("weights move the role in the order of shares", async () => {
  const stage = new Stage();
  // Each has been offered one agent.
  for (const [index, role] of ["a", "z"].entries()) {
    subscribe(stage, { roles: [role] });
    registerAgent(stage, `slave(1)@127.0.0.1:${6000 + index}`);
    stage.allocate();
  }
  const question = { task: wants(scalar("cpus", 1)), role: "z" };
  const rank = async (weight: number): Promise<number> =>
    (await plan(stage, { ...question, weights: [{ role: "z", weight }] })).rank ?? 0;
  assert.deepEqual([await rank(1000), await rank(0.001)], [1, 2]);
});

test("only so many plans are made at a time", async () => {
  const stage = new Stage();
  agents(stage, 2);
  let resume = (): void => undefined;
  const paused = new Promise<void>((resolve) => (resume = resolve));
  const ask = endpoint(stage, { pause: () => paused });
  const question = { task: wants(scalar("cpus", 0.01)), count: 500, role: "r" };
  const first = [ask(question), ask(question)];
  assert.equal((await ask(question)).status, 503);
  resume();
  for (const each of first) assert.equal((await each).status, 200);
  assert.equal((await ask(question)).status, 200);
});

test("a plan that makes no sense is refused with what to write instead", async () => {
  const stage = new Stage();
  const ask = endpoint(stage);
  const good = { task: wants(scalar("cpus", 1)), count: 1, role: "r" };
  const cases: [unknown, RegExp][] = [
    ["{", /Cannot plan: /u],
    [[], /no JSON object with task, count/u],
    [{ ...good, more: 1 }, /no member 'more'/u],
    [{ ...good, task: undefined }, /'task' is missing/u],
    [{ ...good, task: {} }, /asks for no resources/u],
    [{ ...good, count: 0 }, /'count' is 0, expected a whole number from 1 to 10000/u],
    [{ ...good, count: 10_001 }, /'count'/u],
    [{ ...good, count: "1" }, /'count' is "1"/u],
    [{ ...good, role: undefined }, /'role' is missing/u],
    [{ ...good, role: "a/" }, /'role' cannot be used/u],
    [{ ...good, framework_id: 1 }, /'framework_id' is not a string/u],
    [{ ...good, quotas: {} }, /'quotas' is not an array/u],
    [{ ...good, quotas: [{}] }, /an entry of 'quotas' cannot be read/u],
    [{ ...good, quotas: [{ role: "a/b", limits: { cpus: { value: 1 } } }] }, /nested role 'a\/b'/u],
    [{ ...good, weights: [{ role: "a", weight: 0 }] }, /Weights must be positive/u],
  ];
  for (const [body, words] of cases) {
    const { status, text } = await ask(body);
    assert.equal(status, 400, text);
    assert.match(text, words);
  }
  const unknown = await ask({ ...good, framework_id: "x" });
  assert.deepEqual([unknown.status, /framework 'x'/u.test(unknown.text)], [404, true]);
});

// GET /explain and what rules hide: it names no role and no quota that the caller may not see.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { ACLs } from "@mezzo/wire";
import { type Viewer, viewerOf } from "../../../authorization/viewer.ts";
import { explained, summaryLines, wants } from "../../testing/ask-explain.ts";
import { launch, scalar, subscribe, task } from "../../testing/cast.ts";
import { Stage } from "../../testing/stage.ts";
import { OTHER_PID, addAgent, guarantee, limit, reservedFor, setQuota } from "./testing/reason-case.ts";

/** Bob sees his frameworks, and of the roles and their quota none but one. */
const ACLS: ACLs = {
  view_frameworks: [
    { principals: { values: ["bob"] }, users: { values: ["bob"] } },
    { principals: { values: ["bob"] }, users: { type: "NONE" } },
  ],
  view_roles: [
    { principals: { values: ["bob"] }, roles: { values: ["shown"] } },
    { principals: { values: ["bob"] }, roles: { type: "NONE" } },
  ],
  get_quotas: [
    { principals: { values: ["bob"] }, roles: { values: ["shown"] } },
    { principals: { values: ["bob"] }, roles: { type: "NONE" } },
  ],
};

/** A master with bob's framework in some role; what the agent's reason and the framework's roles are to a caller. */
function scene({ role = "r" }: { role?: string } = {}) {
  const stage = new Stage({ acls: ACLS });
  const about = subscribe(stage, { user: "bob", roles: [role] });
  const seenBy = (principal: string): Viewer => viewerOf(stage.state.authorizer, principal);
  const ask = (principal: string, query: Record<string, string> = {}) =>
    explained(stage, { framework_id: about.id, ...query }, seenBy(principal));
  const lines = (principal: string, query?: Record<string, string>): string[] =>
    summaryLines(ask(principal, query));
  return { stage, about, seenBy, ask, lines };
}

test("reservations for roles that may not be seen are not named", () => {
  const { stage, lines } = scene();
  addAgent(stage, { resources: ["secret", "shown"].map((role) => reservedFor(role, "cpus", 1)) });
  addAgent(stage, { pid: OTHER_PID, resources: [reservedFor("secret", "cpus", 1)] });
  assert.deepEqual(lines("bob").toSorted(), [
    "1 nothing-visible: reserved for other roles",
    "1 nothing-visible: reserved for role shown and other roles",
  ]);
  assert.deepEqual(lines("admin").toSorted(), [
    "1 nothing-visible: reserved for role secret",
    "1 nothing-visible: reserved for role secret, shown",
  ]);
});

test("what would do for a task and is reserved for a role that may not be seen is nobody's by name", () => {
  const { stage, lines } = scene();
  addAgent(stage, { resources: [scalar("cpus", 1), reservedFor("secret", "cpus", 3), scalar("mem", 64)] });
  const query = { task: wants(scalar("cpus", 2)) };
  assert.deepEqual(lines("bob", query), ["1 reserved: cpus short by 1 (reserved for other roles)"]);
  assert.deepEqual(lines("admin", query), ["1 reserved: cpus short by 1 (reserved for role secret)"]);
});

test("a quota that may not be seen is neither shown nor told in a reason", () => {
  for (const role of ["r", "r/below"]) {
    const { stage, about, ask, lines } = scene({ role });
    const resources = [scalar("cpus", 1), scalar("mem", 1024)];
    launch(stage, about, [task("t", addAgent(stage), { resources })]);
    stage.now += 10_000;
    setQuota(stage, limit("r", 1));
    assert.deepEqual(lines("bob"), ["1 quota-limit: the quota's limit is reached"]);
    assert.equal(ask("bob").roles[0]?.quota, undefined);
    assert.deepEqual(lines("admin"), [
      "1 quota-limit: the quota's limit is reached: role r has cpus:1 of at most cpus:1",
    ]);
    assert.equal(ask("admin").roles[0]?.quota?.role, "r");
  }
});

test("the quota of a role that may be seen is shown, as are its weight and its share", () => {
  const { stage, ask } = scene({ role: "shown" });
  setQuota(stage, limit("shown", 3));
  const [role] = ask("bob").roles;
  assert.deepEqual(role?.quota, { role: "shown", guarantees: {}, limits: { cpus: 3 }, consumed: {} });
  assert.deepEqual([role.weight, role.role_share], [1, 0]);
  const [hidden] = scene().ask("bob").roles;
  assert.deepEqual([hidden?.role, hidden?.share], ["r", 0]);
  assert.deepEqual([hidden?.weight, hidden?.role_share], [undefined, undefined]);
});

test("what guarantees lack is told to those who may see all of these roles' quota", () => {
  const { stage, lines } = scene();
  setQuota(stage, guarantee("shown", 2), guarantee("secret", 2));
  addAgent(stage, { resources: [scalar("cpus", 4)] });
  const kept = "1 quota-headroom: what is free is kept for roles whose guarantee is not satisfied";
  assert.deepEqual(lines("bob"), [kept]);
  assert.deepEqual(lines("admin"), [`${kept}; they lack cpus:4`]);
});

test("an agent's resources are shown without what is reserved for roles that may not be seen", () => {
  const stage = new Stage({ acls: ACLS });
  const agentId = addAgent(stage, { resources: [scalar("cpus", 1), reservedFor("secret", "cpus", 3)] });
  const ask = (principal: string): object =>
    explained(stage, { agent_id: agentId }, viewerOf(stage.state.authorizer, principal));
  const totals = (answer: object): unknown => Reflect.get(answer, "total_resources");
  assert.equal(totals(ask("bob")), "cpus:1");
  assert.match(String(totals(ask("admin"))), /secret/u);
});

// Quota over HTTP in the older way: POST and DELETE on /quota, SET_QUOTA and REMOVE_QUOTA.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { ACLEntity, ACLs, Resource } from "@mezzo/wire";
import type { MasterProcess } from "../run.ts";
import { scalar } from "../testing/cast.ts";
import { type Answer, basic, lastingStore, send, serveMaster } from "../testing/serve-master.ts";

const set = (master: MasterProcess, body: unknown, headers: Record<string, string> = {}): Promise<Answer> =>
  send(master, "/quota", { body, headers });

const remove = (master: MasterProcess, role: string, headers: Record<string, string> = {}): Promise<Answer> =>
  send(master, `/quota/${role}`, { method: "DELETE", headers });

interface Shown {
  infos?: { role: string; guarantee: Resource[] }[];
  configs?: object[];
}

async function shown(master: MasterProcess, headers: Record<string, string> = {}): Promise<Shown> {
  const { status, contentType, text } = await send(master, "/quota", { method: "GET", headers });
  assert.deepEqual([status, contentType], [200, "application/json"]);
  return JSON.parse(text) as Shown;
}

const GUARANTEE = [scalar("cpus", 1), scalar("mem", 512)];

const request = (role: string): object => ({ role, guarantee: GUARANTEE, force: true });

let master: MasterProcess;
before(async () => {
  master = await serveMaster();
});
after(() => master.stop());

const gauges = ["cpus/guarantee", "cpus/limit", "mem/guarantee", "mem/limit"];

/** The metrics of the quota of a role. */
async function metrics(of: MasterProcess, role: string): Promise<(number | undefined)[]> {
  const { text } = await send(of, "/metrics/snapshot", { method: "GET" });
  const all = JSON.parse(text) as Record<string, number>;
  return gauges.map((name) => all[`allocator/mesos/quota/roles/${role}/resources/${name}`]);
}

test("a quota is set once, shown, and removed", async () => {
  assert.deepEqual(await shown(master), {});
  assert.deepEqual(await set(master, request("r")), { status: 200, contentType: null, text: "" });
  const amounts = { cpus: { value: 1 }, mem: { value: 512 } };
  assert.deepEqual(await shown(master), {
    infos: [{ role: "r", guarantee: GUARANTEE }],
    configs: [{ role: "r", guarantees: amounts, limits: amounts }],
  });
  assert.deepEqual(await metrics(master, "r"), [1, 1, 512, 512]);
  const again = await set(master, request("r"));
  assert.deepEqual(
    [again.status, again.text],
    [400, "Failed to validate set quota request: Cannot set quota for role 'r' which already has quota"],
  );
  assert.deepEqual(await remove(master, "r"), { status: 200, contentType: null, text: "" });
  assert.deepEqual(await shown(master), {});
  assert.deepEqual(
    await metrics(master, "r"),
    gauges.map(() => undefined),
  );
});

test("the calls of the operator API do the same", async () => {
  const call = (body: object): Promise<Answer> => send(master, "/api/v1", { body });
  const setting = { type: "SET_QUOTA", set_quota: { quota_request: request("v1") } };
  assert.equal((await call(setting)).status, 200);
  assert.equal((await shown(master)).infos?.[0]?.role, "v1");
  assert.equal((await call(setting)).status, 400);
  const removal = { type: "REMOVE_QUOTA", remove_quota: { role: "v1" } };
  assert.equal((await call(removal)).status, 200);
  assert.deepEqual(await shown(master), {});
  const { status, text } = await call(removal);
  assert.deepEqual([status, text], [400, "Failed to remove quota: Role 'v1' has no quota set"]);
});

const INVALID = "Failed to validate set quota request";
const cpus = scalar("cpus", 1);
const reservation = { type: "DYNAMIC" as const, role: "r", principal: "p" };
const disk = { persistence: { id: "i" }, volume: { container_path: "p", mode: "RW" as const } };

/** Requests with the words of the refusal. */
const REFUSED: readonly (readonly [object, string])[] = [
  [{ guarantee: [cpus] }, "QuotaInfo with invalid role: Role names cannot be the empty string"],
  [{ role: "", guarantee: [cpus] }, "QuotaInfo with invalid role: Role names cannot be the empty string"],
  [{ role: "r", unknownField: "x" }, "QuotaInfo with empty 'guarantee'"],
  [
    { role: "r", guarantee: [scalar("cpus", -1)] },
    "QuotaInfo with invalid resource: Resource 'cpus:-1' is invalid: Invalid scalar resource: value <= 0",
  ],
  [
    {
      role: "r",
      guarantee: [cpus, { name: "ports", type: "RANGES", ranges: { range: [{ begin: 1, end: 2 }] } }],
    },
    "QuotaInfo must not include non-scalar resources",
  ],
  [{ role: "r", guarantee: [{ ...cpus, role: "r" }] }, "QuotaInfo must not contain any ReservationInfo"],
  [
    { role: "r", guarantee: [cpus, { ...scalar("disk", 128), reservations: [reservation] }] },
    "QuotaInfo must not contain any ReservationInfo",
  ],
  // The reservation of a volume is seen before the volume.
  [
    { role: "r", guarantee: [{ ...scalar("disk", 128), role: "r", disk }] },
    "QuotaInfo must not contain any ReservationInfo",
  ],
  [{ role: "r", guarantee: [{ ...scalar("disk", 128), disk }] }, "QuotaInfo must not contain DiskInfo"],
  [{ role: "r", guarantee: [{ ...cpus, revocable: {} }] }, "QuotaInfo must not contain RevocableInfo"],
  [{ role: "r", guarantee: [cpus, cpus] }, "QuotaInfo contains duplicate resource name 'cpus'"],
  [
    { role: "r/s", guarantee: [cpus] },
    "Invalid quota configuration. Parent role 'r' with guarantees ({}) does not contain the sum of its children's " +
      "guarantees (cpus:1)",
  ],
];

test("a request for what quota is not about is refused, forced or not", async () => {
  for (const [body, words] of REFUSED) {
    for (const force of [true, false]) {
      const { status, text } = await set(master, { ...body, force });
      assert.deepEqual([status, text], [400, `${INVALID}: ${words}`]);
    }
  }
  assert.equal(master.state.quotas.size, 0);
});

test("a request that cannot be read is refused with what it was", async () => {
  const unreadable: readonly (readonly [string, RegExp])[] = [
    ["{ invalidJson }", /^Failed to parse set quota request JSON '\{ invalidJson \}': syntax error/u],
    ["[]", /^Failed to parse set quota request JSON '\[\]': /u],
    ['{"resources": [" invalidResource" : 1]}', /^Failed to parse set quota request JSON '/u],
    [
      '{"role":"r","guarantee":[{"name":"cpus"}]}',
      /^Failed to validate set quota request JSON '\{.*\}': Missing required fields: guarantee\[0\]\.type$/u,
    ],
  ];
  for (const [body, words] of unreadable) {
    const { status, text } = await set(master, body);
    assert.equal(status, 400);
    assert.match(text, words);
  }
});

test("a nested role below one with enough quota may not have it either", async () => {
  await set(master, request("eng"));
  const nested = await set(master, { role: "eng/dev", guarantee: [cpus], force: true });
  assert.deepEqual(
    [nested.status, nested.text],
    [400, "Setting quota on nested role 'eng/dev' is not supported yet"],
  );
  await remove(master, "eng");
});

test("removing names the role after the path of the endpoint", async () => {
  const words = async (path: string): Promise<[number, string]> => {
    const { status, text } = await send(master, path, { method: "DELETE" });
    return [status, text];
  };
  const failed = "Failed to remove quota for path";
  for (const path of ["/quota/x", "/master/quota/x"]) {
    assert.deepEqual(await words(path), [400, `${failed} '/master/quota/x': Role 'x' has no quota set`]);
  }
  await set(master, request("x"));
  for (const role of ["x/", "x/y"]) {
    assert.deepEqual(await words(`/quota/${role}`), [
      400,
      `${failed} '/master/quota/${role}': Role '${role}' has no quota set`,
    ]);
  }
  assert.deepEqual(await words("/quota"), [
    400,
    "Failed to parse remove quota request for path '/master/quota': expected 3 tokens, found 2 tokens",
  ]);
  assert.equal((await remove(master, "x")).status, 200);
  assert.equal((await send(master, "/quota", { method: "PUT", body: request("x") })).status, 405);
});

test("of two operators who remove a quota at the same moment one succeeds", async () => {
  await set(master, request("race"));
  const answers = await Promise.all([remove(master, "race"), remove(master, "race")]);
  assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([200, 400]));
});

test("a quota outlives the master that set it, and is removed by the next", async () => {
  const store = lastingStore();
  const first = await serveMaster({}, store);
  assert.equal((await set(first, request("r"))).status, 200);
  await first.stop();
  const second = await serveMaster({}, store);
  after(() => second.stop());
  assert.deepEqual((await shown(second)).infos, [{ role: "r", guarantee: GUARANTEE }]);
  assert.deepEqual(await metrics(second, "r"), [1, 1, 512, 512]);
  assert.equal((await remove(second, "r")).status, 200);
  assert.deepEqual(await shown(second), {});
});

test("a role that is not on the list gets and has none, and who has no name may not ask", async () => {
  const credentials = new Map([["operator", "secret"]]);
  const guarded = await serveMaster({ roles: ["known"], authenticateHttpReadwrite: true, credentials });
  after(() => guarded.stop());
  const headers = basic("operator", "secret");
  const unknown = await set(guarded, request("un/known"), headers);
  assert.deepEqual([unknown.status, unknown.text], [400, `${INVALID}: Unknown role 'un/known'`]);
  const nothing = await remove(guarded, "unknown", headers);
  assert.deepEqual(
    [nothing.status, nothing.text],
    [400, "Failed to validate remove quota request for path '/master/quota/unknown': Unknown role 'unknown'"],
  );
  assert.equal((await set(guarded, request("known"))).status, 401);
  assert.equal((await set(guarded, request("known"), basic("operator", "guess"))).status, 401);
  assert.equal((await set(guarded, request("known"), basic("unknown", "secret"))).status, 401);
  for (const role of ["known", "*"]) assert.equal((await set(guarded, request(role), headers)).status, 200);
});

/** Rules under which these may set and see the quota of `r`, and nobody anything else. */
function quotaRules(principals: ACLEntity): ACLs {
  const rules = [
    { principals, roles: { values: ["r"] } },
    { principals: { type: "NONE" as const }, roles: { type: "ANY" as const } },
  ];
  return { update_quotas: rules, get_quotas: rules };
}

/** Roles with quota, as somebody sees them. */
async function seen(ruled: MasterProcess, headers: Record<string, string> = {}): Promise<string[]> {
  return ((await shown(ruled, headers)).infos ?? []).map(({ role }) => role);
}

test("quota is set, seen and removed by those whom rules name, and by nobody else", async () => {
  const credentials = new Map(["admin", "guest"].map((name) => [name, "pw"]));
  const acls = quotaRules({ values: ["admin"] });
  const ruled = await serveMaster({ acls, authenticateHttpReadwrite: true, credentials });
  after(() => ruled.stop());
  const [admin, guest] = [basic("admin", "pw"), basic("guest", "pw")];
  const setBy = async (headers: Record<string, string>): Promise<number> =>
    (await set(ruled, request("r"), headers)).status;
  const removedBy = async (headers: Record<string, string>): Promise<number> =>
    (await remove(ruled, "r", headers)).status;
  assert.deepEqual([await setBy(guest), await setBy(admin)], [403, 200]);
  assert.deepEqual([await seen(ruled, guest), await seen(ruled, admin)], [[], ["r"]]);
  assert.deepEqual([await removedBy(guest), await removedBy(admin)], [403, 200]);
  assert.deepEqual(await seen(ruled, admin), []);
});

test("quota is set, seen and removed by people without a name where rules are for anybody", async () => {
  const ruled = await serveMaster({ acls: quotaRules({ type: "ANY" }) });
  after(() => ruled.stop());
  const statusOf = async (role: string): Promise<number> => (await set(ruled, request(role))).status;
  assert.deepEqual([await statusOf("s"), await statusOf("r")], [403, 200]);
  assert.deepEqual(await seen(ruled), ["r"]);
  assert.equal((await remove(ruled, "r")).status, 200);
  assert.deepEqual(await seen(ruled), []);
});

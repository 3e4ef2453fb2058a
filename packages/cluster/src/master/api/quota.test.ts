// UPDATE_QUOTA and GET_QUOTA over HTTP, as operators change quota today. The older way is in set-quota.test.ts.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { QuotaConfig } from "@mezzo/wire";
import type { MasterProcess } from "../run.ts";
import { type Answer, basic, send, serveMaster } from "../testing/serve-master.ts";

const update = (
  master: MasterProcess,
  quota_configs: object[],
  { force = true, headers = {} }: { force?: boolean; headers?: Record<string, string> } = {},
): Promise<Answer> =>
  send(master, "/api/v1", {
    body: { type: "UPDATE_QUOTA", update_quota: { force, quota_configs } },
    headers,
  });

async function get(master: MasterProcess, path: string): Promise<Record<string, unknown>> {
  const { status, contentType, text } = await send(master, path, { method: "GET" });
  assert.deepEqual([status, contentType], [200, "application/json"]);
  return JSON.parse(text) as Record<string, unknown>;
}

const amounts = (cpus: number, mem?: number): NonNullable<QuotaConfig["limits"]> => ({
  cpus: { value: cpus },
  ...(mem === undefined ? {} : { mem: { value: mem } }),
});

let master: MasterProcess;
before(async () => {
  master = await serveMaster();
});
after(() => master.stop());

test("several roles get quota with one call, and everything shows it", async () => {
  const ours = ["*", "role1"];
  const configs = ours.map((role) => ({ role, guarantees: amounts(1, 1024), limits: amounts(2, 2048) }));
  assert.deepEqual(await update(master, configs), { status: 200, contentType: null, text: "" });
  const guarantee = [
    { name: "cpus", type: "SCALAR", scalar: { value: 1 } },
    { name: "mem", type: "SCALAR", scalar: { value: 1024 } },
  ];
  const quotas = { infos: ours.map((role) => ({ role, guarantee })), configs };
  const { text } = await send(master, "/api/v1", { body: { type: "GET_QUOTA" } });
  assert.deepEqual(JSON.parse(text), { type: "GET_QUOTA", get_quota: { status: quotas } });
  assert.deepEqual(await get(master, "/quota"), quotas);
  const { roles } = await get(master, "/roles");
  assert.deepEqual(
    roles,
    ours.map((role) => ({
      name: role,
      weight: 1,
      quota: { role, guarantee: { cpus: 1, mem: 1024 }, limit: { cpus: 2, mem: 2048 }, consumed: {} },
      resources: {},
      allocated: {},
      offered: {},
      reserved: {},
      frameworks: [],
    })),
  );
  assert.equal((await update(master, [{ role: "role1" }, { role: "*" }])).status, 200);
});

test("one role that may not have it keeps all from getting it", async () => {
  const good = { role: "good", limits: amounts(2) };
  assert.equal((await update(master, [good, { role: "a/b", limits: amounts(1) }])).status, 400);
  assert.ok(!master.state.quotas.has("good"));
  const acls = {
    update_quotas: [
      { principals: { values: ["op"] }, roles: { values: ["good"] } },
      { principals: { type: "ANY" as const }, roles: { type: "NONE" as const } },
    ],
  };
  const credentials = new Map([["op", "pw"]]);
  const ruled = await serveMaster({ acls, authenticateHttpReadwrite: true, credentials });
  after(() => ruled.stop());
  const headers = basic("op", "pw");
  const both = await update(ruled, [good, { role: "*", limits: amounts(2) }], { headers });
  assert.deepEqual([both.status, both.text], [403, "403 Forbidden."]);
  assert.deepEqual(await get(ruled, "/roles"), { roles: [] });
  assert.equal((await update(ruled, [good], { headers })).status, 200);
});

const TRILLION = "values greater than 1 trillion (1000000000000) are not supported";
const EXABYTE = "values greater than 1 exabyte (1099511627776) are not supported";

const REFUSED: readonly (readonly [object, string])[] = [
  [
    { role: "r", guarantees: amounts(1e12), limits: amounts(1e12 + 1) },
    `Invalid QuotaConfig: Invalid 'QuotaConfig.limits': {'cpus': 1000000000001} is invalid: ${TRILLION}`,
  ],
  [
    { role: "r", guarantees: { mem: { value: 2 ** 40 } }, limits: { mem: { value: 2 ** 40 + 1 } } },
    `Invalid QuotaConfig: Invalid 'QuotaConfig.limits': {'mem': 1099511627777} is invalid: ${EXABYTE}`,
  ],
  [
    { role: "r", guarantees: { disk: { value: 2 ** 40 + 1 } } },
    `Invalid QuotaConfig: Invalid 'QuotaConfig.guarantees': {'disk': 1099511627777} is invalid: ${EXABYTE}`,
  ],
  [
    { role: "r", guarantees: amounts(-0.5) },
    "Invalid QuotaConfig: Invalid guarantee configuration {'cpus': -0.5}: Negative values not supported",
  ],
  [
    { role: "r", limits: amounts(-1) },
    "Invalid QuotaConfig: Invalid limit configuration {'cpus': -1}: Negative values not supported",
  ],
  [
    { role: "r", guarantees: amounts(1, 64), limits: { cpus: { value: 0.5 } } },
    "Invalid QuotaConfig: 'QuotaConfig.guarantees' { cpus: 1, mem: 64 } is not contained within the " +
      "'QuotaConfig.limits' { cpus: 0.5 }",
  ],
  [{ role: "" }, "Invalid QuotaConfig: Invalid 'QuotaConfig.role': Role names cannot be the empty string"],
  [
    { role: "-r" },
    "Invalid QuotaConfig: Invalid 'QuotaConfig.role': Role component '-r' is invalid because it starts with a dash",
  ],
  [{ role: "/r" }, "Updating quota on nested role '/r' is not supported yet"],
];

test("amounts that no cluster has and roles that nobody can have are refused, forced or not", async () => {
  for (const [config, words] of REFUSED) {
    for (const force of [true, false]) {
      const { status, text } = await update(master, [config], { force });
      assert.deepEqual([status, text], [400, words]);
    }
  }
  assert.equal((await update(master, [{ role: "r", guarantees: { disk: { value: 2 ** 40 } } }])).status, 200);
  await update(master, [{ role: "r" }]);
});

test("a call without what it is about is refused", async () => {
  for (const type of ["UPDATE_QUOTA", "SET_QUOTA", "REMOVE_QUOTA"]) {
    const { status, text } = await send(master, "/api/v1", { body: { type } });
    const words = `Failed to validate master::Call: Expecting '${type.toLowerCase()}' to be present`;
    assert.deepEqual([status, text], [400, words]);
  }
  assert.equal((await update(master, [{ limits: amounts(1) }])).status, 400);
});

test("metrics show guarantees and limits while there are any", async () => {
  const shown = async (): Promise<Record<string, number>> => {
    const prefix = "allocator/mesos/quota/roles/m/resources/";
    const all = Object.entries((await get(master, "/metrics/snapshot")) as Record<string, number>);
    const own = all.filter(([name]) => name.startsWith(prefix) && !name.endsWith("/offered_or_allocated"));
    return Object.fromEntries(own.map(([name, value]) => [name.slice(prefix.length), value]));
  };
  assert.deepEqual(await shown(), {});
  for (const cpus of [1, 2]) {
    await update(master, [{ role: "m", guarantees: amounts(cpus), limits: { mem: { value: 1024 } } }]);
    assert.deepEqual(await shown(), { "cpus/guarantee": cpus, "mem/limit": 1024 });
  }
  await update(master, [{ role: "m" }]);
  assert.deepEqual(await shown(), {});
});

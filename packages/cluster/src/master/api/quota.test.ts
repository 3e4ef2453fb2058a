// Quota over HTTP, as operators change it.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { ACLEntity, ACLs, QuotaConfig, Resource } from "@mezzo/wire";
import { systemClock } from "../../core/clock.ts";
import { silentLogger } from "../../core/logger.ts";
import { systemRandom } from "../../core/random.ts";
import { MemoryStore } from "../../store/memory-store.ts";
import { defaultMasterOptions, type MasterOptions } from "../options.ts";
import { MasterProcess } from "../run.ts";
import { scalar } from "../testing/cast.ts";

async function start(options: Partial<MasterOptions> = {}): Promise<MasterProcess> {
  const master = new MasterProcess(
    { ...defaultMasterOptions, port: 0, ...options },
    { clock: systemClock, logger: silentLogger, random: systemRandom, store: new MemoryStore() },
  );
  await master.start();
  return master;
}

interface Answer {
  status: number;
  text: string;
}

async function send(
  master: MasterProcess,
  path: string,
  {
    method = "POST",
    body,
    headers = {},
  }: { method?: string; body?: unknown; headers?: Record<string, string> } = {},
): Promise<Answer> {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const response = await fetch(`http://127.0.0.1:${master.address.port}${path}`, {
    method,
    headers: { "Content-Type": "application/json", Accept: "application/json", ...headers },
    ...(body === undefined ? {} : { body: text }),
  });
  return { status: response.status, text: await response.text() };
}

const update = (master: MasterProcess, quota_configs: QuotaConfig[], force = true): Promise<Answer> =>
  send(master, "/api/v1", { body: { type: "UPDATE_QUOTA", update_quota: { force, quota_configs } } });

const amounts = (cpus: number): NonNullable<QuotaConfig["limits"]> => ({ cpus: { value: cpus } });

let master: MasterProcess;
before(async () => {
  master = await start();
});
after(() => master.stop());

test("several roles get quota with one call, and everything shows it", async () => {
  const configs = ["r", "*"].map((role) => ({ role, guarantees: amounts(1), limits: amounts(2) }));
  assert.equal((await update(master, configs)).status, 200);
  const { text } = await send(master, "/api/v1", { body: { type: "GET_QUOTA" } });
  const shown = JSON.parse(text) as { get_quota: { status: { configs: QuotaConfig[] } } };
  assert.deepEqual(shown.get_quota.status.configs, configs);
  const roles = JSON.parse((await send(master, "/roles", { method: "GET" })).text) as {
    roles: { name: string; quota: object }[];
  };
  assert.deepEqual(roles.roles.find(({ name }) => name === "*")?.quota, {
    role: "*",
    guarantee: { cpus: 1 },
    limit: { cpus: 2 },
    consumed: {},
  });
  const older = JSON.parse((await send(master, "/quota", { method: "GET" })).text) as { infos: object[] };
  assert.equal(older.infos.length, 2);
  assert.equal((await update(master, [{ role: "r" }, { role: "*" }])).status, 200);
});

test("one role that may not have it keeps all from getting it", async () => {
  const good = { role: "good", limits: amounts(2) };
  assert.equal((await update(master, [good, { role: "a/b", limits: amounts(1) }])).status, 400);
  assert.ok(!master.state.quotas.has("good"));
});

test("amounts that no cluster has are refused", async () => {
  const cases: [QuotaConfig, RegExp][] = [
    [
      { role: "r", guarantees: amounts(1e12), limits: amounts(1e12 + 1) },
      /'QuotaConfig\.limits': \{'cpus': 1000000000001\} is invalid: values greater than 1 trillion/u,
    ],
    [
      { role: "r", guarantees: { disk: { value: 2 ** 40 + 1 } } },
      /'QuotaConfig\.guarantees': \{'disk': 1099511627777\} is invalid: values greater than 1 exabyte/u,
    ],
  ];
  for (const [config, words] of cases) {
    const { status, text } = await update(master, [config]);
    assert.equal(status, 400);
    assert.match(text, words);
  }
});

test("the older request is refused where it cannot be read or asks for what quota is not about", async () => {
  const set = (guarantee: unknown, more: object = {}): Promise<Answer> =>
    send(master, "/quota", { body: { role: "r", guarantee, force: true, ...more } });
  const cpus = scalar("cpus", 1);
  const ports = { name: "ports", type: "RANGES", ranges: { range: [{ begin: 1, end: 2 }] } };
  const volume: Resource = { ...scalar("disk", 1), disk: { persistence: { id: "i" } } };
  const cases: [Promise<Answer>, RegExp][] = [
    [send(master, "/quota", { body: "{ invalidJson }" }), /Failed to parse set quota request JSON/u],
    [send(master, "/quota", { body: { guarantee: [cpus] } }), /Failed to validate set quota request/u],
    [
      send(master, "/quota", { body: { role: "r", unknownField: "x" } }),
      /Failed to validate set quota request/u,
    ],
    [set([cpus, ports]), /Failed to validate set quota request/u],
    [set([{ ...cpus, role: "r" }]), /Failed to validate set quota request/u],
    [set([cpus, cpus]), /QuotaInfo contains duplicate resource name 'cpus'/u],
    [set([volume]), /Failed to validate set quota request/u],
    [set([{ ...cpus, revocable: {} }]), /Failed to validate set quota request/u],
  ];
  for (const [answer, words] of cases) {
    const { status, text } = await answer;
    assert.equal(status, 400, text);
    assert.match(text, words);
  }
  assert.equal(master.state.quotas.get("r")?.limits, undefined);
});

test("metrics show guarantees and limits while there are any", async () => {
  const shown = async (): Promise<Record<string, number>> => {
    const { text } = await send(master, "/metrics/snapshot", { method: "GET" });
    const prefix = "allocator/mesos/quota/roles/m/resources/";
    const all = Object.entries(JSON.parse(text) as Record<string, number>);
    const own = all.filter(([name]) => name.startsWith(prefix) && !name.endsWith("/offered_or_allocated"));
    return Object.fromEntries(own.map(([name, value]) => [name.slice(prefix.length), value]));
  };
  assert.deepEqual(await shown(), {});
  const limits = { mem: { value: 1024 } };
  for (const cpus of [1, 2]) {
    await update(master, [{ role: "m", guarantees: amounts(cpus), limits: { ...limits, ...amounts(4) } }]);
    assert.deepEqual(await shown(), { "cpus/guarantee": cpus, "cpus/limit": 4, "mem/limit": 1024 });
  }
  await update(master, [{ role: "m" }]);
  assert.deepEqual(await shown(), {});
});

test("of two operators who remove a quota at the same moment one succeeds", async () => {
  await update(master, [{ role: "race", limits: amounts(1) }]);
  const answers = await Promise.all([1, 2].map(() => send(master, "/quota/race", { method: "DELETE" })));
  assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([200, 400]));
});

test("a role that is not on the list gets none, and who has no name may not ask", async () => {
  const credentials = new Map([["operator", "secret"]]);
  const guarded = await start({ roles: ["known"], authenticateHttpReadwrite: true, credentials });
  after(() => guarded.stop());
  const quota = (role: string): object => ({ role, guarantee: [scalar("cpus", 1)], force: true });
  const headers = { Authorization: `Basic ${Buffer.from("operator:secret").toString("base64")}` };
  const unknown = await send(guarded, "/quota", { body: quota("unknown"), headers });
  assert.deepEqual([unknown.status, /Unknown role 'unknown'/u.test(unknown.text)], [400, true]);
  assert.equal((await send(guarded, "/quota", { body: quota("known") })).status, 401);
  const wrong = { Authorization: `Basic ${Buffer.from("operator:guess").toString("base64")}` };
  assert.equal((await send(guarded, "/quota", { body: quota("known"), headers: wrong })).status, 401);
  assert.equal((await send(guarded, "/quota", { body: quota("known"), headers })).status, 200);
});

/** Rules under which these may set and see the quota of `r`, and nobody anything else. */
function quotaRules(principals: ACLEntity): ACLs {
  const rules = [
    { principals, roles: { values: ["r"] } },
    { principals: { type: "NONE" as const }, roles: { type: "ANY" as const } },
  ];
  return { update_quotas: rules, get_quotas: rules };
}

const GUARANTEE = { role: "r", guarantee: [scalar("cpus", 1)], force: true };

/** How many roles have quota, as somebody sees it. */
async function seenQuota(ruled: MasterProcess, headers: Record<string, string> = {}): Promise<number> {
  const { text } = await send(ruled, "/quota", { method: "GET", headers });
  return (JSON.parse(text) as { infos?: object[] }).infos?.length ?? 0;
}

test("quota is set, seen and removed by those whom rules name, and by nobody else", async () => {
  const credentials = new Map(["admin", "guest"].map((name) => [name, "pw"]));
  const acls = quotaRules({ values: ["admin"] });
  const ruled = await start({ acls, authenticateHttpReadwrite: true, credentials });
  after(() => ruled.stop());
  const as = (name: string): Record<string, string> => ({
    Authorization: `Basic ${Buffer.from(`${name}:pw`).toString("base64")}`,
  });
  const [admin, guest] = [as("admin"), as("guest")];
  const set = async (headers: Record<string, string>): Promise<number> =>
    (await send(ruled, "/quota", { body: GUARANTEE, headers })).status;
  const remove = async (headers: Record<string, string>): Promise<number> =>
    (await send(ruled, "/quota/r", { method: "DELETE", headers })).status;
  assert.deepEqual([await set(guest), await set(admin)], [403, 200]);
  assert.deepEqual([await seenQuota(ruled, guest), await seenQuota(ruled, admin)], [0, 1]);
  assert.deepEqual([await remove(guest), await remove(admin)], [403, 200]);
  assert.equal(await seenQuota(ruled, admin), 0);
});

test("quota is set, seen and removed by people without a name where rules are for anybody", async () => {
  const ruled = await start({ acls: quotaRules({ type: "ANY" }) });
  after(() => ruled.stop());
  const set = async (role: string): Promise<number> =>
    (await send(ruled, "/quota", { body: { ...GUARANTEE, role } })).status;
  assert.deepEqual([await set("s"), await set("r")], [403, 200]);
  assert.equal(await seenQuota(ruled), 1);
  assert.equal((await send(ruled, "/quota/r", { method: "DELETE" })).status, 200);
  assert.equal(await seenQuota(ruled), 0);
});

// Operators change weights and quota.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { QuotaConfig, QuotaRequest, WeightInfo } from "@mezzo/wire";
import { launch, registerAgent, scalar, subscribe, task } from "../testing/cast.ts";
import { Stage } from "../testing/stage.ts";

const updateWeights = (stage: Stage, ...weights: WeightInfo[]): string[] =>
  stage.take({ type: "update-weights", request: 7, weights });

const updateQuota = (stage: Stage, configs: QuotaConfig[], force = false): string[] =>
  stage.take({ type: "update-quota", request: 7, configs, force });

const setQuota = (stage: Stage, quota: QuotaRequest): string[] =>
  stage.take({ type: "set-quota", request: 7, quota });

const guarantee = (role: string, cpus: number): QuotaConfig => ({
  role,
  guarantees: { cpus: { value: cpus } },
});
const limit = (role: string, cpus: number): QuotaConfig => ({ role, limits: { cpus: { value: cpus } } });

function persisted(stage: Stage): string[] {
  return stage.effects.flatMap((effect) =>
    effect.type === "persist" ? effect.operations.map((operation) => JSON.stringify(operation)) : [],
  );
}

void test("updateWeights() writes weights down, applies them and takes offers back", () => {
  const stage = new Stage();
  registerAgent(stage);
  subscribe(stage);
  stage.allocate();
  assert.deepEqual(updateWeights(stage, { role: " r ", weight: 2 }), [
    "RESCIND on stream1 m-O0",
    "answer 200",
  ]);
  assert.deepEqual(persisted(stage), ['{"kind":"update-weights","weights":[{"role":"r","weight":2}]}']);
  assert.equal(stage.state.weights.get("r"), 2);
  assert.equal(stage.state.allocator.weights.get("r"), 2);
  assert.deepEqual(updateWeights(stage, { role: "unused", weight: 3 }), ["answer 200"]);
});

const prefix = "answer 400: Failed to validate update weights request JSON";
const badWeights: [WeightInfo, string][] = [
  [{ role: "r", weight: 0 }, `${prefix} for role 'r': Invalid weight '0': Weights must be positive`],
  [
    { role: "r", weight: Number.NaN },
    `${prefix} for role 'r': Invalid weight 'nan': Weights must be positive`,
  ],
  [{ role: "r", weight: Infinity }, `${prefix} for role 'r': Invalid weight 'inf': Weights must be finite`],
  [{ weight: 1 }, `${prefix}: Invalid role '': Role names cannot be the empty string`],
  [{ role: "x", weight: 1 }, `${prefix}: Unknown role 'x'`],
];
for (const [weight, answer] of badWeights) {
  void test(`updateWeights() refuses ${weight.role ?? "no role"} of ${weight.weight}`, () => {
    const stage = new Stage({ roles: ["r"] });
    assert.deepEqual(updateWeights(stage, { role: "r", weight: 1 }, weight), [answer]);
    assert.deepEqual([...stage.state.weights], []);
  });
}

void test("updateWeights() refuses roles that the registry cannot keep", () => {
  const [answer = ""] = updateWeights(new Stage(), { role: "r".repeat(5000), weight: 1 });
  assert.match(answer, /: Role names longer than 1024 characters are not supported$/);
});

void test("recover() prefers weights of the registry to those of the flag, and keeps the flag's otherwise", () => {
  const flagged = new Stage({ weights: { a: 2, b: 3 } });
  assert.deepEqual(persisted(flagged), [
    '{"kind":"update-weights","weights":[{"role":"a","weight":2},{"role":"b","weight":3}]}',
  ]);
  const stage = new Stage({ weights: { a: 2 } });
  stage.take({ type: "recovered", registry: { weights: [{ info: { role: "b", weight: 5 } }] } });
  assert.deepEqual([...stage.state.weights], [["b", 5]]);
  assert.deepEqual(
    ["a", "b"].map((role) => stage.state.allocator.weights.get(role)),
    [1, 5],
  );
});

void test("updateQuota() refuses to promise more than there is, unless forced", () => {
  const stage = new Stage();
  registerAgent(stage);
  assert.deepEqual(updateQuota(stage, [guarantee("a", 3), guarantee("b", 3)]), [
    "answer 400: Invalid QuotaConfig: total quota guarantees 'cpus:6' exceed cluster capacity 'cpus:4; mem:1024' " +
      "(use 'force' flag to bypass this check)",
  ]);
  assert.equal(stage.state.quotas.size, 0);
  assert.deepEqual(updateQuota(stage, [guarantee("a", 3), guarantee("b", 3)], true), ["answer 200"]);
  assert.deepEqual([...(stage.state.allocator.quota?.roles.keys() ?? [])], ["a", "b"]);
});

void test("updateQuota() refuses a limit below what is in use, unless forced", () => {
  const stage = new Stage();
  const agentId = registerAgent(stage);
  launch(stage, subscribe(stage), [task("t", agentId)]);
  assert.deepEqual(updateQuota(stage, [limit("r", 0.5)]), [
    "answer 400: Invalid QuotaConfig: Role 'r' is already consuming 'cpus:1; mem:32'; this is more than the " +
      "requested limits 'cpus:0.5' (use 'force' flag to bypass this check)",
  ]);
  assert.deepEqual(updateQuota(stage, [limit("r", 1)]), ["answer 200"]);
  assert.equal(updateQuota(stage, [limit("r", 0.5)], true).at(-1), "answer 200");
  stage.now += 60_000;
  assert.deepEqual(stage.allocate(), ["OFFERS on stream1 m-O1"]);
  const offered = [...stage.state.offers.values()].flatMap(({ offer }) => offer.resources ?? []);
  assert.deepEqual(
    offered.map(({ name }) => name),
    ["mem"],
  );
});

void test("updateQuota() takes back offers over the new limit, and those in the way of a guarantee", () => {
  const stage = new Stage();
  registerAgent(stage);
  registerAgent(stage, "slave(2)@127.0.0.1:5052");
  subscribe(stage);
  stage.allocate();
  assert.equal(stage.state.offers.size, 2);
  assert.deepEqual(updateQuota(stage, [limit("r", 4)]), ["RESCIND on stream1 m-O0", "answer 200"]);
  assert.deepEqual(updateQuota(stage, [guarantee("other", 5)]), ["RESCIND on stream1 m-O1", "answer 200"]);
  stage.allocate();
  const offered = [...stage.state.offers.values()].flatMap(({ offer }) => offer.resources ?? []);
  const cpus = offered.filter(({ name }) => name === "cpus");
  assert.equal(
    cpus.reduce((sum, { scalar: { value } = { value: 0 } }) => sum + value, 0),
    3,
  );
});

void test("updateQuota() takes back offers of a role and of those below it until they are within its limit", () => {
  const stage = new Stage();
  registerAgent(stage);
  subscribe(stage);
  stage.allocate();
  subscribe(stage, { roles: ["r/child"] });
  subscribe(stage, { roles: ["rr"] });
  for (const n of [2, 3]) {
    registerAgent(stage, `slave(${n})@127.0.0.1:505${n}`);
    stage.allocate();
  }
  const roles = [...stage.state.offers.values()].map(({ role }) => role);
  assert.deepEqual(new Set(roles), new Set(["r", "r/child", "rr"]));
  const limits = (cpus: number, mem: number): QuotaConfig[] => [
    { role: "r", limits: { cpus: { value: cpus }, mem: { value: mem } } },
  ];
  assert.deepEqual(updateQuota(stage, limits(8, 2048)), ["answer 200"], "just what they have been offered");
  const both = updateQuota(stage, limits(2, 512));
  assert.equal(both.filter((line) => line.startsWith("RESCIND on ")).length, 2);
  assert.deepEqual(
    [...stage.state.offers.values()].map(({ role }) => role),
    ["rr"],
  );
});

void test("updateQuota() forgets quota of nothing in the registry, and shows it until a restart", () => {
  const stage = new Stage();
  updateQuota(stage, [limit("r", 1)]);
  assert.deepEqual(updateQuota(stage, [{ role: "r", guarantees: { cpus: { value: 0 } } }]), ["answer 200"]);
  assert.deepEqual(persisted(stage), ['{"kind":"update-quota","configs":[{"role":"r"}]}']);
  assert.deepEqual([...stage.state.quotas.values()], [{ role: "r" }]);
  assert.equal(stage.state.allocator.quota, undefined);
  // To the older call it is a quota still, which it sets only where there is none.
  const quota = { role: "r", guarantee: [scalar("cpus", 1)], force: true };
  assert.match(
    setQuota(stage, quota).join(),
    /^answer 400: .*Cannot set quota for role 'r' which already has/u,
  );
  assert.deepEqual(stage.take({ type: "remove-quota", request: 7, role: "r" }), ["answer 200"]);
  assert.deepEqual(setQuota(stage, quota), ["answer 200"]);
});

const badQuota: [QuotaConfig, string][] = [
  [{ role: "a/b" }, "Updating quota on nested role 'a/b' is not supported yet"],
  [{ role: "x" }, "Invalid QuotaConfig: 'x' is not on the roles whitelist"],
  [
    { role: "r", guarantees: { cpus: { value: 2 } }, limits: { cpus: { value: 1 } } },
    "Invalid QuotaConfig: 'QuotaConfig.guarantees' { cpus: 2 } is not contained within the 'QuotaConfig.limits' " +
      "{ cpus: 1 }",
  ],
];
for (const [config, words] of badQuota) {
  void test(`updateQuota() refuses ${JSON.stringify(config)}`, () => {
    const stage = new Stage({ roles: ["r", "a/b"] });
    assert.deepEqual(updateQuota(stage, [limit("r", 1), config]), [`answer 400: ${words}`]);
    assert.equal(stage.state.quotas.size, 0);
  });
}

void test("setQuota() guarantees and limits alike, once", () => {
  const stage = new Stage();
  registerAgent(stage);
  const quota = { role: "r", guarantee: [scalar("cpus", 1)] };
  assert.deepEqual(setQuota(stage, quota), ["answer 200"]);
  assert.deepEqual(stage.state.quotas.get("r"), {
    role: "r",
    guarantees: { cpus: { value: 1 } },
    limits: { cpus: { value: 1 } },
  });
  assert.deepEqual(setQuota(stage, quota), [
    "answer 400: Failed to validate set quota request: Cannot set quota for role 'r' which already has quota",
  ]);
  assert.deepEqual(setQuota(stage, { ...quota, role: "s", guarantee: [scalar("cpus", 9)] }), [
    "answer 409: Quota guarantees overcommit the cluster (use 'force' to bypass this check): Total quota guarantees " +
      "'cpus:10' exceed cluster capacity 'cpus:4; mem:1024'",
  ]);
  assert.deepEqual(setQuota(stage, { ...quota, role: "a/b" }), [
    "answer 400: Failed to validate set quota request: Invalid quota configuration. Parent role 'a' with guarantees " +
      "({}) does not contain the sum of its children's guarantees (cpus:1)",
  ]);
});

void test("setQuota() takes all offers of an agent back until the guarantee is covered", () => {
  const stage = new Stage();
  registerAgent(stage);
  subscribe(stage);
  stage.allocate();
  const quota = { role: "q", guarantee: [scalar("cpus", 1)] };
  assert.deepEqual(setQuota(stage, quota), ["RESCIND on stream1 m-O0", "answer 200"]);
});

void test("removeQuota() removes a quota, and refuses where there is none", () => {
  const stage = new Stage();
  updateQuota(stage, [limit("r", 1)]);
  const remove = (path?: string): string[] =>
    stage.take({ type: "remove-quota", request: 7, role: "r", ...(path === undefined ? {} : { path }) });
  assert.deepEqual(remove(), ["answer 200"]);
  assert.equal(stage.state.quotas.size, 0);
  assert.equal(stage.state.allocator.quota, undefined);
  assert.deepEqual(remove(), ["answer 400: Failed to remove quota: Role 'r' has no quota set"]);
  assert.deepEqual(remove("/master/quota/r"), [
    "answer 400: Failed to remove quota for path '/master/quota/r': Role 'r' has no quota set",
  ]);
});

void test("recover() holds offers off until most agents are back, where there is quota", () => {
  const agents = ["a", "b", "c"].map((id) => ({ info: { id: { value: id }, hostname: id } }));
  const stage = new Stage({ allocatorRecoveryTimeout: 1000 });
  const quota_configs = [limit("r", 1)];
  stage.take({ type: "recovered", registry: { slaves: { slaves: agents }, quota_configs } });
  assert.deepEqual(stage.state.allocator.heldOff, { agents: 2, untilMs: stage.now + 1000 });
  subscribe(stage);
  registerAgent(stage);
  assert.deepEqual(stage.allocate(), []);
  registerAgent(stage, "slave(2)@127.0.0.1:5052");
  assert.deepEqual(stage.allocate(), ["OFFERS on stream1 m-O0 m-O1"]);
});

for (const [factor, needed] of [
  [0, 0],
  [0.5, 1],
  [1, 3],
] as const) {
  void test(`recover() with a recovery factor of ${factor} waits for ${needed} of 3 agents`, () => {
    const stage = new Stage({ allocatorAgentRecoveryFactor: factor });
    const agents = ["a", "b", "c"].map((id) => ({ info: { id: { value: id }, hostname: id } }));
    const quota_configs = [limit("r", 1)];
    stage.take({ type: "recovered", registry: { slaves: { slaves: agents }, quota_configs } });
    subscribe(stage);
    for (let there = 1; there <= 3; there++) {
      registerAgent(stage, `slave(${there})@127.0.0.1:505${there}`);
      assert.equal(stage.allocate().length > 0, there >= needed, `${there} are there`);
    }
  });
}

void test("recover() takes quota over", () => {
  const stage = new Stage();
  stage.take({ type: "recovered", registry: { quota_configs: [limit("r", 1)] } });
  assert.deepEqual([...stage.state.quotas.values()], [limit("r", 1)]);
  assert.deepEqual([...(stage.state.allocator.quota?.roles.keys() ?? [])], ["r"]);
});

// What the registry has after one change and another, read by the next master. Scenarios that Mesos tests, too; see
// docs/checklists/master-tests.md.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { DrainInfo, MachineInfo, QuotaConfig, Registry } from "@mezzo/wire";
import { systemClock } from "../../core/clock.ts";
import { MemoryStore } from "../../store/memory-store.ts";
import { registryJson, registryModel } from "../api/read/registry.ts";
import { Stage } from "../testing/stage.ts";
import type { RegistryOperation } from "./operations.ts";
import { Registrar } from "./registrar.ts";

/** One master after another has the store. */
class Masters {
  readonly #store = new MemoryStore();

  /** A master writes these, one after the other, and the next one reads. */
  async write(...operations: RegistryOperation[]): Promise<Registry> {
    const registrar = new Registrar({ store: this.#store, clock: systemClock });
    await registrar.recover();
    for (const operation of operations) await registrar.apply([operation]);
    return new Registrar({ store: this.#store, clock: systemClock }).recover();
  }
}

const infoOf = (id: string, hostname = "host"): { id: { value: string }; hostname: string } => ({
  id: { value: id },
  hostname,
});
const admit = (id: string): RegistryOperation => ({ kind: "admit-agent", info: infoOf(id) });
const reach = (id: string): RegistryOperation => ({ kind: "mark-agent-reachable", info: infoOf(id) });
const lose = (id: string, nanoseconds = 1): RegistryOperation => ({
  kind: "mark-agent-unreachable",
  agentId: id,
  info: infoOf(id),
  time: { nanoseconds },
});
const drop = (id: string): RegistryOperation => ({
  kind: "mark-agent-gone",
  agentId: id,
  time: { nanoseconds: 1 },
});
const remove = (agentId: string): RegistryOperation => ({ kind: "remove-agent", agentId });
const prune = (unreachable: string[], gone: string[] = []): RegistryOperation => ({
  kind: "prune",
  unreachable,
  gone,
});

/** Where each agent stands, in one line. */
function places({ slaves, unreachable, gone }: Registry): string {
  const admitted = (slaves?.slaves ?? []).map(({ info }) => `${info.id?.value} admitted`);
  const away = (unreachable?.slaves ?? []).map(({ id }) => `${id.value} unreachable`);
  const never = (gone?.slaves ?? []).map(({ id }) => `${id.value} gone`);
  return [...admitted, ...away, ...never].join(", ");
}

const CASES: [string, RegistryOperation[], string][] = [
  ["once admitted, twice admitted", [admit("a"), admit("a")], "a admitted"],
  ["an agent that the registry never had comes back", [reach("a")], "a admitted"],
  ["an agent that was never away comes back", [admit("a"), reach("a"), reach("a")], "a admitted"],
  [
    "away, back and away again",
    [admit("a"), lose("a"), reach("a"), lose("a"), lose("a", 2)],
    "a unreachable",
  ],
  ["an admitted agent is gone", [admit("a"), drop("a")], "a gone"],
  ["an unreachable agent is gone", [admit("a"), lose("a"), drop("a"), drop("a")], "a gone"],
  [
    "removed, and admitted again",
    [admit("a"), admit("b"), remove("a"), remove("b"), admit("a")],
    "a admitted",
  ],
  ["removed twice", [admit("a"), remove("a"), remove("a")], ""],
  [
    "forgotten one after the other, and again after they were back",
    [
      ...["a", "b", "c"].map(admit),
      ...[lose("a"), lose("b"), drop("c")],
      ...[prune(["a"]), prune(["b"]), prune([], ["c"])],
      ...["a", "b", "c"].map(admit),
      ...[lose("a"), lose("b"), drop("c"), prune(["a"])],
    ],
    "b unreachable, c gone",
  ],
  [
    "the oldest of the unreachable come first",
    ["a", "b", "c"].flatMap((id, at) => [admit(id), lose(id, 9 - at)]),
    "c unreachable, b unreachable, a unreachable",
  ],
];

for (const [name, operations, expected] of CASES) {
  test(`the registry has each agent in one place: ${name}`, async () => {
    assert.equal(places(await new Masters().write(...operations)), expected);
  });
}

test("an agent may say something else of itself", async () => {
  const masters = new Masters();
  await masters.write({ kind: "admit-agent", info: infoOf("a", "original") });
  for (let time = 0; time < 2; time++) {
    const { slaves } = await masters.write({ kind: "update-agent", info: infoOf("a", "changed") });
    assert.deepEqual(
      slaves?.slaves?.map(({ info }) => info.hostname),
      ["changed"],
    );
  }
});

const DRAINING: DrainInfo = { state: "DRAINING", config: { mark_gone: true } };

/** What the registry says about draining, wherever the agent stands. */
function drainingOf({ slaves, unreachable }: Registry): string[] {
  return [
    ...(slaves?.slaves ?? []).map(({ info, ...rest }) => ({ id: info.id, ...rest })),
    ...(unreachable?.slaves ?? []),
  ].map(({ id, drain_info, deactivated }) =>
    [id?.value, drain_info?.state, drain_info?.config.mark_gone === true ? "to be gone" : "", deactivated]
      .filter((part) => part !== undefined && part !== "")
      .join(" "),
  );
}

test("draining goes with the agent wherever it goes, until it is drained, reactivated or forgotten", async () => {
  const masters = new Masters();
  const drain: RegistryOperation = { kind: "drain-agent", agentId: "a", drainInfo: DRAINING };
  assert.deepEqual(drainingOf(await masters.write(admit("a"), { ...drain, agentId: "stranger" })), ["a"]);
  assert.deepEqual(drainingOf(await masters.write(drain)), ["a DRAINING to be gone true"]);
  const away = await masters.write(lose("a"));
  assert.equal(places(away), "a unreachable");
  assert.deepEqual(drainingOf(away), ["a DRAINING to be gone true"]);
  const drained: DrainInfo = { ...DRAINING, state: "DRAINED" };
  const ended: RegistryOperation = { kind: "drain-agent", agentId: "a", drainInfo: drained };
  assert.deepEqual(drainingOf(await masters.write(ended)), ["a DRAINED to be gone true"]);
  assert.deepEqual(drainingOf(await masters.write(reach("a"))), ["a DRAINED to be gone true"]);
  assert.deepEqual(drainingOf(await masters.write(remove("a"), admit("a"))), ["a"], "a new agent");
  await masters.write(drain, lose("a"), prune(["a"]));
  assert.deepEqual(drainingOf(await masters.write(reach("a"))), ["a"], "forgotten with the agent");
});

test("deactivation is kept and ended agent by agent, also of those that are away", async () => {
  const masters = new Masters();
  const off = (agentId: string): RegistryOperation => ({ kind: "deactivate-agent", agentId });
  const on = (agentId: string): RegistryOperation => ({ kind: "reactivate-agent", agentId });
  await masters.write(...["a", "b", "c", "d"].map(admit), lose("c"), lose("d"));
  assert.deepEqual(drainingOf(await masters.write(off("a"), off("c"), off("x"))), [
    "a true",
    "b",
    "c true",
    "d",
  ]);
  assert.deepEqual(drainingOf(await masters.write(on("b"), on("a"))), ["a", "b", "c true", "d"]);
  const moved = await masters.write(off("b"), lose("b", 0), reach("c"));
  assert.deepEqual(drainingOf(moved), ["a", "c true", "b true", "d"]);
  assert.deepEqual(drainingOf(await masters.write(on("c"), on("b"))), ["a", "c", "b", "d"]);
});

const machine = (hostname: string, mode: MachineInfo["mode"] = "DRAINING"): MachineInfo => ({
  id: { hostname },
  mode,
  unavailability: { start: { nanoseconds: 1 } },
});

/** The schedule's machines, window by window, and the mode of each. */
function maintenanceOf({ schedules, machines }: Registry): { windows: string[]; modes: string[] } {
  const windows = (schedules?.[0]?.windows ?? []).map(({ machine_ids = [] }) =>
    machine_ids.map(({ hostname }) => hostname).join("+"),
  );
  const modes = (machines?.machines ?? []).map(({ info }) => `${info.id.hostname} ${info.mode}`);
  return { windows, modes: modes.sort() };
}

/** The change from one schedule to another: machines that enter, machines that leave. */
function plan(windows: string[][], set: string[], forget: string[] = []): RegistryOperation {
  const unavailability = { start: { nanoseconds: 1 } };
  const planned = windows.map((names) => ({
    machine_ids: names.map((hostname) => ({ hostname })),
    unavailability,
  }));
  return {
    kind: "update-maintenance",
    set: set.map((name) => machine(name)),
    forget: forget.map((name) => machine(name)),
    schedule: { windows: planned },
  };
}

test("schedules grow, are arranged anew, shrink and end", async () => {
  const masters = new Masters();
  const steps: [RegistryOperation, string[], string[]][] = [
    [plan([["a"]], ["a"]), ["a"], ["a"]],
    [plan([["a"], ["b"]], ["a", "b"]), ["a", "b"], ["a", "b"]],
    [plan([["a"], ["b", "c"]], ["a", "b", "c"]), ["a", "b+c"], ["a", "b", "c"]],
    [plan([["a", "b", "c"]], ["a", "b", "c"]), ["a+b+c"], ["a", "b", "c"]],
    [plan([["b", "c"]], ["b", "c"], ["a"]), ["b+c"], ["b", "c"]],
    [plan([], [], ["b", "c"]), [], []],
  ];
  for (const [operation, windows, machines] of steps) {
    const registry = await masters.write(operation);
    assert.deepEqual(maintenanceOf(registry), {
      windows,
      modes: machines.map((name) => `${name} DRAINING`),
    });
  }
});

test("machines that are down stay down when others are, and end with their window", async () => {
  const masters = new Masters();
  const down = (...names: string[]): RegistryOperation => ({
    kind: "update-maintenance",
    set: names.map((name) => machine(name, "DOWN")),
    forget: [],
  });
  const first = await masters.write(plan([["a", "b"], ["c"]], ["a", "b", "c"]), down("c"));
  assert.deepEqual(maintenanceOf(first).modes, ["a DRAINING", "b DRAINING", "c DOWN"]);
  const second = await masters.write(plan([["a", "b"]], [], ["c"]));
  assert.deepEqual(maintenanceOf(second), { windows: ["a+b"], modes: ["a DRAINING", "b DRAINING"] });
  const third = await masters.write(down("a", "b"), plan([], [], ["a", "b"]));
  assert.deepEqual(maintenanceOf(third), { windows: [], modes: [] });
});

test("quota is set role by role, replaced as a whole, and forgotten when it promises and limits nothing", async () => {
  const masters = new Masters();
  const set = (...configs: QuotaConfig[]): Promise<Registry> =>
    masters.write({ kind: "update-quota", configs });
  const quota = (role: string, amount: number): QuotaConfig => ({
    role,
    guarantees: { cpus: { value: amount }, mem: { value: amount } },
    limits: { cpus: { value: 2 * amount } },
  });
  assert.deepEqual((await set({ role: "a" })).quota_configs, []);
  assert.deepEqual((await set(quota("a", 1))).quota_configs, [quota("a", 1)]);
  assert.deepEqual((await set(quota("b", 2))).quota_configs, [quota("a", 1), quota("b", 2)]);
  const limited: QuotaConfig = { role: "a", limits: { cpus: { value: 4 } } };
  assert.deepEqual((await set(limited, quota("b", 3))).quota_configs, [limited, quota("b", 3)]);
  assert.deepEqual((await set({ role: "b" })).quota_configs, [limited]);
  assert.deepEqual((await set({ role: "a" })).quota_configs, []);
});

test("GET /registrar(1)/registry shows what the next master finds, and nothing before it has been read", async () => {
  const masters = new Masters();
  const found = await masters.write(
    ...["a", "b", "c"].map(admit),
    { kind: "drain-agent", agentId: "b", drainInfo: DRAINING },
    ...[lose("b"), drop("c")],
    { kind: "update-weights", weights: [{ role: "r", weight: 2 }] },
    { kind: "update-quota", configs: [{ role: "r", limits: { cpus: { value: 4 } } }] },
    plan([["d"]], ["d"]),
  );
  const stage = new Stage();
  stage.state.recovered = false;
  assert.deepEqual(registryModel(stage.state), {});
  stage.take({ type: "recovered", registry: found });
  const { master, ...shown } = registryModel(stage.state);
  assert.deepEqual(master, { info: stage.state.info });
  const resources = { resources: [] };
  const slaves = found.slaves?.slaves?.map((slave) => ({ ...slave, info: { ...slave.info, ...resources } }));
  const needed = ["AGENT_DRAINING", "QUOTA_V2"].map((capability) => ({ capability }));
  assert.deepEqual(shown, { ...found, slaves: { slaves }, minimum_capabilities: needed });
});

test("GET /registrar(1)/registry asks for a master that knows quota as long as there is quota", () => {
  const stage = new Stage();
  const shown = (): unknown => {
    const { quota_configs, minimum_capabilities } = JSON.parse(registryJson(stage.state)) as Registry;
    return { ...(quota_configs && { quota_configs }), ...(minimum_capabilities && { minimum_capabilities }) };
  };
  const set = (config: QuotaConfig): string[] =>
    stage.take({ type: "update-quota", request: 1, configs: [config], force: true });
  assert.deepEqual(shown(), {});
  const limited = { role: "r", limits: { cpus: { value: 4 } } };
  set(limited);
  const needed = [{ capability: "QUOTA_V2" }];
  assert.deepEqual(shown(), { quota_configs: [limited], minimum_capabilities: needed });
  set({ role: "r" });
  assert.deepEqual(shown(), {});
});

test("weights are set role by role", async () => {
  const masters = new Masters();
  const set = (weights: Record<string, number>): Promise<Registry> =>
    masters.write({
      kind: "update-weights",
      weights: Object.entries(weights).map(([role, weight]) => ({ role, weight })),
    });
  assert.deepEqual((await set({ a: 2 })).weights, [{ info: { role: "a", weight: 2 } }]);
  assert.deepEqual((await set({ a: 1, b: 3.5 })).weights, [
    { info: { role: "a", weight: 1 } },
    { info: { role: "b", weight: 3.5 } },
  ]);
});

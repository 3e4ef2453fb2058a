// Schedules, machines down and up: what is refused, what agents and offers go through, what the registry keeps.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { MachineID, MaintenanceSchedule } from "@mezzo/wire";
import { maintenanceSchedule, maintenanceStatus } from "../../api/read/maintenance.ts";
import { MAX_KEY_LENGTH } from "../../../store/registry-store.ts";
import { decodeRegistry } from "../../registry/decode-registry.ts";
import { step } from "../../step.ts";
import { launch, registerAgent, subscribe, task } from "../../testing/cast.ts";
import { keepRecords } from "../../testing/keep-records.ts";
import { Stage } from "../../testing/stage.ts";

const START = { start: { nanoseconds: 3600e9 } };
/** Where `registerAgent` says it runs; names of machines do not mind their case. */
const MACHINE = { hostname: "Host", ip: "127.0.0.1" };

function schedule(...machines: MachineID[]): MaintenanceSchedule {
  return { windows: [{ machine_ids: machines, unavailability: START }] };
}

const update = (stage: Stage, planned: MaintenanceSchedule): string[] =>
  stage.take({ type: "update-maintenance-schedule", request: 7, schedule: planned });
const start = (stage: Stage, ...machines: MachineID[]): string[] =>
  stage.take({ type: "start-maintenance", request: 7, machines });
const stop = (stage: Stage, ...machines: MachineID[]): string[] =>
  stage.take({ type: "stop-maintenance", request: 7, machines });

const LONG = "\u0001".repeat(513);
const REFUSED_SCHEDULES: readonly [schedule: MaintenanceSchedule, words: string][] = [
  [schedule(), "List of machines in the maintenance window is empty"],
  [
    { windows: [{ machine_ids: [MACHINE], unavailability: { ...START, duration: { nanoseconds: -1 } } }] },
    "Unavailability 'duration' is negative",
  ],
  [schedule({}), "Both 'hostname' and 'ip' for a machine are empty"],
  [schedule({ hostname: "a", ip: "1.2.3" }), "Failed to parse IPv4: 1.2.3"],
  [schedule({ ip: "1.2.3.04" }), "Failed to parse IPv4: 1.2.3.04"],
  [
    schedule({ hostname: "a" }, { hostname: "A" }),
    `Machine '{"hostname":"A"}' appears more than once in the schedule`,
  ],
  [schedule({ hostname: LONG }), "The 'hostname' of a machine has 513 characters, more than 512"],
  [
    schedule({ hostname: "elsewhere" }),
    `Machine '{"hostname":"down","ip":"1.2.3.4"}' is deactivated and cannot be removed from the schedule`,
  ],
];

for (const [refused, words] of REFUSED_SCHEDULES) {
  test(`UPDATE_MAINTENANCE_SCHEDULE is refused: ${words}`, () => {
    const stage = new Stage();
    const down = { hostname: "down", ip: "1.2.3.4" };
    update(stage, schedule(down));
    start(stage, down);
    assert.deepEqual(update(stage, refused), [`answer 400: ${words}`]);
    assert.deepEqual(maintenanceSchedule(stage.state), schedule(down));
  });
}

test("UPDATE_MAINTENANCE_SCHEDULE takes offers back and gives new ones that say so", () => {
  const stage = new Stage();
  registerAgent(stage);
  subscribe(stage);
  assert.deepEqual(stage.allocate(), ["OFFERS on stream1 m-O0"]);
  assert.deepEqual(update(stage, schedule(MACHINE)), ["RESCIND on stream1 m-O0", "answer 200"]);
  assert.deepEqual(stage.allocate(), ["OFFERS on stream1 m-O1", "INVERSE_OFFERS on stream1"]);
  assert.deepEqual(stage.state.offers.get("m-O1")?.offer.unavailability, START);
  assert.deepEqual(update(stage, {}), [
    "RESCIND on stream1 m-O1",
    "RESCIND_INVERSE_OFFER on stream1",
    "answer 200",
  ]);
  assert.deepEqual(stage.allocate(), ["OFFERS on stream1 m-O3"]);
  assert.equal(stage.state.offers.get("m-O3")?.offer.unavailability, undefined);
  assert.deepEqual(maintenanceSchedule(stage.state), {});
  assert.deepEqual(maintenanceStatus(stage.state), {});
});

test("an agent that registers on a planned machine is offered with its unavailability", () => {
  const stage = new Stage();
  update(stage, schedule(MACHINE, { hostname: "other" }));
  registerAgent(stage);
  subscribe(stage);
  stage.allocate();
  assert.deepEqual(stage.state.offers.get("m-O0")?.offer.unavailability, START);
});

test("START_MAINTENANCE and STOP_MAINTENANCE check modes", () => {
  const stage = new Stage();
  const id = { hostname: "a", ip: "1.2.3.4" };
  const words = `Machine '{"hostname":"a","ip":"1.2.3.4"}'`;
  assert.deepEqual(start(stage), ["answer 400: List of machines is empty"]);
  assert.deepEqual(start(stage, id), [`answer 400: ${words} is not part of a maintenance schedule`]);
  update(stage, schedule(id));
  assert.deepEqual(stop(stage, id), [`answer 400: ${words} is not in DOWN mode and cannot be brought up`]);
  assert.deepEqual(start(stage, id, id), [`answer 400: ${words} appears more than once in the schedule`]);
  assert.deepEqual(start(stage, id), ["answer 200"]);
  assert.deepEqual(maintenanceStatus(stage.state), { down_machines: [id] });
  assert.deepEqual(start(stage, id), [
    `answer 400: ${words} is not in DRAINING mode and cannot be brought down`,
  ]);
  update(stage, schedule(id, { hostname: "b" }));
  assert.deepEqual(stop(stage, id), ["answer 200"]);
  assert.deepEqual(maintenanceSchedule(stage.state), schedule({ hostname: "b" }));
  assert.deepEqual(maintenanceStatus(stage.state), { draining_machines: [{ id: { hostname: "b" } }] });
});

test("START_MAINTENANCE removes the agents of the machine and keeps them out until it is over", () => {
  const stage = new Stage();
  const agentId = registerAgent(stage);
  const framework = subscribe(stage);
  launch(stage, framework, [task("t1", agentId)]);
  update(stage, schedule(MACHINE));
  const lines = start(stage, MACHINE);
  assert.equal(lines[0], "ShutdownMessage to slave(1)@127.0.0.1:5051");
  assert.ok(
    lines.includes(
      "UPDATE on stream1 t1 TASK_LOST REASON_AGENT_REMOVED Agent host removed: Operator initiated 'Machine DOWN'",
    ),
  );
  assert.equal(stage.state.counters["slave_removals/reason_unregistered"], 0);
  assert.equal(stage.state.counters.slave_removals, 1);
  assert.throws(() => registerAgent(stage), /the agent is registered/);
  assert.deepEqual(stage.sent("ShutdownMessage"), [{ message: "Machine is `DOWN`" }]);
  stop(stage, MACHINE);
  registerAgent(stage);
  assert.equal(stage.state.agents.registered.size, 1);
});

test("changes that come while another is written wait for it and are checked against its result", () => {
  const stage = new Stage();
  const { state } = stage;
  const id = { hostname: "a" };
  const persisted: string[] = [];
  const take = (input: Parameters<typeof step>[1]): string[] =>
    step(state, input, stage.now).flatMap((effect) => {
      if (effect.type === "persist") persisted.push(effect.continuation.kind);
      return effect.type === "respond" ? [`${effect.request}: ${effect.status}`] : [];
    });
  const first = { type: "update-maintenance-schedule", request: 1, schedule: schedule(id) } as const;
  assert.deepEqual(take(first), []);
  const second = { type: "start-maintenance", request: 2, machines: [id] } as const;
  assert.deepEqual(take(second), []);
  assert.deepEqual(take({ ...second, request: 3 }), []);
  assert.equal(persisted.length, 1);
  const done = (change: typeof first | typeof second): string[] =>
    take({ type: "persisted", continuation: { kind: "maintenance-changed", change } });
  assert.deepEqual(done(first), ["1: 200"]);
  assert.equal(persisted.length, 2);
  assert.deepEqual(done(second), ["2: 200", "3: 400"]);
  assert.equal(state.maintenance.writing, false);
});

test("more changes than anybody could mean are refused", () => {
  const stage = new Stage();
  const change = { type: "update-maintenance-schedule", request: 1, schedule: {} } as const;
  for (let count = 0; count < 101; count++) step(stage.state, change, stage.now);
  const [effect] = step(stage.state, change, stage.now);
  assert.ok(effect?.type === "respond" && effect.status === 503);
});

test("the longest host names fit into the registry", () => {
  const stage = new Stage();
  assert.deepEqual(update(stage, schedule({ hostname: LONG.slice(1), ip: "255.255.255.255" })), [
    "answer 200",
  ]);
  const records = new Map<string, Uint8Array>();
  keepRecords(stage, records);
  for (const key of records.keys()) assert.ok(key.length <= MAX_KEY_LENGTH);
});

test("the registry keeps schedule and modes", () => {
  const records = new Map<string, Uint8Array>();
  const stage = new Stage();
  const down = { hostname: "Down", ip: "1.2.3.4" };
  for (const act of [
    () => update(stage, schedule(MACHINE, { hostname: "gone" })),
    () => update(stage, schedule(MACHINE, down)),
    () => start(stage, down),
  ]) {
    act();
    keepRecords(stage, records);
  }
  const next = new Stage();
  next.take({ type: "recovered", registry: decodeRegistry(records) });
  assert.deepEqual(maintenanceSchedule(next.state), schedule(MACHINE, down));
  assert.deepEqual(maintenanceStatus(next.state), {
    draining_machines: [{ id: MACHINE }],
    down_machines: [down],
  });
  for (const act of [() => stop(stage, down), () => update(stage, {})]) {
    act();
    keepRecords(stage, records);
  }
  assert.equal(records.size, 0);
});

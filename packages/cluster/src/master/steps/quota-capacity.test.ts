// What counts as there when quota is promised, and which offers have to go for it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { type Resource, formatQuantities, quantitiesOf } from "@mezzo/wire";
import { registerAgent, scalar, subscribe } from "../testing/cast.ts";
import { Stage } from "../testing/stage.ts";

const PIDS = [1, 2, 3].map((n) => `slave(${n})@127.0.0.1:505${n}`);

/** An amount of CPUs and memory that is guaranteed, and the limit as well. */
interface Wish {
  role?: string;
  cpus: number;
  mem: number;
  force?: boolean;
}

const set = (stage: Stage, { role = "r", cpus, mem, force = false }: Wish): string[] =>
  stage.take({
    type: "set-quota",
    request: 7,
    quota: { role, guarantee: [scalar("cpus", cpus), scalar("mem", mem)], force },
  });

function update(stage: Stage, { role = "r", cpus, mem, force = false }: Wish): string[] {
  const amounts = { cpus: { value: cpus }, mem: { value: mem } };
  const configs = [{ role, guarantees: amounts, limits: amounts }];
  return stage.take({ type: "update-quota", request: 7, configs, force });
}

const remove = (stage: Stage): string[] => stage.take({ type: "remove-quota", request: 7, role: "r" });

/** What the allocator keeps free for guarantees. */
function required({ state: { allocator } }: Stage): string {
  const amounts = (allocator.quota?.required ?? []).map((amount, index) => [
    allocator.names.names[index] ?? "",
    amount,
  ]);
  return formatQuantities(new Map(amounts as [string, number][]));
}

/** Both calls promise so much, and the allocator hears of it. */
function isPromised(stage: Stage, wish: Wish): void {
  for (const call of [set, update]) {
    assert.deepEqual(call(stage, wish), ["answer 200"]);
    assert.equal(required(stage), `cpus:${wish.cpus}; mem:${wish.mem}`);
    assert.deepEqual(remove(stage), ["answer 200"]);
    assert.equal(required(stage), "{}");
  }
}

/** Both calls refuse so much, each with its own answer, and promise it when they are forced to. */
function isRefused(stage: Stage, wish: Wish, capacity: string): void {
  const excess = `otal quota guarantees 'cpus:${wish.cpus}; mem:${wish.mem}' exceed cluster capacity '${capacity}'`;
  assert.deepEqual(set(stage, wish), [
    `answer 409: Quota guarantees overcommit the cluster (use 'force' to bypass this check): T${excess}`,
  ]);
  assert.deepEqual(update(stage, wish), [
    `answer 400: Invalid QuotaConfig: t${excess} (use 'force' flag to bypass this check)`,
  ]);
  assert.equal(stage.state.quotas.size, 0);
  isPromised(stage, { ...wish, force: true });
}

test("an agent of 4 CPUs is enough for 4, and for more only by force", () => {
  const stage = new Stage();
  registerAgent(stage);
  isPromised(stage, { cpus: 1, mem: 512 });
  isPromised(stage, { cpus: 4, mem: 1024 });
  isRefused(stage, { cpus: 5, mem: 2048 }, "cpus:4; mem:1024");
});

test("what one agent lacks another may have", () => {
  const stage = new Stage();
  for (const pid of PIDS.slice(0, 2)) registerAgent(stage, pid);
  isPromised(stage, { cpus: 8, mem: 2048 });
  isRefused(stage, { cpus: 8.5, mem: 2048 }, "cpus:8; mem:2048");
});

test("what others are promised already is not there for a second", () => {
  const stage = new Stage();
  registerAgent(stage);
  assert.deepEqual(set(stage, { role: "other", cpus: 3, mem: 24 }), ["answer 200"]);
  assert.match(set(stage, { cpus: 2, mem: 1000 }).join(), /^answer 409: .*'cpus:5; mem:1024' exceed/u);
  assert.match(update(stage, { cpus: 1, mem: 1001 }).join(), /^answer 400: .*'cpus:4; mem:1025' exceed/u);
  assert.deepEqual(update(stage, { cpus: 1, mem: 1000 }), ["answer 200"]);
});

test("reservations count, though others may have them, and ports do not", () => {
  const stage = new Stage();
  const ports: Resource = { name: "ports", type: "RANGES", ranges: { range: [{ begin: 1, end: 9 }] } };
  const mine = [scalar("cpus", 4), scalar("mem", 64)].map((resource) => ({ ...resource, role: "other" }));
  stage.message("RegisterSlaveMessage", PIDS[0] ?? "", {
    agent: { hostname: "host", port: 5051, resources: [...mine, ports] },
    version: "1.11.0",
    agent_capabilities: [],
  });
  isPromised(stage, { cpus: 4, mem: 64 });
  isRefused(stage, { cpus: 4, mem: 65 }, "cpus:4; mem:64");
});

test("an agent that is away for a moment still counts", () => {
  const stage = new Stage();
  const id = registerAgent(stage);
  stage.take({ type: "exited", pid: PIDS[0] ?? "" });
  assert.equal(stage.state.agents.registered.get(id)?.connected, false);
  isPromised(stage, { cpus: 4, mem: 1024 });
});

test("an empty cluster promises nothing unless it is forced to", () => {
  isRefused(new Stage(), { cpus: 1, mem: 64 }, "{}");
});

/** Three agents, all of them offered to a framework of another role that does not answer. */
function hoarded(): Stage {
  const stage = new Stage();
  for (const pid of PIDS) registerAgent(stage, pid);
  subscribe(stage, { roles: ["p"] });
  stage.allocate();
  assert.equal(stage.state.offers.size, 3);
  return stage;
}

/** How many offers of the first framework are taken back before the answer. */
function rescinded(lines: readonly string[]): number {
  assert.equal(lines.at(-1), "answer 200");
  for (const line of lines.slice(0, -1)) assert.match(line, /^RESCIND on stream1 m-O[0-2]$/u);
  return lines.length - 1;
}

test("what others have been offered counts, and so much comes back as a guarantee needs", () => {
  const stage = hoarded();
  assert.equal(rescinded(update(stage, { cpus: 4, mem: 512 })), 1);
  // One agent is free now, but may be given away by the time: it is not relied on.
  assert.equal(rescinded(update(stage, { role: "s", cpus: 5, mem: 64 })), 2);
  assert.equal(stage.state.offers.size, 0);
});

test("the older request takes an agent back for each framework of the role, though one were enough", () => {
  const stage = hoarded();
  for (let n = 0; n < 2; n++) subscribe(stage, { roles: ["r"] });
  assert.deepEqual(stage.allocate(), []);
  assert.equal(rescinded(set(stage, { cpus: 1, mem: 512 })), 2);
  assert.equal(stage.state.offers.size, 1);
  const given = stage.allocate();
  assert.ok(given.length > 0);
  const toRole = [...stage.state.offers.values()].filter(({ role }) => role === "r");
  const amounts = quantitiesOf(toRole.flatMap(({ offer }) => offer.resources ?? []));
  assert.equal(formatQuantities(amounts), "cpus:1; mem:512");
});

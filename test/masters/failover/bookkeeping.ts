// What must hold whenever somebody looks: the leader gives nothing away twice, the agents have the tasks that it thinks
// they have, and the registry has each agent once.
import assert from "node:assert/strict";
import { decodeRegistry } from "../../../packages/cluster/src/master/registry/decode-registry.ts";
import { getJson, type Server } from "../../stories/support/cluster.ts";
import { until } from "../../stories/support/until.ts";
import type { MeetingPlace } from "../support/meeting-place.ts";
import type { Masters } from "../support/masters.ts";

type Quantities = { readonly cpus: number; readonly mem: number; readonly disk: number };

interface Task {
  id: string;
  slave_id: string;
  state: string;
  resources: Quantities;
}

interface MasterState {
  frameworks: { tasks: Task[] }[];
  slaves: {
    id: string;
    resources: Quantities;
    used_resources: Quantities;
    offered_resources: Quantities;
  }[];
}

interface AgentState {
  frameworks: { executors: { tasks: Task[]; queued_tasks: { id: string }[] }[] }[];
}

const NAMES = ["cpus", "mem", "disk"] as const;

/** Quantities are exact to a thousandth. */
const HALF_A_THOUSANDTH = 0.0005;

/** Throws when an agent is given away twice, or its books do not add up. */
function checkAllocations({ frameworks, slaves }: MasterState): void {
  const tasks = frameworks.flatMap((framework) => framework.tasks);
  assert.equal(new Set(tasks.map(({ id }) => id)).size, tasks.length, "each task is there once");
  for (const agent of slaves) {
    const here = tasks.filter(({ slave_id }) => slave_id === agent.id);
    for (const name of NAMES) {
      const used = here.reduce((sum, { resources }) => sum + resources[name], 0);
      const booked = agent.used_resources[name];
      assert.ok(
        Math.abs(used - booked) < HALF_A_THOUSANDTH,
        `${name} of ${agent.id}: ${used} used, ${booked} booked`,
      );
      const given = used + agent.offered_resources[name];
      const total = agent.resources[name];
      assert.ok(given < total + HALF_A_THOUSANDTH, `${name} of ${agent.id}: ${given} of ${total} given`);
    }
  }
}

const sorted = (ids: Iterable<string>): string => [...ids].toSorted().join(" ");

function tasksOf({ frameworks }: AgentState): string {
  const executors = frameworks.flatMap((framework) => framework.executors);
  return sorted(
    executors.flatMap(({ tasks, queued_tasks: queued }) => [...tasks, ...queued].map(({ id }) => id)),
  );
}

export class Bookkeeping {
  readonly #place: MeetingPlace;
  readonly #masters: Masters;
  readonly #agents: readonly (Server & { id: string })[];
  /** What the last write to the registry said that was acknowledged, and those after it. */
  #weights: number[] = [1];

  constructor(of: { place: MeetingPlace; masters: Masters; agents: readonly (Server & { id: string })[] }) {
    this.#place = of.place;
    this.#masters = of.masters;
    this.#agents = of.agents;
  }

  /** Writes to the registry through the leader; resolves with whether that was acknowledged. */
  async write(): Promise<boolean> {
    const weight = (this.#weights.at(-1) ?? 0) + 1;
    this.#weights.push(weight);
    const { address } = await this.#masters.leader();
    const answer = await fetch(`http://${address}/weights`, {
      method: "PUT",
      body: JSON.stringify([{ role: "w", weight }]),
      signal: AbortSignal.timeout(30_000),
    }).catch(() => undefined);
    if (answer?.ok !== true) return false;
    this.#weights = [weight];
    return true;
  }

  /** The leader's agents and tasks are the agents' own. */
  async check(): Promise<void> {
    await until("the leader knows the agents and their tasks", async () => {
      const { address } = await this.#masters.leader();
      const before = await getJson<MasterState>(address, "/state");
      checkAllocations(before);
      for (const { id, address: at } of this.#agents) {
        const tasks = before.frameworks.flatMap((framework) => framework.tasks);
        const booked = tasks.filter(({ slave_id }) => slave_id === id).map((task) => task.id);
        assert.equal(tasksOf(await getJson<AgentState>(at, "/state")), sorted(booked));
      }
      return true;
    });
    const records = await within("the registry can be read", this.#place.registry());
    const registry = decodeRegistry(records);
    const admitted = registry.slaves?.slaves?.map(({ info }) => info.id?.value ?? "") ?? [];
    assert.equal(sorted(admitted), sorted(this.#agents.map(({ id }) => id)), "each agent is admitted once");
    assert.deepEqual([registry.unreachable?.slaves, registry.gone?.slaves], [[], []]);
    assert.deepEqual(
      [...records.keys()].filter((key) => key.startsWith(".")),
      [],
      "no commit is half done",
    );
    const weight = registry.weights?.find(({ info }) => info.role === "w")?.info.weight ?? 1;
    assert.ok(this.#weights.includes(weight), `the weight is ${weight}, not of ${this.#weights.join(", ")}`);
  }
}

/** What a store owes a test that asks it when all is well. */
const ANSWER_MS = 30_000;

/** Rejects when the promise takes too long: a client of the store may wait for ever. */
async function within<T>(what: string, promise: Promise<T>): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => reject(new Error(`Waited ${ANSWER_MS / 1000} s in vain until ${what}`)),
    ANSWER_MS,
  );
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

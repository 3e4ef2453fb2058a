// A property: whatever happens to master, agents and frameworks, the books of tasks, offers and resources agree.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { TaskState } from "@mezzo/wire";
import { registerAgent, subscribe, task, updateOf } from "./testing/cast.ts";
import { type Move, movesOf, pick } from "./testing/moves.ts";
import { Stage } from "./testing/stage.ts";

/** How often each happens: enough is destroyed when little is. */
const WEIGHTS = {
  register: 2,
  subscribe: 2,
  allocate: 12,
  accept: 16,
  decline: 2,
  update: 16,
  acknowledge: 10,
  kill: 3,
  "link-broken": 1,
  "come-back": 6,
  unregister: 1,
  gone: 1,
  unreachable: 2,
  "stream-closed": 1,
  failover: 2,
  teardown: 1,
  later: 4,
};

type Kind = keyof typeof WEIGHTS;

const STATES: readonly TaskState[] = ["TASK_RUNNING", "TASK_FINISHED", "TASK_FAILED", "TASK_KILLED"];

/** States that only the master believes in: the task itself runs on. */
const PARKED: ReadonlySet<TaskState> = new Set<TaskState>(["TASK_UNREACHABLE", "TASK_LOST"]);

/** A cluster that does what moves say. The stage checks the invariants after every step. */
class Chaos {
  readonly stage = new Stage({
    maxCompletedTasksPerFramework: 3,
    maxUnreachableTasksPerFramework: 2,
    agentRemovalRateLimit: 0.2,
  });
  readonly #agentPids = new Map<string, string>();
  #tasks = 0;

  move({ kind, a, b }: Move<Kind>): void {
    const { stage } = this;
    const agent = pick(stage.state.agents.registered.values(), a);
    const framework = pick(stage.state.frameworks.registered.values(), b);
    if (kind === "register") this.#register(a);
    else if (kind === "subscribe") this.#subscribe(b);
    else if (kind === "allocate") stage.allocate();
    else if (kind === "later") this.#later(a);
    else if (kind === "come-back") this.#comeBack(a);
    else if (agent !== undefined && kind === "link-broken") stage.take({ type: "exited", pid: agent.pid });
    else if (agent !== undefined && kind === "unregister") {
      stage.message("UnregisterSlaveMessage", agent.pid, { agent_id: agent.agentId });
    } else if (agent !== undefined && kind === "gone") {
      stage.take({ type: "mark-agent-gone", request: 1, agentId: agent.id });
    } else if (agent !== undefined && kind === "unreachable") {
      agent.missedPings = stage.state.options.maxAgentPingTimeouts - 1;
      stage.take({ type: "timer", timer: "ping", agentId: agent.id });
    } else if (framework !== undefined) this.#moveFramework({ kind, a, b }, framework.id);
  }

  #later(a: number): void {
    const { stage } = this;
    stage.now += a * 1000;
    if (stage.state.removals.waiting.size > 0) stage.take({ type: "timer", timer: "removal-permit" });
  }

  #register(a: number): void {
    const pid = `slave(${a % 3})@127.0.0.1:5051`;
    const agentId = registerAgent(this.stage, pid);
    this.#agentPids.set(agentId, pid);
  }

  #subscribe(b: number): void {
    if (this.stage.state.frameworks.registered.size >= 4) return;
    const aware = b % 2 === 0 ? [{ type: "PARTITION_AWARE" as const }] : [];
    subscribe(this.stage, {
      roles: b % 3 === 0 ? ["r", "q"] : ["r"],
      checkpoint: b % 5 > 1,
      failover_timeout: 100,
      capabilities: [{ type: "MULTI_ROLE" }, ...aware],
    });
  }

  /** An agent that was here before re-registers, with every task it ever had that is not over. */
  #comeBack(a: number): void {
    const { state } = this.stage;
    const known = pick(this.#agentPids, a);
    if (known === undefined) return;
    const [agentId, pid] = known;
    const there = state.agents.byPid.get(pid);
    if (there !== undefined && there !== agentId) return;
    const frameworks = [...state.frameworks.registered.values()];
    const tasks = frameworks.flatMap((framework) =>
      [...framework.tasks.values(), ...framework.unreachableTasks.values()]
        .filter((one) => one.agent_id.value === agentId)
        .map((one) => ({ ...one, state: PARKED.has(one.state) ? ("TASK_RUNNING" as const) : one.state })),
    );
    this.stage.message("ReregisterSlaveMessage", pid, {
      agent: {
        id: { value: agentId },
        hostname: "host",
        port: 5051,
        resources: [
          { name: "cpus", type: "SCALAR", scalar: { value: 4 } },
          { name: "mem", type: "SCALAR", scalar: { value: 1024 } },
        ],
      },
      version: "1.11.0",
      agent_capabilities: [{ type: "MULTI_ROLE" }, { type: "RESERVATION_REFINEMENT" }],
      frameworks: frameworks.map(({ info }) => info),
      tasks,
    });
  }

  #moveFramework({ kind, a, b }: Move<Kind>, id: string): void {
    const { stage } = this;
    const framework = stage.state.frameworks.registered.get(id);
    const streamId = framework?.connection?.kind === "http" ? framework.connection.streamId : undefined;
    if (framework === undefined || streamId === undefined) return;
    const framework_id = framework.frameworkId;
    const offer = stage.state.offers.get(pick(framework.offers, a) ?? "");
    const record = pick(framework.tasks.values(), a);
    if (kind === "stream-closed") stage.take({ type: "stream-closed", streamId });
    else if (kind === "teardown") stage.call({ type: "TEARDOWN", framework_id }, streamId);
    else if (kind === "failover") {
      stage.call({ type: "SUBSCRIBE", framework_id, subscribe: { framework_info: framework.info } });
    } else if (kind === "accept" && offer !== undefined) {
      const task_infos = Array.from({ length: b % 3 }, () => task(`t${this.#tasks++}`, offer.agentId));
      const operations = [{ type: "LAUNCH" as const, launch: { task_infos } }];
      const accept = { offer_ids: [offer.offer.id], operations, filters: { refuse_seconds: b } };
      stage.call({ type: "ACCEPT", framework_id, accept }, streamId);
    } else if (kind === "decline" && offer !== undefined) {
      stage.call({ type: "DECLINE", framework_id, decline: { offer_ids: [offer.offer.id] } }, streamId);
    } else if (record !== undefined)
      this.#moveTask({ kind, a, b }, { taskId: record.task_id.value, id, streamId });
  }

  #moveTask({ kind, a, b }: Move<Kind>, ids: { taskId: string; id: string; streamId: string }): void {
    const { stage } = this;
    const record = stage.state.frameworks.registered.get(ids.id)?.tasks.get(ids.taskId);
    if (record === undefined) return;
    const framework_id = { value: ids.id };
    if (kind === "kill") {
      stage.call({ type: "KILL", framework_id, kill: { task_id: record.task_id } }, ids.streamId);
    } else if (kind === "update") {
      const pid = this.#agentPids.get(record.agent_id.value) ?? "";
      const facts = { frameworkId: ids.id, agentId: record.agent_id.value, taskId: ids.taskId };
      const update = updateOf(facts, STATES[a % STATES.length] ?? "TASK_RUNNING", (b % 200) + 1);
      stage.message("StatusUpdateMessage", pid, { update, pid });
    } else if (kind === "acknowledge") {
      const uuid = record.status_update_uuid;
      if (uuid === undefined) return;
      const acknowledge = { agent_id: record.agent_id, task_id: record.task_id, uuid };
      stage.call({ type: "ACKNOWLEDGE", framework_id, acknowledge }, ids.streamId);
    }
  }
}

test("step() keeps the books whatever happens", () => {
  fc.assert(
    fc.property(movesOf(WEIGHTS, { minLength: 50, maxLength: 200 }), (moves) => {
      const chaos = new Chaos();
      for (const kind of ["register", "subscribe", "allocate"] as const) chaos.move({ kind, a: 0, b: 0 });
      for (const each of moves) chaos.move(each);
      assert.ok(chaos.stage.state.agents.registered.size <= 3);
    }),
    { numRuns: 200 },
  );
});

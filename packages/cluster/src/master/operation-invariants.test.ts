// A property: whatever becomes of operations on resources, the books about them agree.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { OfferOperation, Resource, TaskInfo } from "@mezzo/wire";
import {
  isDynamicallyReserved,
  isPersistentVolume,
  isShared,
  isUnreserved,
  unallocateResources,
} from "@mezzo/wire";
import { subscribe, task, updateOf } from "./testing/cast.ts";
import { OperatingAgent } from "./testing/operating-agent.ts";
import { operation, reserved, volume } from "./testing/operation-script.ts";
import { type Move, movesOf, pick } from "./testing/moves.ts";
import { Stage } from "./testing/stage.ts";

/** How often each happens. */
const WEIGHTS = {
  allocate: 10,
  accept: 20,
  operator: 4,
  report: 10,
  acknowledge: 6,
  "end-task": 6,
  "come-back": 2,
  "link-broken": 1,
  unreachable: 1,
  "new-framework": 1,
  teardown: 1,
  later: 4,
};

type Kind = keyof typeof WEIGHTS;

const CAPABILITIES = ["MULTI_ROLE", "RESERVATION_REFINEMENT", "PARTITION_AWARE", "SHARED_RESOURCES"] as const;

/** One agent that does what it is told, frameworks and operators that change its resources at random. */
class Chaos {
  readonly stage = new Stage();
  readonly agent = new OperatingAgent(this.stage);
  #names = 0;

  move({ kind, a, b }: Move<Kind>): void {
    const { stage, agent } = this;
    const record = stage.state.agents.registered.get(agent.id);
    if (kind === "allocate") stage.allocate();
    else if (kind === "later") stage.now += a * 1000;
    else if (kind === "new-framework") this.#subscribe();
    else if (kind === "report") {
      const done = pick(agent.operations.values(), a);
      if (done !== undefined) agent.report(done);
    } else if (kind === "come-back") this.#comeBack();
    else if (kind === "link-broken") stage.take({ type: "exited", pid: agent.pid });
    else if (kind === "unreachable" && record !== undefined) {
      record.missedPings = stage.state.options.maxAgentPingTimeouts - 1;
      stage.take({ type: "timer", timer: "ping", agentId: agent.id });
    } else if (kind === "operator") {
      const asked = this.#operationOn(unallocateResources(record?.totalResources ?? []), { a, b });
      stage.take({ type: "operator-operation", request: 1, agentId: agent.id, operation: asked });
    } else this.#moveFramework({ kind, a, b });
    agent.receive();
  }

  #subscribe(): void {
    if (this.stage.state.frameworks.registered.size >= 3) return;
    subscribe(this.stage, { capabilities: CAPABILITIES.map((type) => ({ type })), failover_timeout: 1000 });
  }

  /** The agent returns with what it has, and with the tasks that the master thinks it runs. */
  #comeBack(): void {
    const { registered } = this.stage.state.frameworks;
    const frameworks = [...registered.values()];
    const tasks = frameworks.flatMap(({ tasks: running, unreachableTasks }) =>
      [...running.values(), ...unreachableTasks.values()].map((one) => ({
        ...one,
        state: one.state === "TASK_UNREACHABLE" ? ("TASK_RUNNING" as const) : one.state,
      })),
    );
    this.agent.comeBack({ frameworks: frameworks.map(({ info }) => info), tasks });
  }

  /** Something that may or may not be possible with these resources. */
  #operationOn(resources: readonly Resource[], { a, b }: { a: number; b: number }): OfferOperation {
    const resource = pick(resources, a);
    const id = b % 2 === 0 ? `op${this.#names++}` : undefined;
    const amount = Math.min(resource?.scalar?.value ?? 1, 1 + b * 10);
    if (resource === undefined || isUnreserved(resource)) {
      return operation.reserve([reserved(resource?.name ?? "cpus", amount)], id);
    }
    if (isPersistentVolume(resource)) {
      const bare = unallocateResources([resource])[0] ?? resource;
      if (b % 3 === 0) return operation.destroy([bare], id);
      return b % 3 === 1
        ? operation.grow(bare, reserved("disk", 5), id)
        : operation.shrink(bare, amount / 2, id);
    }
    if (resource.name === "disk" && isDynamicallyReserved(resource) && b % 3 > 0) {
      return operation.create([volume(amount, `v${this.#names++}`, b % 3 === 1 ? { shared: {} } : {})], id);
    }
    return operation.unreserve([reserved(resource.name, amount)], id);
  }

  /** Up to three tasks on what is offered; those on a shared volume may be more than there are copies. */
  #tasksOn(resources: readonly Resource[], count: number): TaskInfo[] {
    const volumes = unallocateResources(resources).filter(isPersistentVolume);
    return Array.from({ length: count % 4 }, (_, index) => {
      const base = task(`t${this.#names++}`, this.agent.id);
      const used = volumes.find((one) => isShared(one) || index === 0);
      return { ...base, resources: [...(base.resources ?? []), ...(used === undefined ? [] : [used])] };
    });
  }

  #moveFramework({ kind, a, b }: Move<Kind>): void {
    const { stage, agent } = this;
    const framework = pick(stage.state.frameworks.registered.values(), b);
    if (framework?.connection?.kind !== "http") return;
    const { streamId } = framework.connection;
    const framework_id = framework.frameworkId;
    if (kind === "teardown") stage.call({ type: "TEARDOWN", framework_id }, streamId);
    else if (kind === "accept") {
      const offers = [...framework.offers].flatMap((one) => stage.state.offers.get(one) ?? []);
      if (offers.length === 0) return;
      const resources = offers.flatMap(({ offer }) => offer.resources ?? []);
      const operations = [
        this.#operationOn(resources, { a, b }),
        { type: "LAUNCH" as const, launch: { task_infos: this.#tasksOn(resources, a) } },
        this.#operationOn(resources, { a: b, b: a }),
      ];
      const accept = {
        offer_ids: offers.map(({ offer }) => offer.id),
        operations,
        filters: { refuse_seconds: 1 },
      };
      stage.call({ type: "ACCEPT", framework_id, accept }, streamId);
    } else if (kind === "acknowledge") {
      const done = pick(framework.operations.values(), a);
      const status = done?.statuses?.at(-1);
      if (done?.info.id === undefined || status?.uuid === undefined) return;
      const facts = { agent_id: { value: agent.id }, operation_id: done.info.id, uuid: status.uuid.value };
      stage.call(
        { type: "ACKNOWLEDGE_OPERATION_STATUS", framework_id, acknowledge_operation_status: facts },
        streamId,
      );
    } else if (kind === "end-task") {
      const record = pick(framework.tasks.values(), a);
      if (record === undefined) return;
      const ids = { frameworkId: framework.id, agentId: agent.id, taskId: record.task_id.value };
      const update = updateOf(ids, "TASK_FINISHED", (b % 200) + 1);
      stage.message("StatusUpdateMessage", agent.pid, { update, pid: agent.pid });
    }
  }
}

test("step() keeps the books of operations whatever happens", () => {
  fc.assert(
    fc.property(movesOf(WEIGHTS, { minLength: 40, maxLength: 120 }), (moves) => {
      const chaos = new Chaos();
      for (const kind of ["new-framework", "allocate"] as const) chaos.move({ kind, a: 0, b: 0 });
      for (const each of moves) chaos.move(each);
      assert.ok(chaos.stage.state.agents.registered.size <= 1);
    }),
    { numRuns: 150 },
  );
});

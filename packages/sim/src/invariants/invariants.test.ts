// The invariants are worth something: whatever one thing is broken in a running cluster, the right one of them objects.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Task } from "@mezzo/wire";
import { MAINTENANCE_KEYS } from "../../../cluster/src/master/registry/maintenance-operations.ts";
import { REMOVAL_PERMIT_TIMER } from "../../../cluster/src/master/removal-queue.ts";
import { KEYS } from "../../../cluster/src/master/registry/encode-operation.ts";
import { type RunningCluster, runningCluster } from "../testing/running-cluster.ts";
import { InvariantViolation } from "../trace/violation.ts";

/** Breaks one thing; then the named invariant must object, whether it looks at the master or at everybody. */
interface Sabotage {
  what: string;
  invariant: string;
  harm: (cluster: RunningCluster) => void;
}

const firstTask = ({ agent, framework }: RunningCluster): Task => {
  const [task] = agent.tasks.get(framework.id)?.values() ?? [];
  assert.ok(task !== undefined);
  return task;
};

const offerOf = ({ agent, state }: RunningCluster): string => {
  const [offerId] = agent.offers;
  assert.ok(offerId !== undefined && state.offers.has(offerId));
  return offerId;
};

const SABOTAGE: readonly Sabotage[] = [
  {
    what: "a second task on the same resources",
    invariant: "agent-resources",
    harm: (cluster) => {
      const { agent, framework } = cluster;
      const resources = [...agent.totalResources];
      agent.tasks.get(framework.id)?.set("twin", { ...firstTask(cluster), state: "TASK_RUNNING", resources });
    },
  },
  {
    what: "a used resource that the books forgot",
    invariant: "agent-resources",
    harm: ({ agent, framework }) => void agent.usedResources.delete(framework.id),
  },
  {
    what: "an offer that the agent's books do not count",
    invariant: "agent-resources",
    harm: ({ agent }) => void (agent.offeredResources = []),
  },
  {
    what: "resources that the allocator believes to be free",
    invariant: "allocator-agreement",
    harm: ({ state, agent }) => {
      const entry = state.allocator.agents.get(agent.id);
      if (entry !== undefined) entry.available = entry.total;
    },
  },
  {
    what: "a holding that the allocator forgot",
    invariant: "allocator-agreement",
    harm: ({ state, agent }) => void state.allocator.agents.get(agent.id)?.held.pop(),
  },
  {
    what: "a framework that is active for the master alone",
    invariant: "allocator-agreement",
    harm: ({ framework, state }) => {
      const entry = state.allocator.frameworks.get(framework.id);
      if (entry !== undefined) entry.active = !framework.active;
    },
  },
  {
    what: "a framework that suppressed a role for the master alone",
    invariant: "allocator-agreement",
    harm: ({ framework }) => {
      for (const role of framework.roles) {
        if (!framework.suppressedRoles.delete(role)) framework.suppressedRoles.add(role);
      }
    },
  },
  {
    what: "an offer that its framework does not know",
    invariant: "offers",
    harm: (cluster) => {
      const record = cluster.state.offers.get(offerOf(cluster));
      cluster.state.frameworks.registered.get(record?.frameworkId ?? "")?.offers.delete(record?.id ?? "");
    },
  },
  {
    what: "an offer of a role that its framework left",
    invariant: "offers",
    harm: (cluster) => {
      const record = cluster.state.offers.get(offerOf(cluster));
      const framework = cluster.state.frameworks.registered.get(record?.frameworkId ?? "");
      if (record === undefined || framework === undefined) return;
      cluster.state.offers.set(record.id, { ...record, role: "z" });
    },
  },
  {
    what: "an agent in two places",
    invariant: "lifecycles",
    harm: ({ state, agent }) => void state.agents.gone.set(agent.id, { nanoseconds: 0 }),
  },
  {
    what: "a removed framework that is registered",
    invariant: "lifecycles",
    harm: ({ state, framework }) => void state.frameworks.completed.set(framework.id, framework),
  },
  {
    what: "an agent that the registry lacks",
    invariant: "registry-agreement",
    harm: ({ simulation, agent }) => void simulation.registry.records.delete(KEYS.agents + agent.id),
  },
  {
    what: "a weight that the allocator does not know",
    invariant: "allocator-agreement",
    harm: ({ state }) => void state.allocator.weights.set("a", 17),
  },
  {
    what: "a weight that the registry lacks",
    invariant: "registry-equality",
    harm: ({ state }) => {
      state.weights.set("z", 3);
      state.allocator.weights.set("z", 3);
    },
  },
  {
    what: "a quota that the master alone forgot",
    invariant: "registry-equality",
    harm: ({ simulation }) =>
      simulation.registry.apply([
        { kind: "update-quota", configs: [{ role: "a", limits: { cpus: { value: 1 } } }] },
      ]),
  },
  {
    what: "a drain of which only the registry knows",
    invariant: "registry-equality",
    harm: ({ simulation, agent }) =>
      simulation.registry.apply([{ kind: "deactivate-agent", agentId: agent.id }]),
  },
  {
    what: "an agent that is another one in the registry",
    invariant: "registry-equality",
    harm: ({ simulation, agent }) =>
      simulation.registry.apply([{ kind: "update-agent", info: { ...agent.info, hostname: "other" } }]),
  },
  {
    what: "an unreachable agent that the master has not",
    invariant: "registry-equality",
    harm: ({ simulation, agent: { info } }) => {
      const time = { nanoseconds: 1 };
      simulation.registry.apply([{ kind: "mark-agent-unreachable", agentId: "lost", info, time }]);
    },
  },
  {
    what: "a gone agent that the master has not",
    invariant: "registry-equality",
    harm: ({ simulation }) =>
      simulation.registry.apply([{ kind: "mark-agent-gone", agentId: "lost", time: { nanoseconds: 1 } }]),
  },
  {
    what: "a machine that is down in the registry alone",
    invariant: "registry-equality",
    harm: ({ simulation }) =>
      simulation.registry.apply([
        { kind: "update-maintenance", set: [{ id: { hostname: "x" }, mode: "DOWN" }], forget: [] },
      ]),
  },
  {
    what: "a word about an agent that nobody has",
    invariant: "registry-equality",
    harm: ({ simulation }) =>
      void simulation.registry.records.set(`${MAINTENANCE_KEYS.deactivated}lost`, new Uint8Array()),
  },
  {
    what: "an agent that waits for a write which nobody makes",
    invariant: "registry-equality",
    harm: ({ state }) => void state.agents.registering.add("slave(1)@10.1.9.9:5051"),
  },
  {
    what: "an agent that waits for a permit which never comes",
    invariant: "master-bounds",
    harm: ({ state, agent: { id: agentId } }) => {
      const verdict = { agentId, duringFailover: false, message: "silent", until: "pong" } as const;
      state.removals.waiting.set(agentId, verdict);
    },
  },
  {
    what: "a recovered agent that waits for a permit which never comes",
    invariant: "master-bounds",
    harm: ({ state, simulation, agent }) => {
      const agentId = "away";
      const info = { ...agent.info, id: { value: agentId } };
      simulation.registry.apply([{ kind: "admit-agent", info }]);
      state.agents.recovered.set(agentId, { id: agentId, info, deactivated: false });
      const verdict = { agentId, duringFailover: true, message: "away", until: "return" } as const;
      state.removals.waiting.set(agentId, verdict);
    },
  },
  {
    what: "an agent away that nobody gives up, for it waits for a permit because it was silent",
    invariant: "master-bounds",
    harm: ({ run, state, agent }) => {
      const verdict = { agentId: agent.id, duringFailover: false, message: "silent", until: "pong" } as const;
      state.removals.waiting.set(agent.id, verdict);
      run.timerKeys.set(REMOVAL_PERMIT_TIMER, {});
      run.submit({ type: "exited", pid: agent.pid });
      run.timerKeys.delete(`agent-reregister/${agent.id}`);
    },
  },
  {
    what: "a history without bound",
    invariant: "master-bounds",
    harm: (cluster) => {
      const { framework, state } = cluster;
      const surplus = state.options.maxCompletedTasksPerFramework + 1;
      framework.completedTasks = Array.from({ length: surplus }, () => firstTask(cluster));
    },
  },
  {
    what: "an agent that nobody pings",
    invariant: "master-bounds",
    harm: ({ run, agent }) => void run.timerKeys.delete(`ping/${agent.id}`),
  },
  {
    what: "a task that only its framework has",
    invariant: "master-books",
    harm: (cluster) => {
      const task = firstTask(cluster);
      cluster.framework.tasks.set("ghost", { ...task, task_id: { value: "ghost" } });
    },
  },
  {
    what: "an agent's history without bound",
    invariant: "agent-lifecycle",
    harm: ({ agentRun }) => {
      const [framework] = agentRun.state.frameworks.values();
      assert.ok(framework !== undefined);
      agentRun.state.completedFrameworks = Array.from({ length: 51 }, () => framework);
    },
  },
];

for (const { what, invariant, harm } of SABOTAGE) {
  test(`checkAll() objects to ${what}`, () => {
    const cluster = runningCluster();
    cluster.simulation.checkAll();
    harm(cluster);
    assert.throws(
      () => cluster.simulation.checkAll(),
      (error) => error instanceof InvariantViolation && error.invariant === invariant,
    );
  });
}

test("the step that follows a broken state finds it without a full check", () => {
  const cluster = runningCluster();
  const { agent, run, framework } = cluster;
  const ids = { agent_id: { value: agent.id }, framework_id: { value: framework.id } };
  const body = { ...ids, executor_id: { value: "nobody" }, status: 0 };
  agent.usedResources.delete(framework.id);
  assert.throws(
    () => run.submit({ type: "message", name: "ExitedExecutorMessage", from: agent.pid, body }),
    (error) => error instanceof InvariantViolation,
  );
});

test("an end that a task leaves is found", () => {
  const cluster = runningCluster();
  const task = firstTask(cluster);
  const { resources: _, ...rest } = task;
  const ended: Task = { ...rest, task_id: { value: "ended" }, state: "TASK_FINISHED" };
  cluster.agent.tasks.get(cluster.framework.id)?.set("ended", ended);
  cluster.framework.tasks.set("ended", ended);
  cluster.simulation.checkAll();
  ended.state = "TASK_RUNNING";
  assert.throws(
    () => cluster.simulation.checkAll(),
    (error) => error instanceof InvariantViolation && error.invariant === "task-progress",
  );
});

test("an agent is told of its admission only when the registry has it", () => {
  const { simulation, run, agent } = runningCluster();
  simulation.registry.records.delete(KEYS.agents + agent.id);
  assert.throws(
    () =>
      simulation.checks.masterSends(run, {
        type: "send-message",
        to: agent.pid,
        name: "SlaveRegisteredMessage",
        body: { agent_id: agent.agentId },
      }),
    (error) => error instanceof InvariantViolation && error.invariant === "registry-agreement",
  );
});

test("the allocator's own books are looked at now and then, however large the cluster", () => {
  const { state, run } = runningCluster({ agents: 60 });
  const [node] = state.allocator.shares.root.order;
  assert.ok(node !== undefined);
  node.share += 1;
  assert.throws(
    () => {
      for (let steps = 0; steps < 200; steps++) run.submit({ type: "allocate" });
    },
    (error) => error instanceof InvariantViolation && /share of .* is stale|order below/.test(error.message),
  );
});

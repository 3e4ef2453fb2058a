// What operators do to a working cluster, and take back some time later.
import { type AgentInfo, type MachineID, type Resource, unallocateResources } from "@mezzo/wire";
import type { Agent } from "../../../cluster/src/master/agent.ts";
import { isNoQuota } from "../../../cluster/src/master/quota.ts";
import type { MasterRun, OperatorInput } from "../master/master-run.ts";
import type { SeededRandom } from "../time/seeded-random.ts";

/** An action, and the one that takes it back. */
export interface OperatorAction {
  readonly act: OperatorInput;
  readonly undo?: OperatorInput;
}

/** Roles that get weights and quota. */
const ROLES = ["*", "a", "a/b", "c"] as const;

/** A day: maintenance that nobody sees end. */
const DAY_NS = 24 * 60 * 60 * 1e9;

export function machineOf({ hostname }: AgentInfo, pid: string): MachineID {
  const address = pid.slice(pid.indexOf("@") + 1);
  return { hostname, ip: address.slice(0, address.indexOf(":")) };
}

function maintenance(agent: Agent, nowMs: number): OperatorAction {
  const machine = machineOf(agent.info, agent.pid);
  const window = {
    machine_ids: [machine],
    unavailability: { start: { nanoseconds: nowMs * 1e6 }, duration: { nanoseconds: DAY_NS } },
  };
  return {
    act: { type: "update-maintenance-schedule", schedule: { windows: [window] } },
    undo: { type: "update-maintenance-schedule", schedule: {} },
  };
}

/** Some of what is free on the agent, reserved and made a volume of where it is disk. */
function reservation(agent: Agent, random: SeededRandom): OperatorAction | undefined {
  const free = agent.totalResources.filter(
    ({ scalar, reservations }) => scalar !== undefined && (reservations ?? []).length === 0,
  );
  if (free.length === 0) return undefined;
  const [chosen] = unallocateResources([random.pick(free)]);
  if (chosen === undefined) return undefined;
  const role = random.pick(["a", "c"]);
  const resource: Resource = {
    ...chosen,
    scalar: { value: Math.min(chosen.scalar?.value ?? 0, 0.5) },
    reservations: [{ type: "DYNAMIC", role }],
  };
  const operation = (type: "RESERVE" | "UNRESERVE"): OperatorInput => ({
    type: "operator-operation",
    agentId: agent.id,
    operation: { type, [type.toLowerCase()]: { resources: [resource] } },
  });
  return { act: operation("RESERVE"), undo: operation("UNRESERVE") };
}

/** One action on a random agent or role; undefined when there is nothing to act on. */
export function drawOperatorAction(
  { state }: MasterRun,
  { random, nowMs }: { random: SeededRandom; nowMs: number },
): OperatorAction | undefined {
  const agents = [...state.agents.registered.values()];
  const role = random.pick(ROLES);
  if (random.chance(0.2)) {
    const weights = (weight: number): OperatorInput => ({
      type: "update-weights",
      weights: [{ role, weight }],
    });
    return { act: weights(random.pick([0.5, 2, 10])), undo: weights(1) };
  }
  if (random.chance(0.2) && role !== "*") {
    const limits = { cpus: { value: random.integer(1, 6) }, mem: { value: 2048 } };
    const guarantees = random.chance(0.5) ? { guarantees: { cpus: { value: 1 } } } : {};
    return {
      act: { type: "update-quota", configs: [{ role, limits, ...guarantees }], force: true },
      undo: { type: "update-quota", configs: [{ role }], force: true },
    };
  }
  if (agents.length === 0) return undefined;
  const agent = random.pick(agents);
  const agentId = agent.id;
  if (random.chance(0.3)) return reservation(agent, random);
  if (random.chance(0.3)) return maintenance(agent, nowMs);
  const undo = { type: "reactivate-agent", agentId } as const;
  if (random.chance(0.5)) return { act: { type: "deactivate-agent", agentId }, undo };
  const max_grace_period = { nanoseconds: random.integer(0, 5) * 1e9 };
  const config = { mark_gone: false, ...(random.chance(0.5) && { max_grace_period }) };
  return { act: { type: "drain-agent", agentId, config }, undo };
}

/** What has to be taken back before a cluster is as it was: nothing when it is in full service. */
export function restoringActions({ state }: MasterRun): OperatorInput[] {
  const { agents, maintenance: planned, quotas } = state;
  const out = [...agents.registered, ...agents.recovered, ...agents.unreachable].filter(
    ([, { deactivated, drainInfo }]) => deactivated || drainInfo !== undefined,
  );
  const busy = planned.writing ? [] : planned.schedule?.windows;
  return [
    ...out
      // One that is being drained is drained first.
      .filter(([, { drainInfo }]) => drainInfo?.state !== "DRAINING")
      .map(([agentId]): OperatorInput => ({ type: "reactivate-agent", agentId })),
    ...((busy ?? []).length > 0
      ? [{ type: "update-maintenance-schedule", schedule: {} } as OperatorInput]
      : []),
    ...[...quotas.values()]
      .filter((config) => !isNoQuota(config))
      .map(({ role }): OperatorInput => {
        return { type: "update-quota", configs: [{ role }], force: true };
      }),
  ];
}

// Draws what the command line does not say from the seed: timeouts, frameworks, machines, latencies.
import { type Resource, parseResources } from "@mezzo/wire";
import { AGENT_DEFAULTS, type AgentOptions } from "../../../cluster/src/agent/options.ts";
import { type MasterOptions, defaultMasterOptions } from "../../../cluster/src/master/options.ts";
import { SeededRandom } from "../time/seeded-random.ts";
import { createSchedulerOptions } from "./create-scheduler-options.ts";
import { FAULT_MIXES } from "./fault-mix.ts";
import type { Scenario, ScenarioOptions } from "./scenario.ts";

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** Tasks for each agent, over all frameworks. */
const TASKS_PER_AGENT = 5;

/** Every framework has something to do, however small the cluster. */
const MIN_TASKS = 20;

/** What machines look like; some resources are reserved to a role. */
const MACHINES = [
  "cpus:4;mem:4096;disk:10000;ports:[31000-31019]",
  "cpus:8;mem:2048;disk:1000;ports:[31000-31003]",
  "cpus:2;mem:1024;disk:500;cpus(a):2;mem(a):1024;ports:[31000-31009]",
  "cpus:1.5;mem:512;disk:200",
] as const;

/** In some clusters agents are given up one after the other. */
function removalRateLimit(random: SeededRandom): Pick<MasterOptions, "agentRemovalRateLimit"> {
  return random.chance(0.3) ? { agentRemovalRateLimit: 1 / random.pick([1, 15, 60]) } : {};
}

function masterOptions(random: SeededRandom): MasterOptions {
  const offerTimeout = random.pick([10, 30, 120]) * SECOND_MS;
  return {
    ...defaultMasterOptions,
    ip: "10.0.0.1",
    port: 5050,
    hostname: "master.example",
    agentPingTimeout: random.pick([5, 15]) * SECOND_MS,
    maxAgentPingTimeouts: random.pick([2, 5]),
    agentReregisterTimeout: random.pick([20, 60, 600]) * SECOND_MS,
    offerTimeout,
    weights: random.chance(0.5) ? { a: 2, "a/b": 3 } : {},
    registryGcInterval: random.pick([1, 15]) * MINUTE_MS,
    registryMaxAgentCount: random.pick([2, 102_400]),
    maxCompletedFrameworks: random.pick([3, 50]),
    maxCompletedTasksPerFramework: random.pick([10, 1000]),
    maxUnreachableTasksPerFramework: random.pick([10, 1000]),
    ...removalRateLimit(random.fork("removals")),
  };
}

function machineResources(random: SeededRandom): Resource[] {
  const parsed = parseResources(random.pick(MACHINES), { defaultRole: "*" });
  if (!parsed.ok) throw new Error(parsed.error);
  return parsed.value;
}

function agentOptions(index: number, shared: Partial<AgentOptions>, random: SeededRandom): AgentOptions {
  return {
    ...AGENT_DEFAULTS,
    ip: `10.${1 + (index >> 16)}.${(index >> 8) & 255}.${index & 255}`,
    port: 5051,
    hostname: `agent-${index}.example`,
    master: "10.0.0.1:5050",
    workDir: "/agent",
    resources: machineResources(random),
    ...shared,
  };
}

/** The scenario of these options: the same for the same options. */
export function createScenario(options: ScenarioOptions): Scenario {
  const random = new SeededRandom(`${options.seed}/scenario`);
  const faults = FAULT_MIXES[options.faults];
  const tasks = Math.max(
    MIN_TASKS,
    Math.ceil((options.agents * TASKS_PER_AGENT) / Math.max(1, options.frameworks)),
  );
  const shared: Partial<AgentOptions> = {
    gcDelay: random.pick([30 * SECOND_MS, 7 * DAY_MS]),
    registrationBackoffFactor: random.pick([200, 1000]),
    maxCompletedExecutorsPerFramework: random.pick([3, 150]),
  };
  const slowNetwork = random.chance(0.2);
  return {
    options,
    faults,
    network: {
      latencyMs: slowNetwork ? [20, 200] : [0.2, 3],
      slow: { probability: faults.slowMessages, meanMs: 1500 },
      duplicates: faults.duplicates,
    },
    masters: options.masters,
    master: masterOptions(random),
    drifts: faults.drifts,
    agents: Array.from({ length: options.agents }, (_, index) => agentOptions(index, shared, random)),
    schedulers: Array.from({ length: options.frameworks }, (_, index) =>
      createSchedulerOptions(index, { ...options, tasks, faults }, random),
    ),
    meanCommitMs: random.pick([0.5, 5, 50]),
    meanWriteMs: random.pick([0.2, 2, 20]),
  };
}

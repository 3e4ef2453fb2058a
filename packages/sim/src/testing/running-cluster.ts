// A small cluster in the middle of its work, for tests that look at it or break it.
import type { Agent } from "../../../cluster/src/master/agent.ts";
import type { Framework } from "../../../cluster/src/master/framework.ts";
import type { MasterState } from "../../../cluster/src/master/state.ts";
import type { AgentRun } from "../agent/agent-run.ts";
import type { MasterRun } from "../master/master-run.ts";
import { createScenario } from "../scenario/create-scenario.ts";
import type { ScenarioOptions } from "../scenario/scenario.ts";
import { Simulation } from "../simulation.ts";

/** A cluster and what tests reach for in it. */
export interface RunningCluster {
  simulation: Simulation;
  run: MasterRun;
  state: MasterState;
  /** Runs a task, and nothing else is special about it. */
  agent: Agent;
  agentRun: AgentRun;
  /** Has a task on the agent. */
  framework: Framework;
}

/** How long a cluster may take to get to work, milliseconds of simulated time. */
const MAX_WAIT_MS = 60_000;

/** Starts a cluster without faults and waits until some agent runs a task while an offer is out. */
export function runningCluster({ seed = 1, agents = 4 } = {}): RunningCluster {
  const options: ScenarioOptions = { seed, masters: 1, agents, frameworks: 2, minutes: 2, faults: "none" };
  const simulation = new Simulation(createScenario(options));
  simulation.start();
  while (simulation.clock.elapsedMs < MAX_WAIT_MS) {
    simulation.advance(simulation.clock.elapsedMs + 50);
    const found = find(simulation);
    if (found !== undefined) return found;
  }
  throw new Error("The cluster did not get to work");
}

function find(simulation: Simulation): RunningCluster | undefined {
  const { run } = simulation.master;
  if (run === undefined || run.state.offers.size === 0) return undefined;
  const { state } = run;
  for (const agent of state.agents.registered.values()) {
    const [frameworkId, tasks] = [...agent.tasks][0] ?? [];
    const framework = state.frameworks.registered.get(frameworkId ?? "");
    const running = [...(tasks?.values() ?? [])].some((task) => task.state === "TASK_RUNNING");
    const agentRun = simulation.agents.find(({ run: one }) => one?.state.info.id?.value === agent.id)?.run;
    if (framework === undefined || agentRun === undefined || !running) continue;
    if ([...state.offers.values()].every(({ agentId }) => agentId !== agent.id)) continue;
    return { simulation, run, state, agent, agentRun, framework };
  }
  return undefined;
}

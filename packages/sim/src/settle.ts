// The end of a simulation: faults stop, the cluster mends itself, and then everything must be in order.
import { equalResources, formatResources } from "@mezzo/wire";
import { totalResources } from "../../cluster/src/agent/operations/total-resources.ts";
import type { Simulation } from "./simulation.ts";
import { violationsOf } from "./trace/violation.ts";
import { restoringActions } from "./operators/restoring-actions.ts";
import { hasSettled } from "./scheduler/scheduler-actor.ts";

const violate = violationsOf("settled");

/** Longest time to settle: retries of updates wait up to ten minutes, and several may follow each other. */
const MAX_SETTLE_MS = 60 * 60_000;

/** How often it is asked whether all is in order, milliseconds. */
const LOOK_MS = 2000;

/** Brings a simulation to its end; throws when it does not get there. */
export function settle(simulation: Simulation): void {
  simulation.faults.stop();
  for (const channel of simulation.channels) channel.faulty = false;
  for (const scheduler of simulation.schedulers) scheduler.settle();
  waitFor(simulation, whyUnsettled);
  for (const scheduler of simulation.schedulers) scheduler.retire();
  waitFor(simulation, whyFrameworksRemain);
  waitFor(simulation, whyNotEmpty);
  simulation.checkAll();
}

function waitFor(simulation: Simulation, why: (simulation: Simulation) => Complaint | undefined): void {
  const deadline = simulation.clock.elapsedMs + MAX_SETTLE_MS;
  for (;;) {
    simulation.advance(simulation.clock.elapsedMs + LOOK_MS);
    const complaint = why(simulation);
    if (complaint === undefined) return;
    if (simulation.clock.elapsedMs > deadline) {
      violate(`The cluster does not settle: ${complaint.message}`, complaint.entities);
    }
  }
}

interface Complaint {
  message: string;
  entities: string[];
}

/** Takes back what operators have done; says what is not taken back yet. */
function whyOutOfService({ master }: Simulation): Complaint | undefined {
  const { run } = master;
  if (run === undefined) return { message: "no master runs", entities: [] };
  const actions = restoringActions(run);
  for (const action of actions) run.operate(action);
  const [first] = actions;
  return first && { message: `operators still have to ${first.type}`, entities: [] };
}

/** Why work is not over, or undefined. */
function whyUnsettled(simulation: Simulation): Complaint | undefined {
  const { agents, schedulers, master } = simulation;
  const outOfService = whyOutOfService(simulation);
  if (outOfService !== undefined) return outOfService;
  for (const { name, run } of agents) {
    if (run?.state.phase !== "RUNNING") {
      return { message: `${name} is ${run?.state.phase ?? "down"}`, entities: [name] };
    }
    const id = run.state.info.id?.value ?? "";
    const known = master.run?.state.agents.registered.get(id);
    if (known?.connected !== true)
      return { message: `${name} is not registered as ${id}`, entities: [name, id] };
  }
  for (const actor of schedulers) {
    if (!actor.subscribed) return { message: `${actor.name} is not subscribed`, entities: [actor.name] };
    if (hasSettled(actor)) continue;
    const open = actor.book.unsettled()[0];
    if (open === undefined) continue;
    const state = open.latest?.state ?? "nothing";
    return { message: `task ${open.id} of ${actor.name} has ${state}`, entities: [open.id, open.agentId] };
  }
  return whyExecutorsDiffer({ agents, master }) ?? whyTotalsDiffer({ agents, master });
}

/** What an agent has, reserved and made volumes of, differs for the master, or undefined. */
function whyTotalsDiffer({ agents, master }: Pick<Simulation, "agents" | "master">): Complaint | undefined {
  for (const { name, run } of agents) {
    const id = run?.state.info.id?.value ?? "";
    const believed = master.run?.state.agents.registered.get(id)?.totalResources;
    if (run === undefined || believed === undefined) continue;
    const own = totalResources(run.state);
    if (equalResources(believed, own)) continue;
    const message = `${name} has ${formatResources(own)}, for the master ${formatResources(believed)}`;
    return { message, entities: [name, id] };
  }
  return undefined;
}

/** Executors that the master counts and that are not there, or undefined. */
function whyExecutorsDiffer({
  agents,
  master,
}: Pick<Simulation, "agents" | "master">): Complaint | undefined {
  for (const { name, run } of agents) {
    const id = run?.state.info.id?.value ?? "";
    for (const [frameworkId, executors] of master.run?.state.agents.registered.get(id)?.executors ?? []) {
      const there = run?.state.frameworks.get(frameworkId)?.executors;
      const gone = [...executors.keys()].find(
        (executorId) => (there?.get(executorId)?.phase ?? "TERMINATED") === "TERMINATED",
      );
      if (gone !== undefined) return { message: `executor ${gone} is not on ${name}`, entities: [gone, id] };
    }
  }
  return undefined;
}

/** Why frameworks that asked for their end are still there, or undefined. */
function whyFrameworksRemain({ schedulers }: Simulation): Complaint | undefined {
  const left = schedulers.find(({ frameworkId }) => frameworkId !== undefined);
  if (left?.frameworkId === undefined) return undefined;
  return { message: `${left.name} asked for its end and remains`, entities: [left.frameworkId] };
}

/** Frameworks of earlier lives that agents brought back: nobody but an operator ends them. */
function tearDownForgotten({ master: { run } }: Simulation): void {
  for (const frameworkId of run?.state.frameworks.registered.keys() ?? []) {
    run?.operate({ type: "teardown", frameworkId });
  }
}

/**
 * A framework of which this master never heard: a late message started something after the agent had said what it runs.
 * Restarted, the agent says it again.
 */
function restartAgentsWithStrangers({ agents, master }: Simulation): void {
  const frameworks = master.run?.state.frameworks;
  if (frameworks === undefined) return;
  const isStranger = (id: string): boolean => !frameworks.registered.has(id) && !frameworks.completed.has(id);
  for (const host of agents) {
    const state = host.run?.state;
    if (state?.phase !== "RUNNING") continue;
    const ofStreams = [...state.streams.values()].map(({ frameworkId }) => frameworkId);
    if (![...state.frameworks.keys(), ...ofStreams].some(isStranger)) continue;
    host.crash();
    host.start();
  }
}

/** What is still there after everything ended, or undefined. */
function whyNotEmpty(simulation: Simulation): Complaint | undefined {
  tearDownForgotten(simulation);
  restartAgentsWithStrangers(simulation);
  const { agents, master } = simulation;
  const state = master.run?.state;
  if (state === undefined) return { message: "no master runs", entities: [] };
  for (const { name, run, containers } of agents) {
    const running = [...containers.all.values()].find(({ phase }) => phase !== "ended");
    if (running !== undefined) {
      const { executorId, containerId } = running.launch;
      return { message: `container ${containerId} runs on ${name}`, entities: [containerId, executorId] };
    }
    const [framework] = run?.state.frameworks.keys() ?? [];
    if (framework !== undefined)
      return { message: `${name} keeps framework ${framework}`, entities: [framework, name] };
    const [stream] = run?.state.streams.values() ?? [];
    if (stream !== undefined)
      return { message: `${name} keeps updates of ${stream.taskId}`, entities: [stream.taskId] };
  }
  for (const agent of state.agents.registered.values()) {
    const free = state.allocator.agents.get(agent.id)?.available ?? [];
    if (!equalResources(free, agent.totalResources)) {
      return { message: `only ${formatResources(free)} of ${agent.id} is free`, entities: [agent.id] };
    }
    if (agent.tasks.size > 0 || agent.executors.size > 0) {
      return { message: `the master keeps work on ${agent.id}`, entities: [agent.id] };
    }
  }
  const { leaving, registering, reregistering } = state.agents;
  if (leaving.size + registering.size + reregistering.size > 0) {
    return { message: "agents are on their way in or out", entities: [...leaving.keys(), ...registering] };
  }
  // Then the last check compares the whole registry.
  if ((master.run?.pendingWrites ?? 0) > 0) return { message: "the master still writes", entities: [] };
  return undefined;
}

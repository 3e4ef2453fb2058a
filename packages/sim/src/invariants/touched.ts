// Which agents and frameworks a step of the master may have changed: only these are checked after it.
import type { MasterEffect } from "../../../cluster/src/master/effects.ts";
import type { MasterInput } from "../../../cluster/src/master/inputs.ts";
import type { MasterState } from "../../../cluster/src/master/state.ts";

/** Ids; some may be of nobody by now. */
export interface Touched {
  agents: Set<string>;
  frameworks: Set<string>;
}

/** Collects ids from what went in and what came out. */
export function touchedBy(state: MasterState, input: MasterInput, effects: readonly MasterEffect[]): Touched {
  const touched: Touched = { agents: new Set(), frameworks: new Set() };
  addInput(touched, state, input);
  for (const effect of effects) addEffect(touched, state, effect);
  return touched;
}

function addInput(touched: Touched, state: MasterState, input: MasterInput): void {
  switch (input.type) {
    case "message": {
      if (input.name === "PongSlaveMessage") return;
      addBody(touched, input.body);
      const agentId = state.agents.byPid.get(input.from);
      if (agentId !== undefined) touched.agents.add(agentId);
      if (input.name === "StatusUpdateMessage") addBody(touched, input.body.update);
      return;
    }
    case "scheduler-call": {
      const { framework_id, accept, acknowledge } = input.call;
      if (framework_id !== undefined) touched.frameworks.add(framework_id.value);
      if (acknowledge !== undefined) touched.agents.add(acknowledge.agent_id.value);
      for (const operation of accept?.operations ?? []) {
        for (const task of operation.launch?.task_infos ?? []) touched.agents.add(task.agent_id.value);
        for (const task of operation.launch_group?.task_group.tasks ?? [])
          touched.agents.add(task.agent_id.value);
      }
      return;
    }
    case "persisted":
      if ("agentId" in input.continuation) touched.agents.add(input.continuation.agentId);
      return;
    case "timer":
    case "teardown":
    case "mark-agent-gone":
      if ("agentId" in input) touched.agents.add(input.agentId);
      if ("frameworkId" in input) touched.frameworks.add(input.frameworkId);
      return;
    case "exited": {
      const agentId = state.agents.byPid.get(input.pid);
      if (agentId !== undefined) touched.agents.add(agentId);
    }
  }
}

function addEffect(touched: Touched, state: MasterState, effect: MasterEffect): void {
  if (effect.type === "send-message") {
    // Pings and news of frameworks change nothing of their agents.
    if (effect.name === "PingSlaveMessage" || effect.name === "UpdateFrameworkMessage") return;
    const agentId = state.agents.byPid.get(effect.to);
    if (agentId !== undefined) touched.agents.add(agentId);
  } else if (effect.type === "send-event") {
    const frameworkId = state.frameworks.byStream.get(effect.streamId);
    if (frameworkId !== undefined) touched.frameworks.add(frameworkId);
    for (const offer of effect.event.offers?.offers ?? []) touched.agents.add(offer.agent_id.value);
    const agentId = effect.event.update?.status.agent_id?.value;
    if (agentId !== undefined) touched.agents.add(agentId);
  }
}

function addBody(touched: Touched, body: object): void {
  if ("agent_id" in body) touched.agents.add((body as { agent_id: { value: string } }).agent_id.value);
  if ("framework_id" in body) {
    touched.frameworks.add((body as { framework_id: { value: string } }).framework_id.value);
  }
}

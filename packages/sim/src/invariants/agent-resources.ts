// No resource of an agent is offered or used twice, and what the master's books say is what its tasks and offers hold.
import {
  type Resource,
  containsResources,
  equalResources,
  formatResources,
  subtractResources,
  sumResources,
  unallocateResources,
} from "@mezzo/wire";
import type { Agent } from "../../../cluster/src/master/agent.ts";
import type { MasterState } from "../../../cluster/src/master/state.ts";
import { hasReleasedResources } from "../../../cluster/src/master/task-states.ts";
import { violationsOf } from "../trace/violation.ts";

const violate = violationsOf("agent-resources");

/** What holds resources of the agent, one entry a task, executor and offer. */
function* holders(
  state: MasterState,
  agent: Agent,
): Iterable<{ who: string; resources: readonly Resource[] }> {
  for (const tasks of agent.tasks.values()) {
    for (const [taskId, { state: taskState, resources = [] }] of tasks) {
      if (!hasReleasedResources(taskState)) yield { who: `task ${taskId}`, resources };
    }
  }
  for (const executors of agent.executors.values()) {
    for (const [executorId, { resources = [] }] of executors)
      yield { who: `executor ${executorId}`, resources };
  }
  for (const offerId of agent.offers) {
    yield { who: `offer ${offerId}`, resources: state.offers.get(offerId)?.offer.resources ?? [] };
  }
}

/**
 * Takes every holding out of the total: a second holder of the same thing finds it gone. Without offers an agent may be
 * booked beyond its total for a while: its latest word counts on top of older ones until it has answered what of them is over.
 */
export function checkAgentResources(state: MasterState, agent: Agent): void {
  let left: readonly Resource[] = agent.totalResources;
  const held: Resource[][] = [];
  for (const { who, resources } of holders(state, agent)) {
    const plain = unallocateResources(resources);
    if (agent.offers.size > 0 && !containsResources(left, plain)) {
      violate(
        `Agent ${agent.id}: ${who} holds ${formatResources(plain)}, but only ${formatResources(left)} is left ` +
          `of ${formatResources(agent.totalResources)}`,
        [agent.id, who.slice(who.indexOf(" ") + 1)],
      );
    }
    left = subtractResources(left, plain);
    held.push(plain);
  }
  const booked = unallocateResources(sumResources([...agent.usedResources.values(), agent.offeredResources]));
  const sum = sumResources(held);
  if (!equalResources(booked, sum)) {
    violate(
      `Agent ${agent.id}: the books say ${formatResources(booked)}, its tasks, executors and offers hold ` +
        formatResources(sum),
      [agent.id],
    );
  }
}

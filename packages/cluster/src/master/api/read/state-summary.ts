// GET /state-summary: agents and frameworks with counts of their tasks instead of the tasks.
import type { Task, TaskState } from "@mezzo/wire";
import type { Framework } from "../../framework.ts";
import type { MasterState } from "../../state.ts";
import { agentModel } from "../models/agent-model.ts";
import { frameworkSummaryModel } from "../models/framework-json.ts";

const COUNTED: readonly TaskState[] = [
  "TASK_STAGING",
  "TASK_STARTING",
  "TASK_RUNNING",
  "TASK_KILLING",
  "TASK_FINISHED",
  "TASK_KILLED",
  "TASK_FAILED",
  "TASK_LOST",
  "TASK_ERROR",
  "TASK_UNREACHABLE",
];

interface Summary {
  counts: Map<TaskState, number>;
  /** Ids of the other side: frameworks of an agent, agents of a framework. */
  peers: Set<string>;
}

function add(summaries: Map<string, Summary>, id: string, { state }: Task, peer: string): void {
  let summary = summaries.get(id);
  if (!summary) summaries.set(id, (summary = { counts: new Map(), peers: new Set() }));
  summary.counts.set(state, (summary.counts.get(state) ?? 0) + 1);
  summary.peers.add(peer);
}

function summarize(frameworks: Iterable<Framework>): {
  byAgent: Map<string, Summary>;
  byFramework: Map<string, Summary>;
} {
  const byAgent = new Map<string, Summary>();
  const byFramework = new Map<string, Summary>();
  for (const framework of frameworks) {
    for (const list of [
      framework.tasks.values(),
      framework.unreachableTasks.values(),
      framework.completedTasks,
    ]) {
      for (const task of list) {
        add(byFramework, framework.id, task, task.agent_id.value);
        add(byAgent, task.agent_id.value, task, framework.id);
      }
    }
  }
  return { byAgent, byFramework };
}

function countsModel(summary: Summary | undefined): Record<string, number> {
  return Object.fromEntries(COUNTED.map((state) => [state, summary?.counts.get(state) ?? 0]));
}

/** @see Mesos docs/endpoints/master/state-summary.md */
export function stateSummaryModel({ options, info, agents, frameworks }: MasterState): object {
  const { byAgent, byFramework } = summarize(frameworks.registered.values());
  return {
    hostname: info.hostname,
    ...(options.cluster === undefined ? {} : { cluster: options.cluster }),
    slaves: [...agents.registered.values()].map((agent) => ({
      ...agentModel(agent),
      ...countsModel(byAgent.get(agent.id)),
      framework_ids: [...(byAgent.get(agent.id)?.peers ?? [])],
    })),
    frameworks: [...frameworks.registered.values()].map((framework) => ({
      ...frameworkSummaryModel(framework),
      ...countsModel(byFramework.get(framework.id)),
      slave_ids: [...(byFramework.get(framework.id)?.peers ?? [])],
    })),
  };
}

// GET /state-summary: agents and frameworks with counts of their tasks instead of the tasks.
import type { Task, TaskState } from "@mezzo/wire";
import type { Framework } from "../../framework.ts";
import type { Viewer } from "../../../authorization/viewer.ts";
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

/** Agents and frameworks are those of the moment of the call. @see Mesos docs/endpoints/master/state-summary.md */
export function stateSummaryJson(
  { options, info, agents, frameworks }: MasterState,
  viewer: Viewer,
): Iterable<string> {
  const registered = [...frameworks.registered.values()];
  const { byAgent, byFramework } = summarize(registered);
  const slaves = [...agents.registered.values()];
  const head = {
    hostname: info.hostname,
    ...(options.cluster === undefined ? {} : { cluster: options.cluster }),
  };
  const seen = registered.filter((framework) => viewer.framework(framework.info));
  const frameworkModels = seen.map((framework) => ({
    ...frameworkSummaryModel(framework),
    ...countsModel(byFramework.get(framework.id)),
    slave_ids: [...(byFramework.get(framework.id)?.peers ?? [])],
  }));
  return (function* pieces() {
    let separator = `${JSON.stringify(head).slice(0, -1)},"slaves":[`;
    if (slaves.length === 0) yield separator;
    for (const agent of slaves) {
      const summary = byAgent.get(agent.id);
      const model = {
        ...agentModel(agent, viewer),
        ...countsModel(summary),
        framework_ids: [...(summary?.peers ?? [])],
      };
      yield separator + JSON.stringify(model);
      separator = ",";
    }
    yield `],"frameworks":${JSON.stringify(frameworkModels)}}`;
  })();
}

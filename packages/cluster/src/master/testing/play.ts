// A play that tests begin in the middle: an agent runs a framework's task. What goes wrong from there is the test's own.
import assert from "node:assert/strict";
import type {
  FrameworkInfo,
  ReregisterSlaveMessage,
  Task,
  TaskInfo,
  TaskState,
  TaskStatus,
} from "@mezzo/wire";
import { registryModel } from "../api/read/registry.ts";
import type { MessageInput } from "../inputs.ts";
import type { MasterOptions } from "../options.ts";
import { launch, registerAgent, scalar, subscribe, task, updateOf, uuid } from "./cast.ts";
import { Stage } from "./stage.ts";

/** Where the agent of a play is. */
export const AGENT = "slave(1)@127.0.0.1:5051";

/** Of a framework that tells unreachable tasks from lost ones. */
export const AWARE: Partial<FrameworkInfo> = {
  capabilities: [{ type: "MULTI_ROLE" }, { type: "PARTITION_AWARE" }],
};

/** A custom executor, as a task names it. */
export const EXECUTOR = {
  executor_id: { value: "e" },
  command: { value: "x" },
  resources: [scalar("cpus", 1)],
};

/** The agent tells that the custom executor has ended. */
export function endExecutor({ stage, agentId, id }: Play): string[] {
  const { executor_id } = EXECUTOR;
  const ids = { agent_id: { value: agentId }, framework_id: { value: id }, executor_id };
  return stage.message("ExitedExecutorMessage", AGENT, { ...ids, status: 0 });
}

/** Everybody on the stage. After a failover `stage` and `streamId` are those of the new master. */
export interface Play {
  stage: Stage;
  readonly agentId: string;
  /** The framework's. */
  readonly id: string;
  streamId: string;
  /** With the framework's id. */
  readonly info: FrameworkInfo;
}

interface Script {
  info?: Partial<FrameworkInfo>;
  options?: Partial<MasterOptions>;
  /** More than its id and its agent, as an executor. */
  task?: Partial<TaskInfo>;
}

/** Task `t` has been launched. */
export function launched({ info = {}, options = {}, task: more = {} }: Script = {}): Play {
  const stage = new Stage(options);
  const agentId = registerAgent(stage, AGENT);
  const framework = subscribe(stage, { failover_timeout: 60, checkpoint: true, ...info });
  const { command, ...bare } = task("t", agentId, more);
  const isCustom = more.executor !== undefined || command === undefined;
  launch(stage, framework, [isCustom ? bare : { ...bare, command }]);
  const { id, streamId } = framework;
  return { stage, agentId, id, streamId, info: { ...framework.info, id: { value: id } } };
}

/** Task `t` runs, and its framework has said that it knows. */
export function running(script: Script = {}): Play {
  const play = launched(script);
  tell(play, "TASK_RUNNING");
  acknowledge(play);
  return play;
}

/** The agent's executor says what became of a task; effects as lines. */
export function tell(play: Play, state: TaskState, facts: { taskId?: string; byte?: number } = {}): string[] {
  const { agentId, id: frameworkId } = play;
  const update = updateOf({ frameworkId, agentId, taskId: facts.taskId ?? "t" }, state, facts.byte ?? 1);
  return play.stage.message("StatusUpdateMessage", AGENT, { update, pid: AGENT });
}

/** The framework acknowledges what `tell` said; effects as lines. */
export function acknowledge(play: Play, facts: { taskId?: string; byte?: number } = {}): string[] {
  const { stage, agentId, id, streamId } = play;
  const task_id = { value: facts.taskId ?? "t" };
  const acknowledge = { agent_id: { value: agentId }, task_id, uuid: uuid(facts.byte ?? 1) };
  return stage.call({ type: "ACKNOWLEDGE", framework_id: { value: id }, acknowledge }, streamId);
}

/** What the framework hears when it asks about tasks, or about all: the statuses. */
export function reconcile(play: Play, tasks: readonly { taskId: string; agentId?: string }[]): TaskStatus[] {
  const { stage, id, streamId } = play;
  const asked = tasks.map(({ taskId, agentId }) => ({
    task_id: { value: taskId },
    ...(agentId === undefined ? {} : { agent_id: { value: agentId } }),
  }));
  const call = { type: "RECONCILE", framework_id: { value: id }, reconcile: { tasks: asked } } as const;
  stage.call(call, streamId);
  return statuses(stage);
}

/** The statuses of tasks that the last input sent to frameworks with event streams. */
export function statuses(stage: Stage): TaskStatus[] {
  return stage.effects.flatMap((effect) =>
    effect.type === "send-event" && effect.event.update !== undefined ? [effect.event.update.status] : [],
  );
}

/** The tasks of the framework as the master has them: what its agent would say of them, too. */
export function tasksOf({ stage, id }: Play): Task[] {
  return structuredClone([...(stage.state.frameworks.registered.get(id)?.tasks.values() ?? [])]);
}

/** What the agent says when it comes back. */
export function reregistration(play: Play, more: Partial<ReregisterSlaveMessage>): ReregisterSlaveMessage {
  const capabilities = ["MULTI_ROLE", "HIERARCHICAL_ROLE", "RESERVATION_REFINEMENT"] as const;
  return {
    agent: {
      id: { value: play.agentId },
      hostname: "host",
      port: 5051,
      resources: [scalar("cpus", 4), scalar("mem", 1024)],
    },
    version: "1.11.0",
    agent_capabilities: capabilities.map((type) => ({ type })),
    frameworks: [play.info],
    ...more,
  };
}

/** The same as an input, to be taken with others at once. */
export function returning(play: Play, more: Partial<ReregisterSlaveMessage>): MessageInput {
  return { type: "message", name: "ReregisterSlaveMessage", from: AGENT, body: reregistration(play, more) };
}

/** The agent answers no ping until it is given up; what the last one caused, as lines. */
export function partition({ stage, agentId }: Pick<Play, "stage" | "agentId">): string[] {
  const { maxAgentPingTimeouts } = stage.state.options;
  let lines: string[] = [];
  for (let missed = 0; missed < maxAgentPingTimeouts; missed++) {
    assert.ok(stage.state.agents.registered.has(agentId), "it is not given up before");
    stage.now += stage.state.options.agentPingTimeout;
    lines = stage.take({ type: "timer", timer: "ping", agentId });
  }
  assert.ok(stage.state.agents.unreachable.has(agentId), "it is unreachable");
  return lines;
}

/** Another master takes over: it has the registry, and has heard of nobody. */
export function failOver(play: Play, options: Partial<MasterOptions> = {}): Stage {
  const registry = registryModel(play.stage.state);
  const stage = new Stage(options);
  stage.now = play.stage.now + 1000;
  stage.take({ type: "recovered", registry });
  play.stage = stage;
  return stage;
}

/** The framework subscribes again, after a failover or from a new scheduler; effects as lines. */
export function resubscribe(play: Play, more: Partial<FrameworkInfo> = {}): string[] {
  const { stage } = play;
  const framework_info = { ...play.info, ...more };
  const framework_id = { value: play.id };
  const lines = stage.call({ type: "SUBSCRIBE", framework_id, subscribe: { framework_info } });
  const opened = stage.effects.find((effect) => effect.type === "open-stream");
  if (opened?.type === "open-stream" && stage.state.frameworks.byStream.has(opened.streamId)) {
    play.streamId = opened.streamId;
  }
  return lines;
}

/** The agent answers that it does not know the task `t`; returns the lines. */
export function deny(play: Play, state: "TASK_LOST" | "TASK_DROPPED"): string[] {
  const { stage, agentId, id } = play;
  const status = {
    task_id: { value: "t" },
    agent_id: { value: agentId },
    state,
    source: "SOURCE_AGENT",
    reason: "REASON_RECONCILIATION",
    uuid: uuid(5),
  } as const;
  const update = {
    framework_id: { value: id },
    agent_id: { value: agentId },
    status,
    timestamp: 1,
    uuid: uuid(5),
  };
  return stage.message("StatusUpdateMessage", AGENT, { update, pid: AGENT });
}

// Drives the agent's state machine in tests: feeds inputs, keeps the effects, and makes the usual messages short.
import type { ExecutorInfo, FrameworkInfo, Resource, RunTaskMessage, TaskInfo } from "@mezzo/wire";
import type { Random } from "../../core/random.ts";
import { createAgentState } from "../create-state.ts";
import type { Termination } from "../containerizer/containerizer.ts";
import type { AgentEffect } from "../effects.ts";
import type { AgentInput, AgentMessage, ContainerLaunched } from "../inputs.ts";
import { AGENT_DEFAULTS, type AgentOptions } from "../options.ts";
import type { AgentState, ExecutorState } from "../state.ts";
import { step } from "../step.ts";
import { describeEffect } from "./describe-effect.ts";

export const MASTER = "master@10.0.0.1:5050";
export const FRAMEWORK = "F";

/** As the master tells of it. */
export const FRAMEWORK_INFO: FrameworkInfo = {
  user: "root",
  name: "f",
  id: { value: FRAMEWORK },
  checkpoint: true,
  capabilities: [{ type: "PARTITION_AWARE" }],
};

const cpus = (value: number): Resource => ({
  name: "cpus",
  type: "SCALAR",
  scalar: { value },
  allocation_info: { role: "*" },
});

/** Random numbers of tests: always a half, and uuids that count. */
export function countingRandom(): Random {
  let last = 0;
  return {
    next: () => 0.5,
    uuid: () => `00000000-0000-4000-8000-${String(++last).padStart(12, "0")}`,
  };
}

export class AgentScript {
  readonly state: AgentState;
  now = 1_000_000;
  effects: AgentEffect[] = [];

  constructor(options: Partial<AgentOptions> = {}) {
    this.state = createAgentState({
      options: {
        ...AGENT_DEFAULTS,
        ip: "10.0.0.2",
        hostname: "agent.example",
        master: "10.0.0.1:5050",
        workDir: "/w",
        resources: [cpus(4)],
        ...options,
      },
      random: countingRandom(),
      pid: "slave(1)@10.0.0.2:5051",
      info: { hostname: "agent.example", port: 5051, resources: [cpus(4)] },
      now: this.now,
      resourceVersion: "AAAA",
    });
  }

  /** Feeds an input; returns its effects as lines. */
  input(input: AgentInput): string[] {
    this.effects = step(this.state, input, this.now);
    return this.effects.flatMap((effect) => describeEffect(effect) ?? []);
  }

  message<Name extends AgentMessage["name"]>(
    name: Name,
    body: Extract<AgentMessage, { name: Name }>["body"],
    from = MASTER,
  ): string[] {
    return this.input({ type: "message", from, name, body } as AgentMessage);
  }

  /** Goes through recovery and registration as agent `A`. */
  register(): this {
    this.input({ type: "recovered", agent: undefined });
    this.input({ type: "masterDetected", pid: MASTER });
    this.input({ type: "timer", timer: { name: "register" } });
    this.message("SlaveRegisteredMessage", { agent_id: { value: "A" } });
    return this;
  }

  runTask(task: TaskInfo, more: Partial<RunTaskMessage> & { info?: Partial<FrameworkInfo> } = {}): string[] {
    const { info, ...rest } = more;
    return this.message("RunTaskMessage", {
      framework: { ...FRAMEWORK_INFO, ...info },
      task,
      ...rest,
    });
  }

  executor(id: string): ExecutorState {
    const framework = this.state.frameworks.get(FRAMEWORK);
    const executor =
      framework?.executors.get(id) ?? framework?.completedExecutors.find((one) => one.id === id);
    if (executor === undefined) throw new Error(`No executor ${id}`);
    return executor;
  }

  launched(id: string, pid = 77, tried?: ContainerLaunched["tried"]): string[] {
    const { containerId } = this.executor(id);
    return this.input({
      type: "containerLaunched",
      frameworkId: FRAMEWORK,
      executorId: id,
      containerId,
      pid,
      ...(tried && { tried }),
    });
  }

  exited(id: string, how: Omit<Termination, "containerId">): string[] {
    const { containerId } = this.executor(id);
    const termination = { containerId, ...how };
    return this.input({ type: "containerExited", frameworkId: FRAMEWORK, executorId: id, termination });
  }

  /** Its container, or the one named, could not be fitted to its tasks. */
  updateFailed(id: string, message: string, containerId = this.executor(id).containerId): string[] {
    const run = { frameworkId: FRAMEWORK, executorId: id, containerId };
    return this.input({ type: "containerUpdateFailed", ...run, message });
  }

  kill(taskId: string): string[] {
    const ids = { framework_id: { value: FRAMEWORK }, task_id: { value: taskId } };
    return this.message("KillTaskMessage", ids);
  }

  /** Acknowledges the update of the task that is in line. */
  acknowledge(taskId: string): string[] {
    const stream = this.state.streams.get(`${FRAMEWORK}\0${taskId}`);
    const uuid = stream?.pending[0]?.uuid ?? "none";
    return this.message("StatusUpdateAcknowledgementMessage", {
      agent_id: { value: "A" },
      framework_id: { value: FRAMEWORK },
      task_id: { value: taskId },
      uuid,
    });
  }
}

/** A command task of agent `A`. */
export function commandTask(id: string, more: Partial<TaskInfo> = {}): TaskInfo {
  return {
    name: id,
    task_id: { value: id },
    agent_id: { value: "A" },
    command: { value: "true" },
    resources: [cpus(0.5)],
    ...more,
  };
}

/** A task of a custom executor. */
export function executorTask(id: string, executorId: string, more: Partial<ExecutorInfo> = {}): TaskInfo {
  const { command: _, ...task } = commandTask(id);
  const executor: ExecutorInfo = {
    executor_id: { value: executorId },
    framework_id: { value: FRAMEWORK },
    command: { value: "run" },
    resources: [cpus(0.1)],
    ...more,
  };
  return { ...task, executor };
}

// Who plays with a master in tests: an agent, a framework, tasks.
import assert from "node:assert/strict";
import type { ExecutorInfo, FrameworkInfo, Resource, StatusUpdate, TaskInfo, TaskState } from "@mezzo/wire";
import type { Stage } from "./stage.ts";

/** A scalar resource. */
export function scalar(name: string, value: number): Resource {
  return { name, type: "SCALAR", scalar: { value } };
}

/** The capabilities of an agent of this version. */
export const AGENT_CAPABILITIES = ["MULTI_ROLE", "HIERARCHICAL_ROLE", "RESERVATION_REFINEMENT"] as const;

/** Registers an agent with 4 CPUs and 1024 MB; its id. */
export function registerAgent(stage: Stage, pid = "slave(1)@127.0.0.1:5051"): string {
  stage.message("RegisterSlaveMessage", pid, {
    agent: { hostname: "host", port: 5051, resources: [scalar("cpus", 4), scalar("mem", 1024)] },
    version: "1.11.0",
    agent_capabilities: AGENT_CAPABILITIES.map((type) => ({ type })),
  });
  const id = stage.state.agents.byPid.get(pid);
  assert.ok(id !== undefined, "the agent is registered");
  return id;
}

/** Subscribes a framework in role `r`; its id and stream. */
export function subscribe(
  stage: Stage,
  info: Partial<FrameworkInfo> = {},
): { id: string; streamId: string; info: FrameworkInfo } {
  const full: FrameworkInfo = {
    user: "u",
    name: "fw",
    roles: ["r"],
    capabilities: [{ type: "MULTI_ROLE" }],
    ...info,
  };
  stage.call({
    type: "SUBSCRIBE",
    ...(full.id === undefined ? {} : { framework_id: full.id }),
    subscribe: { framework_info: full },
  });
  const opened = stage.effects.find((effect) => effect.type === "open-stream");
  assert.ok(opened?.type === "open-stream", "a stream is open");
  const id = stage.state.frameworks.byStream.get(opened.streamId) ?? "";
  return { id, streamId: opened.streamId, info: full };
}

/** A task of 1 CPU and 32 MB. */
export function task(taskId: string, agentId: string, extra: Partial<TaskInfo> = {}): TaskInfo {
  return {
    name: taskId,
    task_id: { value: taskId },
    agent_id: { value: agentId },
    resources: [scalar("cpus", 1), scalar("mem", 32)],
    command: { value: "true" },
    ...extra,
  };
}

/** The same for an executor of the framework's own. */
export function executorTask(taskId: string, agentId: string, executor: ExecutorInfo): TaskInfo {
  const { command: _, ...bare } = task(taskId, agentId);
  return { ...bare, executor };
}

/** Allocates and accepts the one offer there is with these tasks; the effects. */
export function launch(
  stage: Stage,
  framework: { id: string; streamId: string },
  tasks: TaskInfo[],
): string[] {
  if (stage.state.frameworks.registered.get(framework.id)?.offers.size === 0) stage.allocate();
  const [offerId] = stage.state.frameworks.registered.get(framework.id)?.offers ?? [];
  assert.ok(offerId !== undefined, "there is an offer");
  return stage.call(
    {
      type: "ACCEPT",
      framework_id: { value: framework.id },
      accept: {
        offer_ids: [{ value: offerId }],
        operations: [{ type: "LAUNCH", launch: { task_infos: tasks } }],
      },
    },
    framework.streamId,
  );
}

/** A version 4 UUID of 16 times this byte, nearly, as base64. */
export function uuid(byte: number): string {
  const bytes = new Uint8Array(16).fill(byte);
  bytes[6] = 0x40;
  bytes[8] = 0x80;
  return btoa(String.fromCharCode(...bytes));
}

/** An update by the agent's executor. */
export function updateOf(
  ids: { frameworkId: string; agentId: string; taskId: string },
  state: TaskState,
  uuidByte = 1,
): StatusUpdate {
  const timestamp = 1;
  return {
    framework_id: { value: ids.frameworkId },
    agent_id: { value: ids.agentId },
    status: {
      task_id: { value: ids.taskId },
      state,
      source: "SOURCE_EXECUTOR",
      agent_id: { value: ids.agentId },
      timestamp,
      uuid: uuid(uuidByte),
    },
    timestamp,
    uuid: uuid(uuidByte),
  };
}

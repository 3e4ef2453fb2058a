// One agent that only pretends: it holds tasks and tells their states, and nothing runs.
import {
  type AgentInfo,
  type AgentInfoCapability,
  type FrameworkInfo,
  type RegisterSlaveMessage,
  type ReregisterSlaveMessage,
  type RunTaskMessage,
  type StatusUpdateMessage,
  type Task,
  type TaskState,
  parseResources,
} from "@mezzo/wire";
import { nextUuid } from "./next-uuid.ts";

/** Small enough that tasks have to wait for each other. */
const RESOURCES = parseResources("cpus:8;mem:16384;disk:100000", { defaultRole: "*" });

const CAPABILITIES: AgentInfoCapability[] = [
  { type: "MULTI_ROLE" },
  { type: "HIERARCHICAL_ROLE" },
  { type: "RESERVATION_REFINEMENT" },
  { type: "RESOURCE_PROVIDER" },
  { type: "RESIZE_VOLUME" },
  { type: "AGENT_OPERATION_FEEDBACK" },
  { type: "AGENT_DRAINING" },
  { type: "TASK_RESOURCE_LIMITS" },
];

const VERSION = "1.12.0";

export interface SimulatedAgentOptions {
  pid: string;
  hostname: string;
  port: number;
}

export class SimulatedAgent {
  readonly pid: string;
  readonly #info: AgentInfo;
  readonly #resourceVersion = { value: nextUuid() };
  readonly #tasks = new Map<string, Task>();
  readonly #frameworks = new Map<string, FrameworkInfo>();
  registered = false;
  id = "";
  /** When its last task ended and nothing was offered since; 0 otherwise. Milliseconds of `performance.now`. */
  endedAtMs = 0;

  constructor({ pid, hostname, port }: SimulatedAgentOptions) {
    this.pid = pid;
    if (!RESOURCES.ok) throw new Error(RESOURCES.error);
    this.#info = { hostname, port, resources: RESOURCES.value, checkpoint: true };
  }

  get taskCount(): number {
    return this.#tasks.size;
  }

  registration(): RegisterSlaveMessage {
    return {
      agent: this.#info,
      version: VERSION,
      agent_capabilities: CAPABILITIES,
      resource_version_uuid: this.#resourceVersion,
    };
  }

  reregistration(): ReregisterSlaveMessage {
    return {
      ...this.registration(),
      agent: { ...this.#info, id: { value: this.id } },
      tasks: [...this.#tasks.values()],
      frameworks: [...this.#frameworks.values()],
    };
  }

  /** A task begins: it is RUNNING at once. */
  launch({ task, framework }: RunTaskMessage): StatusUpdateMessage | undefined {
    if (framework.id === undefined) return undefined;
    const { name, task_id, agent_id, resources = [] } = task;
    const held: Task = {
      name,
      task_id,
      agent_id,
      framework_id: framework.id,
      state: "TASK_STAGING",
      resources,
    };
    this.#tasks.set(task_id.value, held);
    this.#frameworks.set(framework.id.value, framework);
    return this.#update(held, "TASK_RUNNING");
  }

  /** An update was acknowledged: a running task finishes, a finished one is forgotten. */
  acknowledged(taskId: string): StatusUpdateMessage | undefined {
    const task = this.#tasks.get(taskId);
    if (task?.state === "TASK_RUNNING") {
      this.endedAtMs = performance.now();
      return this.#update(task, "TASK_FINISHED");
    }
    this.#tasks.delete(taskId);
    return undefined;
  }

  #update(task: Task, state: TaskState): StatusUpdateMessage {
    task.state = state;
    const { task_id, agent_id, framework_id } = task;
    // Agents write whole updates a disk away from here; the time is only shown.
    const timestamp = Date.now() / 1000;
    const uuid = nextUuid();
    const status = { task_id, state, source: "SOURCE_EXECUTOR" as const, agent_id, timestamp, uuid };
    return {
      pid: this.pid,
      update: { framework_id, agent_id, status, timestamp, uuid, latest_state: state },
    };
  }
}

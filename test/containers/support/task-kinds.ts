// Short tasks of every kind that leaves something else behind: plain commands, images, networks, groups, health checks.
import type {
  AgentID,
  ContainerInfo,
  FrameworkID,
  HealthCheck,
  OfferOperation,
  TaskInfo,
  TaskState,
} from "@mezzo/wire";
import { scalars } from "../../stories/support/framework.ts";

export interface KindOptions {
  /** The number of the first of its tasks; ids are made of it. */
  number: number;
  agent_id: AgentID;
  framework_id: FrameworkID;
}

/** Makes an operation, and says how its tasks end, by id, when nobody kills anything. */
type Kind = (options: KindOptions) => { operation: OfferOperation; ends: Map<string, TaskState> };

/** The names that the story gave to its image and network. */
export const SOAK_IMAGE = "app:1";
export const SOAK_NETWORK = "soak";

const often = { delay_seconds: 0, interval_seconds: 0.1, timeout_seconds: 5 };
/** It has no time to fail. */
const patient: HealthCheck = {
  type: "COMMAND",
  command: { value: "true" },
  grace_period_seconds: 60,
  // It fails once its task has ended, until that is noticed.
  consecutive_failures: 1000,
  ...often,
};
const failing: HealthCheck = {
  type: "COMMAND",
  command: { value: "sleep 30 & false" },
  grace_period_seconds: 0,
  consecutive_failures: 2,
  ...often,
};
/** Nobody listens there. */
const connecting: HealthCheck = { type: "TCP", tcp: { port: 8080 }, grace_period_seconds: 60, ...often };

const image: ContainerInfo = {
  type: "MESOS",
  mesos: { image: { type: "DOCKER", docker: { name: SOAK_IMAGE } } },
};
const network: ContainerInfo = { type: "MESOS", network_infos: [{ name: SOAK_NETWORK }] };

function taskOf({ number, agent_id }: KindOptions, more: Partial<TaskInfo>): TaskInfo {
  const id = `task-${number}`;
  // Some end at once, some are there to be killed; a child of its own must go with it.
  const value = `sleep 30 & sleep 0.${number % 10}`;
  const resources = scalars({ cpus: 0.1, mem: 32 });
  return { name: id, task_id: { value: id }, agent_id, resources, command: { value }, ...more };
}

function single(more: Partial<TaskInfo>, end: TaskState = "TASK_FINISHED"): Kind {
  return (options) => {
    const task = taskOf(options, more);
    const operation: OfferOperation = { type: "LAUNCH", launch: { task_infos: [task] } };
    return { operation, ends: new Map([[task.task_id.value, end]]) };
  };
}

/** Two tasks, the container of both and what the first has of its own. */
function group(container: ContainerInfo, more: Partial<TaskInfo>): Kind {
  return (options) => {
    const tasks = [taskOf(options, more), taskOf({ ...options, number: options.number + 1 }, {})];
    const executor = {
      type: "DEFAULT" as const,
      executor_id: { value: `group-${options.number}` },
      framework_id: options.framework_id,
      resources: scalars({ cpus: 0.1, mem: 32, disk: 32 }),
      container,
    };
    const operation: OfferOperation = {
      type: "LAUNCH_GROUP",
      launch_group: { executor, task_group: { tasks } },
    };
    return { operation, ends: new Map(tasks.map(({ task_id }) => [task_id.value, "TASK_FINISHED"])) };
  };
}

/** One after the other, so that a short run has all of them. */
export const TASK_KINDS: readonly Kind[] = [
  single({}),
  single({ container: image }),
  single({ container: network }),
  single({ health_check: patient }),
  group({ type: "MESOS" }, {}),
  single({ health_check: failing, command: { value: "sleep 30" } }, "TASK_KILLED"),
  single({ container: { ...image, ...network }, health_check: connecting }),
  group(network, { container: image, health_check: patient }),
];

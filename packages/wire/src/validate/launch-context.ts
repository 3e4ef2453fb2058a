// What the master knows when a framework launches tasks on an agent.
import type { ContainerInfo, ExecutorInfo, Resource } from "../messages.gen.ts";

/** The facts that rules about launches depend on, as plain values and look-ups. */
export interface LaunchContext {
  readonly frameworkId: string;
  readonly agentId: string;
  /** Whether the agent has the capability TASK_RESOURCE_LIMITS. */
  readonly canLimitTasks: boolean;
  /** What the accepted offers still hold. */
  readonly offered: readonly Resource[];
  /** Whether the framework has a task of this id that is not terminal. */
  readonly hasTask: (taskId: string) => boolean;
  /** Whether the framework has an unreachable task of this id. */
  readonly hasUnreachableTask: (taskId: string) => boolean;
  /** The framework's executor of this id that runs on the agent. */
  readonly findExecutor: (executorId: string) => ExecutorInfo | undefined;
  /** The containers of the tasks, unreachable ones included, that run under an executor on the agent. */
  readonly containersUnder: (executorId: string) => Iterable<ContainerInfo | undefined>;
}

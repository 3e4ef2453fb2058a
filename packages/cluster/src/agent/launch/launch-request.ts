// What a master's RunTask or RunTaskGroup message asks for, in one shape.
import type { ExecutorInfo, FrameworkInfo, ResourceVersionUUID, TaskGroupInfo, TaskInfo } from "@mezzo/wire";

/** Tasks for one executor of one framework, in the format with reservations and with allocations. */
export interface LaunchRequest {
  framework: FrameworkInfo & { id: NonNullable<FrameworkInfo["id"]> };
  /** libprocess pid of an older scheduler. */
  pid?: string;
  executor: ExecutorInfo;
  /** The agent made the executor up for a command task. */
  generated: boolean;
  tasks: TaskInfo[];
  group?: TaskGroupInfo;
  resourceVersions: ResourceVersionUUID[];
  /** Whether the master counts on a new executor; absent from masters before 1.5. */
  launchExecutor?: boolean;
}

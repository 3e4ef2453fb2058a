// One of each message that a task costs.
import type {
  RunTaskMessage,
  SchedulerCall,
  SchedulerEvent,
  StatusUpdateMessage,
  TaskInfo,
  TaskStatus,
} from "@mezzo/wire";

const frameworkId = { value: "6dd898d6-c7d2-46c5-a262-8d9fc88b9d14-0000" };
const agentId = { value: "6dd898d6-c7d2-46c5-a262-8d9fc88b9d14-S12" };
const uuid = "AAAAAQAAQACAAAAAAAAAAA==";
const allocation_info = { role: "bench" };
const TASKS = 10;

function createTask(index: number): TaskInfo {
  const id = `bench-${index}`;
  return {
    name: id,
    task_id: { value: id },
    agent_id: agentId,
    command: { value: "true" },
    resources: [
      { name: "cpus", type: "SCALAR", scalar: { value: 0.1 }, allocation_info, role: "*" },
      { name: "mem", type: "SCALAR", scalar: { value: 32 }, allocation_info, role: "*" },
    ],
  };
}

export interface SampleMessages {
  acknowledge: SchedulerCall;
  accept: SchedulerCall;
  update: SchedulerEvent;
  statusUpdate: StatusUpdateMessage;
  runTask: RunTaskMessage;
}

export function sampleMessages(): SampleMessages {
  const task = createTask(0);
  const { task_id } = task;
  const timestamp = 1_790_812_800.25;
  const status: TaskStatus = {
    task_id,
    state: "TASK_RUNNING",
    source: "SOURCE_EXECUTOR",
    agent_id: agentId,
    timestamp,
    uuid,
  };
  const offer_ids = [{ value: "6dd898d6-c7d2-46c5-a262-8d9fc88b9d14-O123" }];
  const task_infos = Array.from({ length: TASKS }, (_, index) => createTask(index));
  const operations = [{ type: "LAUNCH" as const, launch: { task_infos } }];
  return {
    acknowledge: {
      framework_id: frameworkId,
      type: "ACKNOWLEDGE",
      acknowledge: { agent_id: agentId, task_id, uuid },
    },
    accept: {
      framework_id: frameworkId,
      type: "ACCEPT",
      accept: { offer_ids, operations, filters: { refuse_seconds: 0 } },
    },
    update: { type: "UPDATE", update: { status } },
    statusUpdate: { update: { framework_id: frameworkId, agent_id: agentId, status, timestamp, uuid } },
    runTask: { framework: { user: "root", name: "bench", id: frameworkId, roles: ["bench"] }, task },
  };
}

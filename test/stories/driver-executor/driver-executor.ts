// An executor that speaks libprocess by hand, as those on Mesos' older driver do: says what it hears, keeps updates until they
// are acknowledged, and registers again when its agent asks.
import { randomUUID } from "node:crypto";
import {
  type MessageName,
  type Messages,
  type StatusUpdate,
  type TaskInfo,
  type TaskState,
  decodeProtobuf,
} from "@mezzo/wire";
import { LibprocessPeer } from "../support/libprocess-peer.ts";

const variable = (name: string): string => process.env[name] ?? "";
const framework_id = { value: variable("MESOS_FRAMEWORK_ID") };
const executor_id = { value: variable("MESOS_EXECUTOR_ID") };
let agent = variable("MESOS_SLAVE_PID");
const peer = await LibprocessPeer.listen("executor(1)");
const tasks = new Map<string, TaskInfo>();
const updates = new Map<string, StatusUpdate>();

function update(taskId: string, state: TaskState): void {
  const uuid = Buffer.from(randomUUID().replaceAll("-", ""), "hex").toString("base64");
  const timestamp = Date.now() / 1000;
  const status = { task_id: { value: taskId }, state, timestamp };
  const agent_id = { value: variable("MESOS_SLAVE_ID") };
  const made: StatusUpdate = { framework_id, executor_id, agent_id, status, timestamp, uuid };
  updates.set(uuid, made);
  peer.send(agent, "StatusUpdateMessage", { update: made, pid: peer.pid });
}

type Handlers = { [Name in MessageName]?: (body: Messages[Name]) => void };

const handlers: Handlers = {
  ExecutorRegisteredMessage: ({ executor_info }) =>
    console.log(`registered as ${executor_info.executor_id.value}`),
  ExecutorReregisteredMessage: () => console.log("registered again"),
  RunTaskMessage: ({ task, framework }) => {
    console.log(`task ${task.task_id.value} of ${framework.name}`);
    tasks.set(task.task_id.value, task);
    update(task.task_id.value, "TASK_RUNNING");
  },
  KillTaskMessage: ({ task_id }) => update(task_id.value, "TASK_KILLED"),
  FrameworkToExecutorMessage: ({ data }) => {
    const agent_id = { value: variable("MESOS_SLAVE_ID") };
    peer.send(agent, "ExecutorToFrameworkMessage", { agent_id, framework_id, executor_id, data });
  },
  StatusUpdateAcknowledgementMessage: ({ uuid, task_id }) => {
    const acknowledged = updates.get(uuid);
    updates.delete(uuid);
    tasks.delete(task_id.value);
    console.log(`acknowledged ${acknowledged?.status.state}`);
  },
  ReconnectExecutorMessage: () => {
    peer.send(agent, "ReregisterExecutorMessage", {
      executor_id,
      framework_id,
      tasks: [...tasks.values()],
      updates: [...updates.values()],
    });
  },
  ShutdownExecutorMessage: () => {
    console.log("shut down");
    process.exit(0);
  },
};

function handle(name: MessageName, body: Uint8Array): void {
  const decoded = decodeProtobuf(name, body);
  if (decoded.ok) (handlers[name] as ((body: unknown) => void) | undefined)?.(decoded.value);
}

peer.onMessage = ({ name, from, body }) => {
  agent = from;
  const short = name.replace("mesos.internal.", "");
  if (short in handlers) handle(short as MessageName, body);
};
peer.send(agent, "RegisterExecutorMessage", { framework_id, executor_id });

// Executors on the older driver, which speak libprocess: their messages as calls of the executor API, its events as messages.
// Whatever decides about executors knows nothing of them. @see Mesos src/exec/exec.cpp, src/slave/slave.cpp registerExecutor
import {
  type ExecutorCall,
  type ExecutorEvent,
  type MessageName,
  type Messages,
  type StatusUpdate,
  decodeProtobuf,
  encodeProtobuf,
} from "@mezzo/wire";
import type { Message } from "../../net/libprocess/message.ts";
import type { AgentInput } from "../inputs.ts";
import { findExecutor } from "../lookup.ts";
import type { AgentState } from "../state.ts";

const PREFIX = "mesos.internal.";

/** In front of the address in the id of such a connection. */
const DRIVER = "driver:";

/** What the messages of executors go through. */
interface Dependencies {
  state: () => AgentState;
  handle: (input: AgentInput) => void;
  link: (pid: string) => void;
  send: (message: { to: string; name: string; body: Uint8Array }) => void;
}

interface Driver {
  frameworkId: string;
  executorId: string;
  /** It was registered with an earlier agent process. */
  isBack: boolean;
}

function statusOf({ status, uuid, executor_id, timestamp }: StatusUpdate): StatusUpdate["status"] {
  return {
    ...status,
    timestamp: status.timestamp ?? timestamp,
    ...(uuid !== undefined && { uuid }),
    ...(executor_id && { executor_id }),
    source: "SOURCE_EXECUTOR",
  };
}

export class DriverExecutors {
  /** By address. */
  readonly #drivers = new Map<string, Driver>();
  readonly #dependencies: Dependencies;

  constructor(dependencies: Dependencies) {
    this.#dependencies = dependencies;
  }

  /** Takes a message of an executor; false when it is none. Throws with what is wrong with it. */
  take({ from, name, body }: Message): boolean {
    switch (name) {
      case `${PREFIX}RegisterExecutorMessage`:
        this.#register(from, decoded("RegisterExecutorMessage", body));
        return true;
      case `${PREFIX}ReregisterExecutorMessage`:
        this.#reregister(from, decoded("ReregisterExecutorMessage", body));
        return true;
      case `${PREFIX}StatusUpdateMessage`:
        this.#update(decoded("StatusUpdateMessage", body).update);
        return true;
      case `${PREFIX}ExecutorToFrameworkMessage`: {
        const { framework_id, executor_id, data } = decoded("ExecutorToFrameworkMessage", body);
        this.#call({ type: "MESSAGE", framework_id, executor_id, message: { data } });
        return true;
      }
      default:
        return false;
    }
  }

  #register(from: string, message: Messages["RegisterExecutorMessage"]): void {
    const { framework_id, executor_id } = message;
    const known = findExecutor(this.#dependencies.state(), {
      frameworkId: framework_id.value,
      executorId: executor_id.value,
    });
    // One that registers twice, or with an agent that does not know yet what runs, is somebody else's.
    if (this.#dependencies.state().phase === "RECOVERING" || known?.phase === "RUNNING") {
      this.#message(from, "ShutdownExecutorMessage", {});
      return;
    }
    this.#subscribe(from, { framework_id, executor_id, subscribe: {} }, { isBack: false });
  }

  #reregister(from: string, message: Messages["ReregisterExecutorMessage"]): void {
    const { framework_id, executor_id, tasks = [], updates = [] } = message;
    const subscribe = {
      unacknowledged_tasks: tasks,
      unacknowledged_updates: updates.map((update) => ({ status: statusOf(update) })),
    };
    this.#subscribe(from, { framework_id, executor_id, subscribe }, { isBack: true });
  }

  #subscribe(from: string, call: Omit<ExecutorCall, "type">, { isBack }: { isBack: boolean }): void {
    const { framework_id, executor_id } = call;
    this.#drivers.set(from, { frameworkId: framework_id.value, executorId: executor_id.value, isBack });
    this.#dependencies.link(from);
    this.#dependencies.handle({
      type: "executorSubscribed",
      connectionId: DRIVER + from,
      call: { ...call, type: "SUBSCRIBE" },
      driverPid: from,
    });
  }

  #update(update: StatusUpdate): void {
    const { framework_id, executor_id = { value: "" } } = update;
    this.#call({ type: "UPDATE", framework_id, executor_id, update: { status: statusOf(update) } });
  }

  #call(call: ExecutorCall): void {
    const of = { frameworkId: call.framework_id.value, executorId: call.executor_id.value };
    if (findExecutor(this.#dependencies.state(), of) === undefined) {
      throw new Error(`executor '${of.executorId}' of framework ${of.frameworkId} is not known`);
    }
    this.#dependencies.handle({ type: "executorCalled", call });
  }

  /** A link broke: perhaps an executor's. */
  exited(pid: string): void {
    const driver = this.#drivers.get(pid);
    if (driver === undefined) return;
    this.#drivers.delete(pid);
    const { frameworkId, executorId } = driver;
    this.#dependencies.handle({
      type: "executorDisconnected",
      connectionId: DRIVER + pid,
      frameworkId,
      executorId,
    });
  }

  /** Whether a connection is a driver's. */
  has(connectionId: string): boolean {
    return connectionId.startsWith(DRIVER);
  }

  close(connectionId: string): void {
    this.#drivers.delete(connectionId.slice(DRIVER.length));
  }

  /** Sends an event as a message; those that drivers have no message for are not for them. */
  send(connectionId: string, event: ExecutorEvent): void {
    const to = connectionId.slice(DRIVER.length);
    const state = this.#dependencies.state();
    const driver = this.#drivers.get(to);
    const agent_id = state.info.id ?? { value: "" };
    const framework = state.frameworks.get(driver?.frameworkId ?? "");
    if (event.type === "SHUTDOWN") return this.#message(to, "ShutdownExecutorMessage", {});
    if (framework === undefined) return undefined;
    const framework_id = { value: framework.id };
    if (event.subscribed !== undefined) {
      const { executor_info, framework_info, agent_info } = event.subscribed;
      return driver?.isBack === true
        ? this.#message(to, "ExecutorReregisteredMessage", { agent_id, agent_info })
        : this.#message(to, "ExecutorRegisteredMessage", {
            executor_info,
            framework_id,
            framework_info,
            agent_id,
            agent_info,
          });
    }
    if (event.launch !== undefined) {
      const { task } = event.launch;
      const { info, pid = "" } = framework;
      return this.#message(to, "RunTaskMessage", { framework_id, framework: info, task, pid });
    }
    if (event.kill !== undefined)
      return this.#message(to, "KillTaskMessage", { framework_id, ...event.kill });
    if (event.acknowledged !== undefined) {
      return this.#message(to, "StatusUpdateAcknowledgementMessage", {
        agent_id,
        framework_id,
        ...event.acknowledged,
      });
    }
    if (event.message !== undefined) {
      const executor_id = { value: driver?.executorId ?? "" };
      const { data } = event.message;
      return this.#message(to, "FrameworkToExecutorMessage", { agent_id, framework_id, executor_id, data });
    }
    return undefined;
  }

  #message<Name extends MessageName>(to: string, name: Name, body: Messages[Name]): void {
    this.#dependencies.send({ to, name: PREFIX + name, body: encodeProtobuf(name, body) });
  }
}

function decoded<Name extends MessageName>(name: Name, body: Uint8Array): Messages[Name] {
  const result = decodeProtobuf(name, body);
  if (!result.ok) throw new Error(result.error);
  return result.value;
}

// The client of Mesos' v1 executor API: what a custom executor is written with. @see Mesos docs/executor-http-api.md
import { randomUUID } from "node:crypto";
import {
  decode,
  encode,
  failure,
  JSON_MEDIA_TYPE,
  type ExecutorCall,
  type ExecutorEvent,
  type ExecutorEventAcknowledged,
  type ExecutorEventError,
  type ExecutorEventKill,
  type ExecutorEventLaunch,
  type ExecutorEventLaunchGroup,
  type ExecutorEventMessage,
  type ExecutorEventSubscribed,
  type MediaType,
  type TaskStatus,
} from "@mezzo/wire";
import { CallSender, type CallResult } from "../call-sender.ts";
import { systemClock, type Clock, type Timer } from "../clock.ts";
import { Handlers, type Handler } from "../handlers.ts";
import type { ClientDependencies } from "../scheduler/scheduler-options.ts";
import { Masters } from "../subscription/masters.ts";
import { Subscription, type Connection } from "../subscription/subscription.ts";
import { createNodeTransport } from "../transport/node-transport.ts";
import type { Transport } from "../transport/transport.ts";
import { readExecutorEnvironment, type ExecutorEnvironment } from "./executor-environment.ts";
import { Unacknowledged } from "./unacknowledged.ts";

const PATH = "/api/v1/executor";
const CONNECT_TIMEOUT_MS = 10_000;
const MS_PER_SECOND = 1000;

/** Payloads by event. Lower case: of this client. */
export interface ExecutorEvents {
  SUBSCRIBED: ExecutorEventSubscribed;
  LAUNCH: ExecutorEventLaunch;
  LAUNCH_GROUP: ExecutorEventLaunchGroup;
  KILL: ExecutorEventKill;
  ACKNOWLEDGED: ExecutorEventAcknowledged;
  MESSAGE: ExecutorEventMessage;
  ERROR: ExecutorEventError;
  /** End all tasks now; `run` resolves when the handlers are done. */
  SHUTDOWN: undefined;
  HEARTBEAT: undefined;
  disconnected: { reason: string };
}

export interface ExecutorOptions {
  /** Read from the process' environment variables unless given. */
  environment?: ExecutorEnvironment;
  mediaType?: MediaType;
}

/** A status as the executor gives it; the client adds uuid, source and timestamp. */
export type StatusToSend = Omit<TaskStatus, "uuid" | "source" | "timestamp">;

function environmentOf(options: ExecutorOptions): ExecutorEnvironment {
  if (options.environment !== undefined) return options.environment;
  const read = readExecutorEnvironment(process.env);
  if (!read.ok) throw new Error(read.error);
  return read.value;
}

/**
 * An executor's connection to its agent. Updates are kept and repeated until the agent acknowledges them; when the
 * agent is away, a framework with checkpointing waits for it, and any other ends.
 */
export class Executor {
  readonly #environment: ExecutorEnvironment;
  readonly #mediaType: MediaType;
  readonly #clock: Clock;
  readonly #transport: Transport;
  readonly #subscription: Subscription<ExecutorEvent>;
  readonly #calls: CallSender;
  readonly #handlers = new Handlers<ExecutorEvents>();
  readonly #unacknowledged = new Unacknowledged();
  #connection: Connection | undefined;
  #recoveryTimer: Timer | undefined;
  #isShutdown = false;

  /** Throws when the environment variables of an executor are missing. */
  constructor(options: ExecutorOptions = {}, dependencies: ClientDependencies = {}) {
    const environment = environmentOf(options);
    this.#environment = environment;
    this.#mediaType = options.mediaType ?? JSON_MEDIA_TYPE;
    this.#clock = dependencies.clock ?? systemClock;
    this.#transport = dependencies.transport ?? createNodeTransport();
    const headers: Record<string, string> =
      environment.token === undefined ? {} : { Authorization: `Bearer ${environment.token}` };
    this.#calls = new CallSender({ path: PATH, mediaType: this.#mediaType, headers }, this.#transport);
    this.#subscription = new Subscription<ExecutorEvent>(
      {
        masters: new Masters([environment.agentOrigin]),
        path: PATH,
        backoff: { initialMs: environment.maxBackoffMs, maxMs: environment.maxBackoffMs },
        connectTimeoutMs: CONNECT_TIMEOUT_MS,
        request: () => ({
          headers: { ...headers, "Content-Type": this.#mediaType, Accept: this.#mediaType },
          body: this.#encode({ type: "SUBSCRIBE", subscribe: this.#unacknowledged.subscribe() }),
        }),
        decode: (record) => decode("ExecutorEvent", record, this.#mediaType),
        onEvent: (event, connection) => this.#onEvent(event, connection),
        onDisconnected: (reason) => this.#onDisconnected(reason),
      },
      { transport: this.#transport, clock: this.#clock, random: dependencies.random ?? Math.random },
    );
  }

  get environment(): ExecutorEnvironment {
    return this.#environment;
  }

  /** Listens to one kind of event. A handler may return a promise; the next event waits for it. */
  on<Name extends keyof ExecutorEvents>(name: Name, handler: Handler<ExecutorEvents[Name]>): this {
    this.#handlers.add(name, handler);
    return this;
  }

  /**
   * Subscribes and handles events until the agent shuts the executor down, or is away for too long (SHUTDOWN is then
   * given to the handlers all the same). Rejects when the agent refuses the executor, or a handler throws.
   */
  async run(): Promise<void> {
    try {
      const end = await this.#subscription.run();
      if (end.kind === "refused")
        throw new Error(`The agent refuses the executor: ${end.status}: ${end.reason}`);
    } finally {
      this.#recoveryTimer?.cancel();
      this.#transport.close();
    }
  }

  /** Ends the connection. */
  stop(): void {
    this.#subscription.stop();
  }

  /** Reports the state of a task. It is kept until acknowledged, so a failure to send it needs no care. */
  update(status: StatusToSend): Promise<CallResult> {
    const uuid = Buffer.from(randomUUID().replaceAll("-", ""), "hex").toString("base64");
    const timestamp = this.#clock.now() / MS_PER_SECOND;
    const update = { status: { ...status, uuid, source: "SOURCE_EXECUTOR" as const, timestamp } };
    this.#unacknowledged.sent(update);
    return this.#send({ type: "UPDATE", update });
  }

  /** Sends bytes, in base64, to the scheduler. Not reliable. */
  message(data: string): Promise<CallResult> {
    return this.#send({ type: "MESSAGE", message: { data } });
  }

  #encode(call: Omit<ExecutorCall, "executor_id" | "framework_id">): Uint8Array {
    const { executorId, frameworkId } = this.#environment;
    const ids = { executor_id: { value: executorId }, framework_id: { value: frameworkId } };
    return encode("ExecutorCall", { ...ids, ...call }, this.#mediaType);
  }

  #send(call: Omit<ExecutorCall, "executor_id" | "framework_id">): Promise<CallResult> {
    const connection = this.#connection;
    if (connection === undefined) {
      return Promise.resolve(failure(`Cannot send ${call.type ?? "a call"}: the executor is not subscribed`));
    }
    return this.#calls.send(connection.origin, this.#encode(call), connection.streamId);
  }

  #onEvent(event: ExecutorEvent, connection: Connection): void | Promise<void> {
    if (event.type === "SUBSCRIBED") {
      this.#connection = connection;
      this.#recoveryTimer?.cancel();
    }
    if (event.launch !== undefined) this.#unacknowledged.launched([event.launch.task]);
    if (event.launch_group !== undefined) {
      this.#unacknowledged.launched(event.launch_group.task_group.tasks ?? []);
    }
    if (event.acknowledged !== undefined) {
      const { task_id: taskId, uuid } = event.acknowledged;
      this.#unacknowledged.acknowledged({ taskId: taskId.value, uuid });
    }
    if (event.type === "SHUTDOWN") return this.#shutdown();
    const name = event.type ?? "UNKNOWN";
    if (name === "UNKNOWN") return undefined;
    return this.#handlers.call(name, event[name.toLowerCase() as keyof ExecutorEvent] as never);
  }

  async #shutdown(): Promise<void> {
    if (this.#isShutdown) return;
    this.#isShutdown = true;
    await this.#handlers.call("SHUTDOWN", undefined);
    this.stop();
  }

  #onDisconnected(reason: string): void {
    this.#connection = undefined;
    if (this.#isShutdown) return;
    void this.#handlers.call("disconnected", { reason });
    const { checkpoint, recoveryTimeoutMs } = this.#environment;
    const giveUp = (): void => void this.#shutdown();
    if (checkpoint) this.#recoveryTimer = this.#clock.after(recoveryTimeoutMs, giveUp);
    else giveUp();
  }
}

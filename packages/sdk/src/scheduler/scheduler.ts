// The client of Mesos' v1 scheduler API: what a framework is written with. @see Mesos docs/scheduler-http-api.md
import {
  decode,
  encode,
  failure,
  JSON_MEDIA_TYPE,
  type AgentID,
  type ExecutorID,
  type Filters,
  type FrameworkID,
  type FrameworkInfo,
  type KillPolicy,
  type MediaType,
  type OfferID,
  type OfferOperation,
  type Request,
  type SchedulerCall,
  type SchedulerCallReconcileTask,
  type SchedulerEvent,
  type TaskID,
  type TaskInfo,
  type TaskStatus,
} from "@mezzo/wire";
import { basicAuthorization } from "../basic-credential.ts";
import { CallSender, type CallResult } from "../call-sender.ts";
import { systemClock } from "../clock.ts";
import { Handlers, type Handler } from "../handlers.ts";
import { type LeaderWatch, checkElectionUrl, isElectionUrl, watchLeader } from "../detection/leader-watch.ts";
import { Masters, originOfMaster, parseMaster } from "../subscription/masters.ts";
import { Rendezvous } from "../subscription/rendezvous.ts";
import { Subscription, type Connection } from "../subscription/subscription.ts";
import { createNodeTransport } from "../transport/node-transport.ts";
import type { Clock } from "../clock.ts";
import type { Transport } from "../transport/transport.ts";
import { KnownTasks } from "./known-tasks.ts";
import { Reconciliation } from "./reconciliation.ts";
import { SchedulerError } from "./scheduler-error.ts";
import type { SchedulerEvents } from "./scheduler-events.ts";
import type { ClientDependencies, SchedulerOptions } from "./scheduler-options.ts";

const PATH = "/api/v1/scheduler";
const DEFAULT_BACKOFF = { initialMs: 1000, maxMs: 30_000 };
const DEFAULT_CONNECT_TIMEOUT_MS = 10_000;
/** What Mesos' documentation recommends. */
const DEFAULT_MISSED_HEARTBEATS = 5;
const DEFAULT_HEARTBEAT_SECONDS = 15;
const MS_PER_SECOND = 1000;

/** The origins of all masters given. Throws for a text that is no address. */
function originsOf(master: string | readonly string[]): string[] {
  return [master].flat().map((text) => {
    if (isElectionUrl(text))
      throw new SchedulerError("OPTIONS", "Cannot use an election among several masters");
    const origin = parseMaster(text);
    if (!origin.ok) throw new SchedulerError("OPTIONS", origin.error);
    return origin.value;
  });
}

/** Where masters meet to elect one, if that is what was given. Throws for a URL that makes no sense. */
function electionOf(master: string | readonly string[]): string | undefined {
  const [url, ...others] = [master].flat();
  if (url === undefined || others.length > 0 || !isElectionUrl(url)) return undefined;
  const place = checkElectionUrl(url);
  if (!place.ok) throw new SchedulerError("OPTIONS", place.error);
  return url;
}

/**
 * A framework's connection to the master. `run` subscribes and stays subscribed over lost connections, changes of
 * leader and restarts of the master, always as the same framework; events arrive in order, each after the handlers
 * of the one before are done. Calls answer with a result and never throw.
 */
export class Scheduler implements AsyncIterable<SchedulerEvent> {
  readonly #options: SchedulerOptions;
  readonly #mediaType: MediaType;
  readonly #transport: Transport;
  readonly #subscription: Subscription<SchedulerEvent>;
  readonly #masters: Masters;
  readonly #clock: Clock;
  readonly #calls: CallSender;
  readonly #handlers = new Handlers<SchedulerEvents>();
  readonly #known = new KnownTasks();
  readonly #reconciliation: Reconciliation;
  readonly #iterations = new Set<Rendezvous<SchedulerEvent>>();
  #framework: FrameworkInfo;
  #connection: Connection | undefined;
  #hasSubscribed = false;
  #failed: SchedulerError | undefined;
  #running: Promise<void> | undefined;

  /** Throws a SchedulerError when `master` is no address. */
  constructor(options: SchedulerOptions, dependencies: ClientDependencies = {}) {
    this.#options = options;
    this.#framework = options.framework;
    this.#mediaType = options.mediaType ?? JSON_MEDIA_TYPE;
    this.#transport = dependencies.transport ?? createNodeTransport();
    const headers: Record<string, string> =
      options.credential === undefined ? {} : { Authorization: basicAuthorization(options.credential) };
    this.#calls = new CallSender({ path: PATH, mediaType: this.#mediaType, headers }, this.#transport);
    const clock = dependencies.clock ?? systemClock;
    this.#clock = clock;
    this.#masters = new Masters(electionOf(options.master) === undefined ? originsOf(options.master) : []);
    this.#reconciliation = new Reconciliation({ clock, ask: (tasks) => void this.reconcile(tasks) });
    this.#subscription = new Subscription<SchedulerEvent>(
      {
        masters: this.#masters,
        path: PATH,
        backoff: options.backoff ?? DEFAULT_BACKOFF,
        connectTimeoutMs: options.connectTimeoutMs ?? DEFAULT_CONNECT_TIMEOUT_MS,
        request: () => ({
          headers: { ...headers, "Content-Type": this.#mediaType, Accept: this.#mediaType },
          body: encode("SchedulerCall", this.#subscribeCall(), this.#mediaType),
        }),
        decode: (record) => decode("SchedulerEvent", record, this.#mediaType),
        onEvent: (event, connection) => this.#onEvent(event, connection),
        onDisconnected: (reason) => this.#onDisconnected(reason),
        onRetry: (reason, delayMs) => void this.#handlers.call("retrying", { reason, delayMs }),
      },
      { transport: this.#transport, clock, random: dependencies.random ?? Math.random },
    );
  }

  /** The framework's id, once the master has given one. Keep it to take the framework over after a restart. */
  get frameworkId(): FrameworkID | undefined {
    return this.#framework.id;
  }

  get isSubscribed(): boolean {
    return this.#connection !== undefined;
  }

  /** Listens to one kind of event. A handler may return a promise; the next event waits for it. */
  on<Name extends keyof SchedulerEvents>(name: Name, handler: Handler<SchedulerEvents[Name]>): this {
    this.#handlers.add(name, handler);
    return this;
  }

  /** Every event in order, as an alternative to `on`. The loop starts the scheduler; leaving it does not stop it. */
  [Symbol.asyncIterator](): AsyncIterator<SchedulerEvent> {
    const iteration = new Rendezvous<SchedulerEvent>();
    this.#iterations.add(iteration);
    this.run().then(
      () => iteration.end(),
      (error: unknown) => iteration.end(error),
    );
    return iteration[Symbol.asyncIterator]();
  }

  /**
   * Subscribes and handles events until `stop` or `teardown`. Rejects with a SchedulerError when the master refuses the
   * framework, and with whatever a handler throws.
   */
  run(): Promise<void> {
    this.#running ??= this.#run();
    return this.#running;
  }

  /** Closes the connection. Tasks go on for the framework's failover timeout. */
  stop(): void {
    this.#subscription.stop();
  }

  /** Ends the framework with all its tasks, and stops. */
  async teardown(): Promise<CallResult> {
    this.#subscription.letEnd();
    const result = await this.call({ type: "TEARDOWN" });
    this.stop();
    return result;
  }

  /** Uses offers: any operations, of which tasks are the most common. What they do not use is given back. */
  accept(
    offerIds: readonly OfferID[],
    operations: readonly OfferOperation[],
    filters?: Filters,
  ): Promise<CallResult> {
    this.#known.launched(operations);
    const accept = { offer_ids: [...offerIds], operations: [...operations] };
    return this.call({ type: "ACCEPT", accept: filters === undefined ? accept : { ...accept, filters } });
  }

  /** Launches tasks with one or more offers of the same agent. */
  launch(offerIds: readonly OfferID[], tasks: readonly TaskInfo[], filters?: Filters): Promise<CallResult> {
    return this.accept(offerIds, [{ type: "LAUNCH", launch: { task_infos: [...tasks] } }], filters);
  }

  /** Gives offers back; they do not come again for `filters.refuse_seconds`, 5 unless given. */
  decline(offerIds: readonly OfferID[], filters?: Filters): Promise<CallResult> {
    const decline = { offer_ids: [...offerIds] };
    return this.call({ type: "DECLINE", decline: filters === undefined ? decline : { ...decline, filters } });
  }

  kill(taskId: TaskID, more: { agentId?: AgentID; killPolicy?: KillPolicy } = {}): Promise<CallResult> {
    return this.call({
      type: "KILL",
      kill: {
        task_id: taskId,
        ...(more.agentId !== undefined && { agent_id: more.agentId }),
        ...(more.killPolicy !== undefined && { kill_policy: more.killPolicy }),
      },
    });
  }

  /** Forgets refusals and asks for offers again, for some roles or all. */
  revive(roles?: readonly string[]): Promise<CallResult> {
    return this.call(
      roles === undefined ? { type: "REVIVE" } : { type: "REVIVE", revive: { roles: [...roles] } },
    );
  }

  /** Asks for no offers, for some roles or all, until `revive`. */
  suppress(roles?: readonly string[]): Promise<CallResult> {
    return this.call(
      roles === undefined ? { type: "SUPPRESS" } : { type: "SUPPRESS", suppress: { roles: [...roles] } },
    );
  }

  /** Only needed with `acknowledge: false`. Updates without a uuid need none. */
  acknowledge({ agent_id, task_id, uuid }: TaskStatus): Promise<CallResult> {
    if (agent_id === undefined || uuid === undefined) {
      return Promise.resolve(
        failure("Cannot acknowledge a status without agent_id and uuid: nobody waits for it"),
      );
    }
    return this.call({ type: "ACKNOWLEDGE", acknowledge: { agent_id, task_id, uuid } });
  }

  /** Asks for the state of tasks, or of every task the master knows. */
  reconcile(tasks: readonly SchedulerCallReconcileTask[] = []): Promise<CallResult> {
    return this.call({ type: "RECONCILE", reconcile: { tasks: [...tasks] } });
  }

  /** Sends bytes, in base64, to an executor. Not reliable. */
  message(to: { agentId: AgentID; executorId: ExecutorID }, data: string): Promise<CallResult> {
    const message = { agent_id: to.agentId, executor_id: to.executorId, data };
    return this.call({ type: "MESSAGE", message });
  }

  shutdownExecutor(agentId: AgentID, executorId: ExecutorID): Promise<CallResult> {
    return this.call({ type: "SHUTDOWN", shutdown: { agent_id: agentId, executor_id: executorId } });
  }

  request(requests: readonly Request[]): Promise<CallResult> {
    return this.call({ type: "REQUEST", request: { requests: [...requests] } });
  }

  /** Changes what the framework is; used for every later subscription too. */
  updateFramework(framework: FrameworkInfo, suppressedRoles?: readonly string[]): Promise<CallResult> {
    this.#framework = this.#framework.id === undefined ? framework : { ...framework, id: this.#framework.id };
    const update = { framework_info: this.#framework };
    return this.call({
      type: "UPDATE_FRAMEWORK",
      update_framework:
        suppressedRoles === undefined ? update : { ...update, suppressed_roles: [...suppressedRoles] },
    });
  }

  /** Sends any call; the framework's id is filled in. */
  call(call: SchedulerCall): Promise<CallResult> {
    const connection = this.#connection;
    const id = this.#framework.id;
    if (connection === undefined || id === undefined) {
      return Promise.resolve(
        failure(`Cannot send ${call.type ?? "a call"}: the scheduler is not subscribed`),
      );
    }
    const body = encode("SchedulerCall", { framework_id: id, ...call }, this.#mediaType);
    return this.#calls.send(connection.origin, body, connection.streamId);
  }

  /** Learns who leads before the first attempt, and whenever that changes. */
  async #watchLeader(url: string): Promise<LeaderWatch> {
    const known = Promise.withResolvers<void>();
    const watch = await watchLeader(url, {
      clock: this.#clock,
      listener: {
        changed: (leader) => {
          this.#masters.lead(leader && originOfMaster(leader));
          if (leader !== undefined) known.resolve();
        },
        failed: (reason) => void this.#handlers.call("retrying", { reason, delayMs: 0 }),
      },
    });
    this.#subscription.onStop(() => known.resolve());
    await known.promise;
    return watch;
  }

  async #run(): Promise<void> {
    const url = electionOf(this.#options.master);
    const watch = url === undefined ? undefined : await this.#watchLeader(url);
    try {
      const end = await this.#subscription.run();
      if (this.#failed !== undefined) throw this.#failed;
      if (end.kind === "refused") throw new SchedulerError("REFUSED", `${end.status}: ${end.reason}`);
    } finally {
      this.#connection = undefined;
      watch?.close();
      this.#reconciliation.stop();
      this.#transport.close();
    }
  }

  #subscribeCall(): SchedulerCall {
    const { suppressedRoles, offerConstraints } = this.#options;
    const { id } = this.#framework;
    return {
      type: "SUBSCRIBE",
      ...(id !== undefined && { framework_id: id }),
      subscribe: {
        framework_info: this.#framework,
        ...(suppressedRoles !== undefined && { suppressed_roles: [...suppressedRoles] }),
        ...(offerConstraints !== undefined && { offer_constraints: offerConstraints }),
      },
    };
  }

  #onEvent(event: SchedulerEvent, connection: Connection): void | Promise<void> {
    if (event.subscribed !== undefined) this.#onSubscribed(event, connection);
    if (event.update !== undefined) {
      this.#known.updated(event.update.status);
      this.#reconciliation.heard(event.update.status.task_id.value);
    }
    if (event.error !== undefined) {
      this.#failed = new SchedulerError("ERROR_EVENT", event.error.message);
    }
    const handled = this.#dispatch(event);
    return handled === undefined ? this.#afterEvent(event) : handled.then(() => this.#afterEvent(event));
  }

  #onSubscribed({ subscribed }: SchedulerEvent, connection: Connection): void {
    if (subscribed === undefined) return;
    this.#connection = connection;
    this.#framework = { ...this.#framework, id: subscribed.framework_id };
    const seconds = subscribed.heartbeat_interval_seconds ?? DEFAULT_HEARTBEAT_SECONDS;
    const missed = this.#options.missedHeartbeats ?? DEFAULT_MISSED_HEARTBEATS;
    this.#subscription.expectHeartbeats(seconds * MS_PER_SECOND * missed);
  }

  #dispatch(event: SchedulerEvent): void | Promise<void> {
    const name = event.type ?? "UNKNOWN";
    const promises: Promise<void>[] = [];
    if (name !== "UNKNOWN") {
      const payload = event[name.toLowerCase() as keyof SchedulerEvent] as never;
      const handled = this.#handlers.call(name, payload);
      if (handled !== undefined) promises.push(handled);
    }
    for (const iteration of this.#iterations) promises.push(iteration.put(event));
    return promises.length === 0 ? undefined : Promise.all(promises).then(() => undefined);
  }

  /** What follows once the framework has dealt with an event. */
  #afterEvent(event: SchedulerEvent): void {
    if (this.#failed !== undefined) this.stop();
    const status = event.update?.status;
    if (status?.uuid !== undefined && this.#options.acknowledge !== false) void this.acknowledge(status);
    if (event.subscribed === undefined) return;
    // By name, since the master may have lost them.
    if (this.#hasSubscribed && this.#options.reconcile !== false) {
      this.#reconciliation.begin(this.#known.list());
    }
    this.#hasSubscribed = true;
  }

  #onDisconnected(reason: string): void {
    this.#connection = undefined;
    this.#reconciliation.stop();
    void this.#handlers.call("disconnected", { reason });
  }
}

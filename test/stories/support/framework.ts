// A scheduler of a story that speaks JSON to the master by itself: what it says and hears is what is on the wire.
import { userInfo } from "node:os";
import type {
  ExecutorInfo,
  FrameworkInfo,
  Offer,
  OfferOperation,
  SchedulerCall,
  SchedulerEvent,
  TaskInfo,
  TaskState,
  TaskStatus,
} from "@mezzo/wire";
import { RecordDecoder } from "@mezzo/wire";
import { until } from "./until.ts";

const JSON_TYPE = { "Content-Type": "application/json" };

export interface FrameworkOptions {
  /** `host:port` of the master. */
  master: string;
  info?: Partial<FrameworkInfo>;
  /** The framework to take over. */
  id?: string;
  /** Which updates are acknowledged as they come; all of them unless given. */
  acknowledge?: (status: TaskStatus) => boolean;
}

/** Scalars as a task asks for them. */
export function scalars(amounts: Readonly<Record<string, number>>): NonNullable<TaskInfo["resources"]> {
  return Object.entries(amounts).map(([name, value]) => ({ name, type: "SCALAR", scalar: { value } }));
}

export class Framework {
  /** What it has to do with: offers leave it as they are answered. */
  readonly events: SchedulerEvent[] = [];
  /** Everything as it came. */
  readonly heard: SchedulerEvent[] = [];
  readonly #options: FrameworkOptions;
  readonly #info: FrameworkInfo;
  #id: string;
  #streamId = "";
  #abort = new AbortController();
  #ended: Promise<void> = Promise.resolve();
  #isConnected = false;

  constructor(options: FrameworkOptions) {
    this.#options = options;
    this.#id = options.id ?? "";
    this.#info = {
      user: userInfo().username,
      name: "story",
      roles: ["story"],
      checkpoint: true,
      failover_timeout: 600,
      capabilities: [{ type: "MULTI_ROLE" }, { type: "PARTITION_AWARE" }],
      ...options.info,
    };
  }

  get id(): string {
    return this.#id;
  }

  get streamId(): string {
    return this.#streamId;
  }

  get isConnected(): boolean {
    return this.#isConnected;
  }

  /** Subscribes, again with the id it has if there is one; resolves with SUBSCRIBED. Rejects with the master's reason. */
  async subscribe(): Promise<void> {
    this.#abort = new AbortController();
    this.#takeOffers();
    const before = this.events.length;
    const id = this.#id === "" ? {} : { id: { value: this.#id } };
    const call: SchedulerCall = {
      type: "SUBSCRIBE",
      ...(this.#id !== "" && { framework_id: { value: this.#id } }),
      subscribe: { framework_info: { ...this.#info, ...id } },
    };
    const answer = await fetch(`http://${this.#options.master}/api/v1/scheduler`, {
      method: "POST",
      headers: { ...JSON_TYPE, Accept: "application/json" },
      body: JSON.stringify(call),
      signal: this.#abort.signal,
    });
    if (!answer.ok || answer.body === null) {
      throw new Error(`SUBSCRIBE answers ${answer.status}: ${await answer.text()}`);
    }
    this.#streamId = answer.headers.get("Mesos-Stream-Id") ?? "";
    this.#isConnected = true;
    this.#ended = this.#read(answer.body).catch(() => undefined);
    const first = await until("the framework is subscribed", () => this.events[before]);
    if (first.type !== "SUBSCRIBED") throw new Error(first.error?.message ?? `first comes ${first.type}`);
  }

  /** Sends a call with its ids; resolves with the status and the text of the answer. */
  async call(call: Partial<SchedulerCall>): Promise<{ status: number; text: string }> {
    const answer = await fetch(`http://${this.#options.master}/api/v1/scheduler`, {
      method: "POST",
      headers: { ...JSON_TYPE, "Mesos-Stream-Id": this.#streamId },
      body: JSON.stringify({ framework_id: { value: this.#id }, ...call }),
    });
    return { status: answer.status, text: await answer.text() };
  }

  /** Sends a call that must be accepted. */
  async must(call: Partial<SchedulerCall>): Promise<void> {
    const { status, text } = await this.call(call);
    if (status !== 202) throw new Error(`${call.type} answers ${status}: ${text}`);
  }

  /** The first offer not yet answered that satisfies a condition. */
  async offer(isGood: (offer: Offer) => boolean = () => true): Promise<Offer> {
    return until("an offer comes", () => {
      for (const [index, event] of this.events.entries()) {
        const found = event.offers?.offers?.find(isGood);
        if (found !== undefined && !this.#isRescinded(found)) {
          this.events[index] = {
            ...event,
            offers: { offers: (event.offers?.offers ?? []).filter((each) => each !== found) },
          };
          return found;
        }
      }
      return undefined;
    });
  }

  /** Uses an offer; what is left of it comes again at once. */
  accept(offer: Offer, operations: readonly OfferOperation[], refuseSeconds = 0): Promise<void> {
    const filters = { refuse_seconds: refuseSeconds };
    return this.must({
      type: "ACCEPT",
      accept: { offer_ids: [offer.id], operations: [...operations], filters },
    });
  }

  /** The next offer with at least so much of the CPUs: what other tasks gave back comes in small pieces. */
  largeOffer(leastCpus = 1): Promise<Offer> {
    return this.offer(({ resources = [] }) =>
      resources.some(({ name, scalar }) => name === "cpus" && (scalar?.value ?? 0) >= leastCpus),
    );
  }

  /** Launches commands as one group on the built-in default executor. */
  group(
    executorId: string,
    tasks: readonly Omit<TaskInfo, "agent_id">[],
    { agent_id, ...more }: Pick<TaskInfo, "agent_id"> & Partial<ExecutorInfo>,
  ): OfferOperation {
    const executor: ExecutorInfo = {
      type: "DEFAULT",
      executor_id: { value: executorId },
      framework_id: { value: this.#id },
      resources: scalars({ cpus: 0.1, mem: 32, disk: 32 }),
      ...more,
    };
    const task_group = { tasks: tasks.map((task) => ({ ...task, agent_id })) };
    return { type: "LAUNCH_GROUP", launch_group: { executor, task_group } };
  }

  /** Launches tasks on the next offer of an agent, or of any. */
  async launch(tasks: readonly Omit<TaskInfo, "agent_id">[], agentId?: string): Promise<Offer> {
    const offer = await this.offer(({ agent_id }) => agentId === undefined || agent_id.value === agentId);
    const task_infos = tasks.map((task) => ({ ...task, agent_id: offer.agent_id }));
    await this.accept(offer, [{ type: "LAUNCH", launch: { task_infos } }]);
    return offer;
  }

  /** Gives every offer back and asks for no more, so that others get them; REVIVE ends that. */
  async rest(): Promise<void> {
    await this.must({ type: "SUPPRESS" });
    const offers = this.#takeOffers();
    if (offers.length === 0) return;
    await this.must({ type: "DECLINE", decline: { offer_ids: offers.map(({ id }) => id) } });
  }

  /** A task that runs a shell command with little. */
  command(id: string, value: string, more: Partial<TaskInfo> = {}): Omit<TaskInfo, "agent_id"> {
    const resources = scalars({ cpus: 0.1, mem: 32 });
    return { name: id, task_id: { value: id }, resources, command: { value }, ...more };
  }

  /** Every status update of a task, in the order in which they came. */
  updates(taskId: string): TaskStatus[] {
    return this.events
      .map(({ update }) => update?.status)
      .filter((status) => status !== undefined)
      .filter(({ task_id }) => task_id.value === taskId);
  }

  /** The states of a task in the order in which they came; one that was repeated, being on its way, counts once. */
  states(taskId: string): (TaskState | undefined)[] {
    const seen = new Set<string>();
    const isNew = ({ uuid }: TaskStatus): boolean => uuid === undefined || !seen.has(uuid);
    return this.updates(taskId)
      .filter((status) => {
        const first = isNew(status);
        if (status.uuid !== undefined) seen.add(status.uuid);
        return first;
      })
      .map(({ state }) => state);
  }

  /** Resolves with the first update of a task that has a state. */
  async sees(taskId: string, state: TaskState): Promise<TaskStatus> {
    try {
      return await until(`task ${taskId} is ${state}`, () =>
        this.updates(taskId).find((status) => status.state === state),
      );
    } catch (error) {
      throw new Error(`Heard of ${taskId}: ${JSON.stringify(this.updates(taskId))}`, { cause: error });
    }
  }

  acknowledge(status: TaskStatus): Promise<void> {
    const { agent_id, task_id, uuid } = status;
    if (agent_id === undefined || uuid === undefined) return Promise.resolve();
    return this.must({ type: "ACKNOWLEDGE", acknowledge: { agent_id, task_id, uuid } });
  }

  /** Breaks the connection; the master keeps the framework for its failover timeout. */
  async disconnect(): Promise<void> {
    this.#abort.abort();
    await this.#ended;
  }

  /** Ends the framework and all its tasks. */
  async teardown(): Promise<void> {
    await this.must({ type: "TEARDOWN" });
    await this.disconnect();
  }

  /** Removes every offer that was not answered. */
  #takeOffers(): Offer[] {
    return this.events.splice(0).flatMap((event) => {
      const { offers, ...others } = event;
      this.events.push(offers === undefined ? event : others);
      return offers?.offers ?? [];
    });
  }

  #isRescinded(offer: Offer): boolean {
    return this.events.some(({ rescind }) => rescind?.offer_id.value === offer.id.value);
  }

  async #read(body: ReadableStream<Uint8Array>): Promise<void> {
    const decoder = new RecordDecoder();
    try {
      for await (const chunk of body) {
        for (const record of decoder.push(chunk)) {
          this.#take(JSON.parse(Buffer.from(record).toString()) as SchedulerEvent);
        }
      }
    } finally {
      this.#isConnected = false;
    }
  }

  #take(event: SchedulerEvent): void {
    if (event.subscribed !== undefined) this.#id = event.subscribed.framework_id.value;
    this.events.push(event);
    this.heard.push(event);
    const status = event.update?.status;
    const { acknowledge = () => true } = this.#options;
    if (status !== undefined && acknowledge(status)) {
      // A master that has gone away meanwhile gets no acknowledgement; the update comes again.
      this.acknowledge(status).catch(() => undefined);
    }
  }
}

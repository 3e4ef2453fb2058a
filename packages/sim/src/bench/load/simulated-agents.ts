// Thousands of simulated agents behind one address, as libprocess allows.
import { type MessageName, type Messages, decodeProtobuf, encodeProtobuf } from "@mezzo/wire";
import { systemClock } from "../../../../cluster/src/core/clock.ts";
import { silentLogger } from "../../../../cluster/src/core/logger.ts";
import { HttpServer } from "../../../../cluster/src/net/http/server.ts";
import { Libprocess } from "../../../../cluster/src/net/libprocess/libprocess.ts";
import type { Message } from "../../../../cluster/src/net/libprocess/message.ts";
import type { LoadPlace } from "./commands.ts";
import { SimulatedAgent } from "./simulated-agent.ts";

const PREFIX = "mesos.internal.";

export class SimulatedAgents {
  readonly #masterPid: string;
  readonly #port: number;
  readonly #server: HttpServer;
  readonly #libprocess: Libprocess;
  readonly #byPid = new Map<string, SimulatedAgent>();
  readonly #byId = new Map<string, SimulatedAgent>();
  #registeredCount = 0;
  #onAllRegistered = (): void => {};
  #onMasterGone = (): void => {};
  /** Tasks stay RUNNING when their first update is acknowledged. */
  keepRunning = false;

  constructor({ masterPort, agentPort }: LoadPlace) {
    const dependencies = { clock: systemClock, logger: silentLogger };
    this.#masterPid = `master@127.0.0.1:${masterPort}`;
    this.#port = agentPort;
    this.#server = new HttpServer({ ip: "127.0.0.1", port: agentPort }, dependencies);
    this.#libprocess = new Libprocess({ id: "slave", ip: "127.0.0.1", port: agentPort }, dependencies);
    this.#libprocess.attach(this.#server);
    this.#libprocess.onMessage((message) => this.#take(message));
    this.#libprocess.onExited(() => this.#onMasterGone());
  }

  listen(): Promise<void> {
    return this.#server.listen();
  }

  /** Undefined for an agent of somebody else. */
  get(agentId: string): SimulatedAgent | undefined {
    return this.#byId.get(agentId);
  }

  get taskCount(): number {
    return [...this.#byPid.values()].reduce((sum, { taskCount }) => sum + taskCount, 0);
  }

  add(count: number): void {
    for (let number = 1; number <= count; number++) {
      const id = `slave(${number})`;
      const pid = this.#libprocess.pidOf(id);
      this.#libprocess.addProcess(id);
      this.#byPid.set(pid, new SimulatedAgent({ pid, hostname: `host-${number}`, port: this.#port }));
    }
  }

  /** Sends the registration of every agent that has none. */
  register(): void {
    for (const agent of this.#byPid.values()) {
      if (agent.registered) continue;
      if (agent.id === "") this.#send(agent, "RegisterSlaveMessage", agent.registration());
      else this.#send(agent, "ReregisterSlaveMessage", agent.reregistration());
    }
  }

  /** Resolves when every agent is registered. */
  async allRegistered(): Promise<void> {
    if (this.#registeredCount === this.#byPid.size) return;
    await new Promise<void>((resolve) => (this.#onAllRegistered = resolve));
  }

  /** Resolves when the master breaks off its connection; all agents count as not registered from then on. */
  async masterGone(): Promise<void> {
    const gone = new Promise<void>((resolve) => (this.#onMasterGone = resolve));
    this.#libprocess.link(this.#masterPid);
    await gone;
    for (const agent of this.#byPid.values()) agent.registered = false;
    this.#registeredCount = 0;
  }

  #send<N extends MessageName>(agent: SimulatedAgent, name: N, message: Messages[N]): void {
    const body = encodeProtobuf(name, message);
    this.#libprocess.send({ from: agent.pid, to: this.#masterPid, name: PREFIX + name, body });
  }

  #take({ to, name, body }: Message): void {
    const agent = this.#byPid.get(to);
    if (agent === undefined) return;
    switch (name) {
      case `${PREFIX}RunTaskMessage`:
        return this.#update(agent, agent.launch(decoded("RunTaskMessage", body)));
      case `${PREFIX}StatusUpdateAcknowledgementMessage`:
        if (this.keepRunning) return undefined;
        return this.#update(
          agent,
          agent.acknowledged(decoded("StatusUpdateAcknowledgementMessage", body).task_id.value),
        );
      case `${PREFIX}PingSlaveMessage`:
        return this.#libprocess.send({
          from: agent.pid,
          to: this.#masterPid,
          name: `${PREFIX}PongSlaveMessage`,
          body: new Uint8Array(),
        });
      case `${PREFIX}SlaveRegisteredMessage`:
        return this.#registered(agent, decoded("SlaveRegisteredMessage", body).agent_id.value);
      case `${PREFIX}SlaveReregisteredMessage`:
        return this.#registered(agent, agent.id);
      default:
        return undefined;
    }
  }

  #update(agent: SimulatedAgent, update: Messages["StatusUpdateMessage"] | undefined): void {
    if (update !== undefined) this.#send(agent, "StatusUpdateMessage", update);
  }

  #registered(agent: SimulatedAgent, id: string): void {
    if (agent.registered) return;
    agent.registered = true;
    agent.id = id;
    this.#byId.set(id, agent);
    this.#registeredCount += 1;
    if (this.#registeredCount === this.#byPid.size) this.#onAllRegistered();
  }
}

function decoded<N extends MessageName>(name: N, body: Uint8Array): Messages[N] {
  const result = decodeProtobuf(name, body);
  if (!result.ok) throw new Error(result.error);
  return result.value;
}

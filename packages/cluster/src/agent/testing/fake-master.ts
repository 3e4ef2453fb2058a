// A master for tests of the running agent: registers it, gives it tasks, acknowledges updates.
import {
  encodeProtobuf,
  decodeProtobuf,
  fullNameOf,
  type Messages,
  type StatusUpdate,
  type TaskInfo,
} from "@mezzo/wire";
import { systemClock } from "../../core/clock.ts";
import { silentLogger } from "../../core/logger.ts";
import { HttpServer } from "../../net/http/server.ts";
import { Libprocess } from "../../net/libprocess/libprocess.ts";

/** Names of messages an agent sends, with what they carried. */
export interface Received {
  name: string;
  from: string;
  body: unknown;
}

/** Listens on a free port of 127.0.0.1. */
export class FakeMaster {
  readonly #server = new HttpServer(
    { ip: "127.0.0.1", port: 0 },
    { clock: systemClock, logger: silentLogger },
  );
  #libprocess: Libprocess | undefined;
  readonly received: Received[] = [];
  readonly updates: StatusUpdate[] = [];
  /** Set false to leave updates unacknowledged. */
  acknowledges = true;
  agent = "";
  agentId = "agent-1";
  onUpdate: (update: StatusUpdate) => void = () => undefined;

  async start(): Promise<string> {
    await this.#server.listen();
    const { ip, port } = this.#server.address;
    this.#libprocess = new Libprocess(
      { id: "master", ip, port },
      { clock: systemClock, logger: silentLogger },
    );
    this.#libprocess.attach(this.#server);
    this.#libprocess.onMessage(({ from, name, body }) => {
      const short = name.replace("mesos.internal.", "") as keyof Messages;
      const decoded = decodeProtobuf(short, body);
      if (!decoded.ok) throw new Error(decoded.error);
      this.#take({ name: short, from, body: decoded.value });
    });
    return `${ip}:${port}`;
  }

  send<N extends keyof Messages>(name: N, body: Messages[N]): void {
    this.#libprocess?.send({ to: this.agent, name: fullNameOf(name), body: encodeProtobuf(name, body) });
  }

  run(task: TaskInfo, framework: { id: string; checkpoint?: boolean }): void {
    this.send("RunTaskMessage", {
      framework: {
        user: "root",
        name: "test",
        id: { value: framework.id },
        checkpoint: framework.checkpoint ?? true,
        capabilities: [{ type: "PARTITION_AWARE" }],
      },
      task,
    });
  }

  async close(): Promise<void> {
    this.#libprocess?.close();
    await this.#server.close();
  }

  #take(message: Received): void {
    this.received.push(message);
    const agent_id = { value: this.agentId };
    this.agent = message.from;
    if (message.name === "RegisterSlaveMessage") this.send("SlaveRegisteredMessage", { agent_id });
    if (message.name === "ReregisterSlaveMessage") this.send("SlaveReregisteredMessage", { agent_id });
    if (message.name !== "StatusUpdateMessage") return;
    const { update } = message.body as Messages["StatusUpdateMessage"];
    this.updates.push(update);
    this.onUpdate(update);
    if (!this.acknowledges || update.uuid === undefined) return;
    const { framework_id, status, uuid } = update;
    this.send("StatusUpdateAcknowledgementMessage", {
      agent_id,
      framework_id,
      task_id: status.task_id,
      uuid,
    });
  }
}

// A real etcd of a story: one member or several on loopback, each stopped and started again with its data.
import { join } from "node:path";
import type { Child } from "../../stories/support/child.ts";
import { takePort } from "../../stories/support/ports.ts";
import type { Story } from "../../stories/support/story.ts";
import { until } from "../../stories/support/until.ts";
import type { MeetingPlace } from "./meeting-place.ts";

export interface EtcdOptions {
  members?: number;
  /** How much it may store before it takes nothing more. */
  quotaBytes?: number;
}

export class EtcdServer {
  readonly port: number;
  readonly peer: string;
  readonly name: string;
  child: Child | undefined;

  constructor(name: string, { port, peerPort }: { port: number; peerPort: number }) {
    this.name = name;
    this.port = port;
    this.peer = `http://127.0.0.1:${peerPort}`;
  }
}

export class Etcd implements MeetingPlace {
  readonly servers: readonly EtcdServer[];
  readonly #story: Story;
  readonly #options: EtcdOptions;

  private constructor(story: Story, { servers, options }: { servers: EtcdServer[]; options: EtcdOptions }) {
    this.#story = story;
    this.servers = servers;
    this.#options = options;
  }

  /** Resolves when it answers. */
  static async start(story: Story, options: EtcdOptions = {}): Promise<Etcd> {
    const servers: EtcdServer[] = [];
    while (servers.length < (options.members ?? 1)) {
      const ports = { port: await takePort(), peerPort: await takePort() };
      servers.push(new EtcdServer(`etcd-${servers.length}`, ports));
    }
    const etcd = new Etcd(story, { servers, options });
    await etcd.start();
    return etcd;
  }

  /** `etcd://[user:password@]127.0.0.1:port,…/mesos`. */
  url(credentials?: string): string {
    const hosts = this.servers.map(({ port }) => `127.0.0.1:${port}`).join(",");
    return `etcd://${credentials === undefined ? "" : `${credentials}@`}${hosts}/mesos`;
  }

  async start(): Promise<void> {
    for (const server of this.servers) this.startServer(server);
    await until("etcd answers", () => this.#answers(), { patienceMs: 60_000 });
  }

  async stop(): Promise<void> {
    for (const { child } of this.servers) await child?.stop("SIGKILL");
  }

  async #answers(): Promise<boolean> {
    try {
      await this.call("kv/range", { key: "Lw==" });
      return true;
    } catch (error) {
      // It answers those whom it knows.
      return String(error).includes("user name is empty");
    }
  }

  startServer(server: EtcdServer): void {
    const { name, peer, port } = server;
    const clients = `http://127.0.0.1:${port}`;
    const { quotaBytes } = this.#options;
    server.child = this.#story.start([
      "etcd",
      `--name=${name}`,
      `--data-dir=${join(this.#story.folder, name)}`,
      `--listen-client-urls=${clients}`,
      `--advertise-client-urls=${clients}`,
      `--listen-peer-urls=${peer}`,
      `--initial-advertise-peer-urls=${peer}`,
      `--initial-cluster=${this.servers.map((each) => `${each.name}=${each.peer}`).join(",")}`,
      "--logger=zap",
      "--log-level=error",
      // Processes are killed here, never the machine: what was written is in its memory.
      "--unsafe-no-fsync",
      ...(quotaBytes === undefined ? [] : [`--quota-backend-bytes=${quotaBytes}`]),
    ]);
  }

  /** A call to the first member that answers. Throws what etcd refuses. */
  async call<Answer extends object = object>(method: string, body: object, token?: string): Promise<Answer> {
    let failure: unknown;
    for (const { port } of this.servers) {
      try {
        const answer = await fetch(`http://127.0.0.1:${port}/v3/${method}`, {
          method: "POST",
          headers: token === undefined ? {} : { Authorization: token },
          body: JSON.stringify(body),
          signal: AbortSignal.timeout(5000),
        });
        if (answer.ok) return (await answer.json()) as Answer;
        failure = new Error(await answer.text());
      } catch (error) {
        failure = error;
      }
    }
    throw failure;
  }
}

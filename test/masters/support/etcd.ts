// A real etcd of a story: one member or several on a machine, each stopped and started again with its data.
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { type Machine, thisMachine } from "../../stories/support/cluster.ts";
import type { Child } from "../../stories/support/child.ts";
import { takePort } from "../../stories/support/ports.ts";
import type { Story } from "../../stories/support/story.ts";
import { until } from "../../stories/support/until.ts";
import type { MeetingPlace } from "./meeting-place.ts";

export interface EtcdOptions {
  members?: number;
  machine?: Machine;
}

/** How much it may store before it takes nothing more: far more than a registry, soon filled. */
const QUOTA_BYTES = 32 * 1024 * 1024;

/** Below it lies what fills it up. */
const BALLAST = "/ballast/";
const BALLAST_BYTES = 1024 * 1024;

const base64 = (text: string): string => Buffer.from(text).toString("base64");

/** All keys below a prefix that ends with a slash. */
const below = (prefix: string): { key: string; range_end: string } => ({
  key: base64(prefix),
  range_end: base64(`${prefix.slice(0, -1)}0`),
});

export class EtcdServer {
  readonly name: string;
  /** `ip:port` for clients. */
  readonly address: string;
  readonly peer: string;
  child: Child | undefined;

  constructor(name: string, { ip, port, peerPort }: { ip: string; port: number; peerPort: number }) {
    this.name = name;
    this.address = `${ip}:${port}`;
    this.peer = `http://${ip}:${peerPort}`;
  }
}

export class Etcd implements MeetingPlace {
  readonly servers: readonly EtcdServer[];
  readonly #story: Story;
  readonly machine: Machine;

  private constructor(story: Story, { servers, machine }: { servers: EtcdServer[]; machine: Machine }) {
    this.#story = story;
    this.servers = servers;
    this.machine = machine;
  }

  /** Resolves when it answers. */
  static async start(story: Story, { members = 1, machine = thisMachine }: EtcdOptions = {}): Promise<Etcd> {
    const servers: EtcdServer[] = [];
    while (servers.length < members) {
      const place = { ip: machine.ip, port: await takePort(), peerPort: await takePort() };
      servers.push(new EtcdServer(`etcd-${servers.length}`, place));
    }
    const etcd = new Etcd(story, { servers, machine });
    await etcd.start();
    return etcd;
  }

  /** `etcd://[user:password@]ip:port,…/mesos`. */
  url(credentials?: string): string {
    const hosts = this.servers.map(({ address }) => address).join(",");
    return `etcd://${credentials === undefined ? "" : `${credentials}@`}${hosts}/mesos`;
  }

  async start(): Promise<void> {
    for (const server of this.servers) this.startServer(server);
    await until("etcd answers", () => this.#answers(), { patienceMs: 60_000 });
  }

  /** Whether each member that runs answers with what the others know. */
  async agrees(): Promise<boolean> {
    const running = this.servers.filter(({ child }) => child?.isRunning === true);
    const answers = running.map((server) => this.#ask(server, "kv/range", { key: "Lw==" }));
    return (await Promise.all(answers)).every((answer) => answer.ok);
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
    const { name, peer, address } = server;
    const clients = `http://${address}`;
    server.child = this.#story.start([
      ...this.machine.within,
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
      `--quota-backend-bytes=${QUOTA_BYTES}`,
    ]);
  }

  freeze(): void {
    for (const { child } of this.servers) child?.signal("SIGSTOP");
  }

  thaw(): void {
    for (const { child } of this.servers) child?.signal("SIGCONT");
  }

  async fill(): Promise<void> {
    for (let index = 0; ; index++) {
      const value = randomBytes(BALLAST_BYTES).toString("base64");
      try {
        await this.call("kv/put", { key: base64(`${BALLAST}${index}`), value });
      } catch (error) {
        if (String(error).includes("database space exceeded")) return;
        throw error;
      }
    }
  }

  async makeRoom(): Promise<void> {
    const { header } = await this.call<{ header: { revision: string } }>("kv/deleterange", below(BALLAST));
    await this.call("kv/compaction", { revision: header.revision, physical: true });
    for (const _ of this.servers) await this.call("maintenance/defragment", {});
    const { alarms = [] } = await this.call<{ alarms?: object[] }>("maintenance/alarm", { action: "GET" });
    for (const alarm of alarms) await this.call("maintenance/alarm", { action: "DEACTIVATE", ...alarm });
  }

  async contents(): Promise<string[]> {
    const everything = { key: base64("\0"), range_end: base64("\0"), keys_only: true };
    const { kvs = [] } = await this.call<{ kvs?: { key: string }[] }>("kv/range", everything);
    return kvs.map(({ key }) => Buffer.from(key, "base64").toString());
  }

  async registry(): Promise<Map<string, Uint8Array>> {
    const prefix = "/mesos/registry/";
    const { kvs = [] } = await this.call<{ kvs?: { key: string; value?: string }[] }>(
      "kv/range",
      below(prefix),
    );
    return new Map(
      kvs.map(({ key, value = "" }) => [
        Buffer.from(key, "base64").toString().slice(prefix.length),
        Buffer.from(value, "base64"),
      ]),
    );
  }

  /** A call to the first member that answers. Throws what etcd refuses. */
  async call<Answer extends object = object>(method: string, body: object, token?: string): Promise<Answer> {
    let failure: unknown;
    for (const server of this.servers) {
      try {
        const answer = await this.#ask(server, method, body, token);
        if (answer.ok) return (await answer.json()) as Answer;
        failure = new Error(await answer.text());
      } catch (error) {
        failure = error;
      }
    }
    throw failure;
  }

  #ask({ address }: EtcdServer, method: string, body: object, token?: string): Promise<Response> {
    return fetch(`http://${address}/v3/${method}`, {
      method: "POST",
      headers: token === undefined ? {} : { Authorization: token },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(5000),
    });
  }
}

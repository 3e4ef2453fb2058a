// A real ZooKeeper of a story: one server on a disk of its own, stopped and started again with its data.
import { connect } from "node:net";
import { ZooKeeperSession, parseZkUrl } from "@mezzo/sdk/zookeeper";
import { systemClock } from "@mezzo/sdk";
import type { Child } from "../../stories/support/child.ts";
import type { Machine } from "../../stories/support/cluster.ts";
import { takePort } from "../../stories/support/ports.ts";
import type { Story } from "../../stories/support/story.ts";
import { until } from "../../stories/support/until.ts";
import type { MeetingPlace } from "./meeting-place.ts";
import { SmallDisk } from "./small-disk.ts";
import { TICK_MS, zooKeeperCommand } from "./zookeeper-command.ts";

/** Far more than a registry, soon filled. */
const DISK_KB = 16 * 1024;

function accepts(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, host);
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}

export class ZooKeeper implements MeetingPlace {
  readonly machine: Machine;
  readonly #story: Story;
  readonly #disk: SmallDisk;
  readonly #port: number;
  #child: Child | undefined;
  #session: ZooKeeperSession | undefined;

  private constructor(story: Story, { machine, port }: { machine: Machine; port: number }) {
    this.#story = story;
    this.machine = machine;
    this.#port = port;
    this.#disk = new SmallDisk(story, { name: "zookeeper", sizeKb: DISK_KB });
    story.closes(async () => {
      this.#session?.close();
      await this.stop();
    });
  }

  /** Resolves when it accepts connections. */
  static async start(story: Story, machine: Machine): Promise<ZooKeeper> {
    const zooKeeper = new ZooKeeper(story, { machine, port: await takePort() });
    await zooKeeper.start();
    return zooKeeper;
  }

  /** `zk://[user:password@]ip:port/mesos`. */
  url(digest?: string): string {
    return `zk://${digest === undefined ? "" : `${digest}@`}${this.machine.ip}:${this.#port}/mesos`;
  }

  async start(): Promise<void> {
    const args = [String(this.#port), this.#disk.folder, String(TICK_MS)];
    const command = zooKeeperCommand("ZooKeeperServerMain", args);
    this.#child = this.#story.start([...this.machine.within, ...command]);
    await until("ZooKeeper accepts connections", () => accepts(this.machine.ip, this.#port), {
      patienceMs: 60_000,
    });
  }

  async stop(): Promise<void> {
    await this.#child?.stop("SIGKILL");
  }

  freeze(): void {
    this.#child?.signal("SIGSTOP");
  }

  thaw(): void {
    this.#child?.signal("SIGCONT");
  }

  /** It ends when it notices. */
  fill(): Promise<void> {
    this.#disk.fill();
    return Promise.resolve();
  }

  async makeRoom(): Promise<void> {
    this.#disk.makeRoom();
    await this.stop();
    await this.start();
  }

  /** Without what is ZooKeeper's own. */
  async contents(): Promise<string[]> {
    const session = await this.session();
    const below = async (path: string): Promise<string[]> => {
      const names = (await session.children(path === "" ? "/" : path)).filter((name) => name !== "zookeeper");
      const paths = names.map((name) => `${path}/${name}`);
      return [...paths, ...(await Promise.all(paths.map(below))).flat()];
    };
    return (await below("")).toSorted();
  }

  async registry(): Promise<Map<string, Uint8Array>> {
    const session = await this.session();
    const path = "/mesos/mezzo/registry";
    const records = new Map<string, Uint8Array>();
    for (const bucket of await session.children(path)) {
      for (const name of await session.children(`${path}/${bucket}`)) {
        const data = await session.data(`${path}/${bucket}/${name}`);
        if (data !== undefined) records.set(decodeURIComponent(name), data);
      }
    }
    return records;
  }

  /** A session of whoever looks into it. */
  async session(): Promise<ZooKeeperSession> {
    const place = parseZkUrl(this.url());
    if (!place.ok) throw new Error(place.error);
    // A new one each time: one that went through a failure may never answer.
    this.#session?.close();
    this.#session = new ZooKeeperSession(place.value, {
      sessionTimeoutMs: 60_000,
      clock: systemClock,
      listener: {},
    });
    const session = this.#session;
    await until("ZooKeeper answers", () => session.exists("/"));
    return session;
  }
}

// A real ZooKeeper of a story: one server on loopback, stopped and started again with its data.
import { mkdirSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import type { Child } from "../../stories/support/child.ts";
import { takePort } from "../../stories/support/ports.ts";
import type { Story } from "../../stories/support/story.ts";
import { until } from "../../stories/support/until.ts";
import type { MeetingPlace } from "./meeting-place.ts";

/** Sessions may be as short as two ticks: stories should not wait for long. */
const TICK_MS = 500;

const CLASS_PATH = [
  "/usr/share/java/zookeeper.jar",
  "/usr/share/java/zookeeper-jute.jar",
  "/usr/share/java/*",
];

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}

export class ZooKeeper implements MeetingPlace {
  readonly #story: Story;
  readonly #folder: string;
  readonly #port: number;
  #child: Child | undefined;

  private constructor(story: Story, port: number) {
    this.#story = story;
    this.#port = port;
    this.#folder = join(story.folder, "zookeeper");
    mkdirSync(this.#folder);
  }

  /** Resolves when it accepts connections. */
  static async start(story: Story): Promise<ZooKeeper> {
    const zooKeeper = new ZooKeeper(story, await takePort());
    await zooKeeper.start();
    return zooKeeper;
  }

  /** `zk://[user:password@]127.0.0.1:port/mesos`. */
  url(digest?: string): string {
    return `zk://${digest === undefined ? "" : `${digest}@`}127.0.0.1:${this.#port}/mesos`;
  }

  async start(): Promise<void> {
    const options = ["-Xmx128m", "-Dzookeeper.admin.enableServer=false", "-cp", CLASS_PATH.join(":")];
    const main = "org.apache.zookeeper.server.ZooKeeperServerMain";
    const command = ["java", ...options, main, String(this.#port), this.#folder, String(TICK_MS)];
    this.#child = this.#story.start(command);
    await until("ZooKeeper accepts connections", () => accepts(this.#port), { patienceMs: 60_000 });
  }

  async stop(): Promise<void> {
    await this.#child?.stop("SIGKILL");
  }
}

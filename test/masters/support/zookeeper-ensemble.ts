// A ZooKeeper of several servers that have a quorum, each killed and started again with its data.
import { mkdirSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import type { Child } from "../../stories/support/child.ts";
import { thisMachine } from "../../stories/support/cluster.ts";
import { takePort } from "../../stories/support/ports.ts";
import type { Story } from "../../stories/support/story.ts";
import { until } from "../../stories/support/until.ts";
import { TICK_MS, zooKeeperCommand } from "./zookeeper-command.ts";

/** How long a server may take to follow, and then lag behind, in ticks: a machine under load is slow, not wrong. */
const LIMIT_TICKS = 20;

export class ZooKeeperServer {
  readonly id: number;
  /** `ip:port` for clients. */
  readonly address: string;
  readonly port: number;
  /** `ip:port:port` for the other servers. */
  readonly peer: string;
  child: Child | undefined;

  constructor(id: number, { port, peerPorts }: { port: number; peerPorts: readonly number[] }) {
    this.id = id;
    this.port = port;
    this.address = `${thisMachine.ip}:${port}`;
    this.peer = `${thisMachine.ip}:${peerPorts.join(":")}`;
  }

  /** Whether it is one of a quorum and answers clients. */
  async serves(): Promise<boolean> {
    const socket = connect(this.port, thisMachine.ip);
    socket.write("srvr");
    return /^Mode: (leader|follower)$/m.test(await text(socket));
  }
}

export class ZooKeeperEnsemble {
  readonly servers: readonly ZooKeeperServer[];
  readonly #story: Story;

  private constructor(story: Story, servers: readonly ZooKeeperServer[]) {
    this.#story = story;
    this.servers = servers;
  }

  /** Resolves when all of them serve. */
  static async start(story: Story, { members }: { members: number }): Promise<ZooKeeperEnsemble> {
    const servers: ZooKeeperServer[] = [];
    while (servers.length < members) {
      const ports = { port: await takePort(), peerPorts: [await takePort(), await takePort()] };
      servers.push(new ZooKeeperServer(servers.length + 1, ports));
    }
    const ensemble = new ZooKeeperEnsemble(story, servers);
    for (const server of servers) ensemble.startServer(server);
    await ensemble.serves();
    return ensemble;
  }

  /** `zk://ip:port,…/mesos`. */
  url(): string {
    return `zk://${this.servers.map(({ address }) => address).join(",")}/mesos`;
  }

  startServer(server: ZooKeeperServer): void {
    const folder = join(this.#story.folder, `zookeeper-${server.id}`);
    mkdirSync(folder, { recursive: true });
    const configuration = join(folder, "zoo.cfg");
    writeFileSync(join(folder, "myid"), String(server.id));
    writeFileSync(
      configuration,
      [
        `tickTime=${TICK_MS}`,
        `initLimit=${LIMIT_TICKS}`,
        `syncLimit=${LIMIT_TICKS}`,
        `dataDir=${folder}`,
        `clientPort=${server.port}`,
        `clientPortAddress=${thisMachine.ip}`,
        // Processes are killed here, never the machine: what was written is in its memory.
        "forceSync=no",
        ...this.servers.map(({ id, peer }) => `server.${id}=${peer}`),
        "",
      ].join("\n"),
    );
    server.child = this.#story.start(zooKeeperCommand("quorum.QuorumPeerMain", [configuration]));
  }

  /** Resolves when all servers serve. */
  async serves(): Promise<void> {
    for (const server of this.servers)
      await until(`ZooKeeper ${server.id} serves`, () => server.serves(), { patienceMs: 60_000 });
  }
}

// Machines of a story: network namespaces on one switch, whose cables can be pulled. Needs root.
import { execFileSync } from "node:child_process";
import type { Machine } from "../../stories/support/cluster.ts";
import type { Story } from "../../stories/support/story.ts";

const run = (command: string, args: readonly string[]): void =>
  void execFileSync(command, args, { stdio: ["ignore", "ignore", "pipe"] });

const ip = (...args: string[]): void => run("ip", args);

/** Stories side by side have networks side by side. */
const NETWORKS = 200;

/** One machine of the network. */
export class NetworkMachine implements Machine {
  readonly ip: string;
  readonly within: readonly string[];
  readonly #name: string;
  readonly #switch: string;
  readonly #cable: string;

  constructor(of: { name: string; ip: string; switchName: string; cable: string }) {
    this.#name = of.name;
    this.ip = of.ip;
    this.#switch = of.switchName;
    this.#cable = of.cable;
    this.within = ["nsenter", `--net=/run/netns/${of.name}`];
  }

  /** Nothing goes in or out, and nobody is told. */
  unplug(): void {
    ip("-n", this.#switch, "link", "set", this.#cable, "down");
  }

  /** Nothing reaches this one other machine any more, and nobody is told. */
  lose({ ip: other }: Machine): void {
    ip("-n", this.#name, "route", "add", "blackhole", other);
  }

  find({ ip: other }: Machine): void {
    ip("-n", this.#name, "route", "del", "blackhole", other);
  }

  plug(): void {
    ip("-n", this.#switch, "link", "set", this.#cable, "up");
  }
}

/** A switch with this process on it, and machines. */
export class Network {
  readonly #prefix: string;
  readonly #switch: string;
  readonly #names: string[] = [];
  #machines = 1;

  constructor(story: Story) {
    this.#prefix = `10.219.${process.pid % NETWORKS}`;
    this.#switch = `mezzo-${process.pid}`;
    const cable = `mz${process.pid}`;
    story.closes(() => {
      // Processes inside keep theirs until they have ended.
      for (const name of this.#names) ip("netns", "del", name);
    });
    this.#addNamespace(this.#switch);
    ip("-n", this.#switch, "link", "add", "switch", "type", "bridge");
    ip("-n", this.#switch, "link", "set", "switch", "up");
    ip("link", "add", cable, "type", "veth", "peer", "name", "uplink", "netns", this.#switch);
    ip("-n", this.#switch, "link", "set", "uplink", "master", "switch", "up");
    ip("address", "add", `${this.#prefix}.1/24`, "dev", cable);
    ip("link", "set", cable, "up");
  }

  addMachine(): NetworkMachine {
    const host = ++this.#machines;
    const name = `${this.#switch}-${host}`;
    const cable = `port${host}`;
    this.#addNamespace(name);
    ip("-n", name, "link", "add", "eth0", "type", "veth", "peer", "name", cable, "netns", this.#switch);
    ip("-n", this.#switch, "link", "set", cable, "master", "switch", "up");
    ip("-n", name, "address", "add", `${this.#prefix}.${host}/24`, "dev", "eth0");
    ip("-n", name, "link", "set", "eth0", "up");
    ip("-n", name, "link", "set", "lo", "up");
    return new NetworkMachine({ name, ip: `${this.#prefix}.${host}`, switchName: this.#switch, cable });
  }

  #addNamespace(name: string): void {
    ip("netns", "add", name);
    this.#names.push(name);
  }
}

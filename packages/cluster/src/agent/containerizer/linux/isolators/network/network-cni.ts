// network/cni: containers in networks of their own, by the plugins of the Container Network Interface.
// Follows `src/slave/containerizer/mesos/isolators/network/cni/cni.cpp`. Other than there, the namespace is made before
// the container: so those of one task group are in it although their executor has no process.
import type { ContainerInfo, NetworkInfo, ResourceStatistics } from "@mezzo/wire";
import type { Clock } from "../../../../../core/clock.ts";
import { describeSystemError } from "../../../../../core/describe-system-error.ts";
import type { Logger } from "../../../../../core/logger.ts";
import type { Isolator, Launch, RunningContainer } from "../../isolator.ts";
import { type CniFolders, type CniNetwork, readNetworks } from "./cni-config.ts";
import type { ContainerDns } from "../../../container-dns.ts";
import { joinNetwork, leaveNetwork, networkInfosOf, wantNetworks } from "./join-network.ts";
import { hostsText, mountNetworkFiles, type NETWORK_FILES, resolverText } from "./network-files.ts";
import { makeNetworkNamespace, measureInterfaces } from "./network-namespace.ts";
import { type NetworkRecord, NetworkStore } from "./network-store.ts";

export interface CniOptions {
  /** Undefined: there are no networks to join. */
  folders: CniFolders | undefined;
  /** Where the state is kept; gone after a reboot unless `--network_cni_root_dir_persist`. */
  root: string;
  /** `--network_cni_metrics`. */
  measures: boolean;
  dns: ContainerDns | undefined;
}

/** Binds to the container's own address what would bind to the agent's. */
const LIBPROCESS_IP = "LIBPROCESS_IP";

/** Throws when the folders cannot be read. */
export class CniIsolator implements Isolator {
  readonly name = "network/cni";
  readonly #options: CniOptions;
  readonly #dependencies: { clock: Clock; logger: Logger };
  readonly #store: NetworkStore;
  /** By owner. */
  readonly #records = new Map<string, NetworkRecord>();
  /** What is done to the network of one owner is done in turn. */
  readonly #turns = new Map<string, Promise<unknown>>();

  constructor(options: CniOptions, dependencies: { clock: Clock; logger: Logger }) {
    this.#options = options;
    this.#dependencies = dependencies;
    this.#store = new NetworkStore(options.root);
    if (!options.folders) return;
    for (const reason of readNetworks(options.folders).problems) {
      dependencies.logger.error("Skipping a CNI network configuration", { reason });
    }
  }

  async prepare(launch: Launch): Promise<void> {
    const { config, rootfs } = launch;
    const asked = config.container?.network_infos ?? [];
    const above = config.parent !== undefined && asked.length === 0 ? config.parent : undefined;
    const owner = above === undefined ? config.containerId : (this.#recordOf(above)?.owner ?? above);
    const makes = above === undefined ? config.container : config.parentContainer;
    const record = await this.#inTurn(owner, () => this.#enter(config.containerId, { owner, makes }));
    if (record) return this.#apply(launch, record);
    // An image cannot know what the machine's network is.
    launch.spec.mounts.push(...mountNetworkFiles(() => undefined, { hasImage: rootfs !== undefined }));
  }

  networks(containerId: string): NetworkInfo[] {
    // A group's own container has no process and is no member; its networks are made in its name.
    const record = this.#recordOf(containerId) ?? this.#records.get(containerId);
    return networkInfosOf(record?.networks ?? []);
  }

  networkNamespace(containerId: string): string | undefined {
    const record = this.#recordOf(containerId);
    return record && this.#store.namespaceOf(record.owner);
  }

  usage({ containerId, pid }: RunningContainer): Partial<ResourceStatistics> {
    const measured = this.#options.measures && this.#recordOf(containerId) !== undefined;
    return measured ? measureInterfaces(pid) : {};
  }

  async cleanup(containerId: string): Promise<void> {
    const record = this.#recordOf(containerId);
    if (!record) return;
    await this.#inTurn(record.owner, async () => {
      record.members = record.members.filter((member) => member !== containerId);
      if (record.members.length === 0) await this.#remove(record);
    });
  }

  async recover(live: ReadonlySet<string>): Promise<void> {
    for (const { owner, record } of this.#store.load()) {
      const members = record?.members.filter((member) => live.has(member)) ?? [];
      if (record && members.length > 0) {
        this.#records.set(owner, { ...record, members });
        continue;
      }
      await this.#giveUp(record ?? { owner, hostname: "", members: [], networks: [] });
    }
  }

  async #giveUp(record: NetworkRecord): Promise<void> {
    try {
      await this.#remove(record);
    } catch (error) {
      const reason = describeSystemError(error);
      const { owner } = record;
      this.#dependencies.logger.error("Cannot take the network of a container away", { owner, reason });
    }
  }

  /** The network namespace that a container is in. */
  #recordOf(containerId: string): NetworkRecord | undefined {
    for (const record of this.#records.values()) {
      if (record.members.includes(containerId)) return record;
    }
    return undefined;
  }

  /** Joins what is there, or makes it; undefined when the container is in the machine's own network. */
  async #enter(
    containerId: string,
    { owner, makes }: { owner: string; makes: ContainerInfo | undefined },
  ): Promise<NetworkRecord | undefined> {
    const known = this.#records.get(owner);
    if (known) {
      known.members.push(containerId);
      this.#store.save(known);
      return known;
    }
    const networks = wantNetworks(makes?.network_infos ?? [], this.#finder());
    if (networks.length === 0) return undefined;
    const hostname = makes?.hostname ?? owner.slice(owner.lastIndexOf(".") + 1);
    const record: NetworkRecord = { owner, hostname, members: [containerId], networks };
    this.#records.set(owner, record);
    try {
      await this.#make(record);
    } catch (error) {
      await this.#giveUp(record);
      throw error;
    }
    return record;
  }

  /** Reads the configurations when the first name is asked for: they may change while the agent runs. */
  #finder(): (name: string) => CniNetwork | undefined {
    const { folders } = this.#options;
    let networks: ReadonlyMap<string, CniNetwork> | undefined;
    return (name) => folders && (networks ??= readNetworks(folders).networks).get(name);
  }

  async #make(record: NetworkRecord): Promise<void> {
    const { owner, hostname, networks } = record;
    // Before anything is asked of a plugin: whoever finds it can take everything back.
    this.#store.save(record);
    const namespace = this.#store.namespaceOf(owner);
    await makeNetworkNamespace(namespace);
    for (const network of networks) {
      await joinNetwork(network, this.#plugOf(owner, namespace), this.#dependencies);
    }
    this.#store.save(record);
    this.#store.write(owner, "hostname", `${hostname}\n`);
    this.#store.write(owner, "hosts", hostsText(hostname, networks));
    const resolver = resolverText(networks, this.#options.dns);
    if (resolver !== undefined) this.#store.write(owner, "resolv.conf", resolver);
  }

  /** What cannot be left stays written down: the agent tries again when it starts. */
  async #remove({ owner, networks }: NetworkRecord): Promise<void> {
    this.#records.delete(owner);
    const namespace = this.#store.hasNamespace(owner) ? this.#store.namespaceOf(owner) : undefined;
    const failures: string[] = [];
    for (const network of networks.toReversed()) {
      await leaveNetwork(network, this.#plugOf(owner, namespace), this.#dependencies).catch(
        (error: unknown) => failures.push(describeSystemError(error)),
      );
    }
    if (failures.length > 0) throw new Error(failures.join("\n"));
    await this.#store.remove(owner);
  }

  #plugOf(
    containerId: string,
    namespace: string | undefined,
  ): { containerId: string; namespace: string | undefined; pluginsDir: string } {
    return { containerId, namespace, pluginsDir: this.#options.folders?.pluginsDir ?? "" };
  }

  #apply({ spec, rootfs }: Launch, { owner, hostname }: NetworkRecord): void {
    const { namespaces } = spec.linux;
    namespaces.push({ type: "network", path: this.#store.namespaceOf(owner) });
    if (!namespaces.some(({ type }) => type === "uts")) namespaces.push({ type: "uts" });
    spec.hostname = hostname;
    spec.process.env = [
      ...spec.process.env.filter((variable) => !variable.startsWith(`${LIBPROCESS_IP}=`)),
      `${LIBPROCESS_IP}=0.0.0.0`,
    ];
    const ownOf = (name: (typeof NETWORK_FILES)[number]): string => this.#store.fileOf(owner, name);
    spec.mounts.push(...mountNetworkFiles(ownOf, { hasImage: rootfs !== undefined }));
  }

  async #inTurn<T>(owner: string, work: () => Promise<T>): Promise<T> {
    const before = this.#turns.get(owner) ?? Promise.resolve();
    const turn = before.then(work, work);
    this.#turns.set(owner, turn);
    try {
      return await turn;
    } finally {
      if (this.#turns.get(owner) === turn) this.#turns.delete(owner);
    }
  }
}

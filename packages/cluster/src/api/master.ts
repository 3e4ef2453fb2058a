// A master to run from code: `await new Master("localhost:5050").run()`.
import { join } from "node:path";
import { lookup } from "node:dns/promises";
import { isIP } from "node:net";
import type { MasterOptions } from "../master/options.ts";
import { defaultMasterOptions } from "../master/options.ts";
import { MasterProcess, type MasterDependencies } from "../master/run.ts";
import { systemClock } from "../core/clock.ts";
import { silentLogger } from "../core/logger.ts";
import { systemRandom } from "../core/random.ts";
import type { Election } from "../election/election.ts";
import { MemoryStore } from "../store/memory-store.ts";
import { REGISTRY_FILE, type RegistryStore } from "../store/registry-store.ts";
import { createFolder } from "./create-folder.ts";
import { explainListenError } from "./explain-listen-error.ts";

/** What a master may be told beside its address: everything else has Mesos' defaults. */
export type MasterSettings = Partial<MasterOptions>;

/** What the master takes from its surroundings; each part has the obvious default. */
export type MasterSurroundings = Partial<Omit<MasterDependencies, "onAbort">>;

/** `host:port` apart. Throws a TypeError for anything else. */
function splitAddress(address: string): { host: string; port: number } {
  const match = /^(?:\[([^\]]+)\]|([^:]+)):(\d+)$/.exec(address);
  const host = match?.[1] ?? match?.[2];
  const port = Number(match?.[3]);
  if (host === undefined || !(port <= 65_535)) {
    throw new TypeError(`Cannot use '${address}' as an address: it is not of the form host:port`);
  }
  return { host, port };
}

async function openStore({ workDir, registryMustExist }: MasterOptions): Promise<RegistryStore> {
  if (workDir === undefined) return new MemoryStore();
  createFolder(workDir, "work directory");
  // Loaded here, so that a master in memory does without SQLite.
  const { SqliteStore } = await import("../store/sqlite-store.ts");
  return new SqliteStore(
    { path: join(workDir, REGISTRY_FILE), mustExist: registryMustExist },
    { clock: systemClock },
  );
}

/** One master. Its registry is in `workDir` if it has one, else in memory. It may run once. */
export class Master {
  readonly #host: string;
  readonly #port: number;
  readonly #settings: MasterSettings;
  readonly #surroundings: MasterSurroundings;
  readonly #ended = Promise.withResolvers<void>();
  #process: MasterProcess | undefined;
  #starting: Promise<void> | undefined;

  /** `address` is `host:port`; port 0 takes any free one. Throws a TypeError when it is not of that form. */
  constructor(address: string, settings: MasterSettings = {}, surroundings: MasterSurroundings = {}) {
    const { host, port } = splitAddress(address);
    this.#host = host;
    this.#port = port;
    this.#settings = settings;
    this.#surroundings = surroundings;
    // Those who only start and stop do not listen to how it ended.
    this.#ended.promise.catch(() => undefined);
  }

  /** `host:port` that it listens on, once it has started. */
  get address(): string {
    if (this.#process === undefined) return `${this.#host}:${this.#port}`;
    const { ip, port } = this.#process.address;
    return `${ip}:${port}`;
  }

  /** Resolves when the master serves requests. Rejects when it cannot listen, or its work directory is unusable. */
  start(): Promise<void> {
    this.#starting ??= this.#start();
    return this.#starting;
  }

  /** Starts unless started, and resolves when the master has stopped. Rejects when it had to give up. */
  async run(): Promise<void> {
    await this.start();
    await this.#ended.promise;
  }

  /** Closes everything. Agents and tasks go on; a master with the same work directory takes them up again. */
  async stop(): Promise<void> {
    if (this.#starting === undefined) return;
    await this.#starting.catch(() => undefined);
    await this.#process?.stop();
    this.#ended.resolve();
  }

  async #start(): Promise<void> {
    const ip = isIP(this.#host) === 0 ? (await lookup(this.#host, { family: 4 })).address : this.#host;
    const place = { ip, port: this.#port, hostname: this.#host };
    const options: MasterOptions = { ...defaultMasterOptions, ...place, ...this.#settings };
    const election = this.#surroundings.election ?? (await this.#openElection(options));
    const store = this.#surroundings.store ?? election?.store ?? (await openStore(options));
    const process = new MasterProcess(options, {
      clock: systemClock,
      random: systemRandom,
      logger: silentLogger,
      ...this.#surroundings,
      ...(election && { election }),
      store,
      onAbort: (message) => this.#ended.reject(new Error(message)),
    });
    try {
      await process.start();
    } catch (error) {
      await process.stop();
      throw explainListenError(error, options);
    }
    this.#process = process;
  }

  /** Several masters: the election, and the registry beside it. */
  async #openElection({
    electionUrl: url,
    electionSessionTimeout: sessionTimeoutMs,
    registryStoreTimeout: storeTimeoutMs,
    registryFetchTimeout: fetchTimeoutMs,
    registryMustExist: mustExist,
  }: MasterOptions): Promise<Election | undefined> {
    if (url === undefined) return undefined;
    const { clock = systemClock, logger = silentLogger } = this.#surroundings;
    const registry = { storeTimeoutMs, fetchTimeoutMs, mustExist };
    // Loaded here: a master alone needs no client of ZooKeeper or etcd.
    const { openElection } = await import("../election/open-election.ts");
    return openElection({ url, sessionTimeoutMs, registry }, { clock, logger });
  }
}

// Where several masters elect the one that leads: `zk://…` or `etcd://…`.
import type { Clock } from "../core/clock.ts";
import type { Logger } from "../core/logger.ts";
import { type ElectedStoreOptions, electedStoreDefaults } from "../store/elected-store.ts";
import type { Election } from "./election.ts";

export interface ElectionOptions {
  url: string;
  /** `--zk_session_timeout`, milliseconds. */
  sessionTimeoutMs: number;
  /** What is said of the registry beside the election. */
  registry?: ElectedStoreOptions;
  /** Nobody stands where there is no registry: not even the place is made. */
  needsRegistry?: boolean;
}

/** Opens it with the client that it needs. Rejects with a TypeError for a URL that makes no sense. */
export async function openElection(
  { url, sessionTimeoutMs, registry = electedStoreDefaults, needsRegistry = false }: ElectionOptions,
  dependencies: { clock: Clock; logger: Logger },
): Promise<Election> {
  const options = { sessionTimeoutMs, registry, needsRegistry };
  if (url.startsWith("etcd://")) {
    const { parseEtcdUrl } = await import("@mezzo/sdk/etcd");
    const place = parseEtcdUrl(url);
    if (!place.ok) throw new TypeError(place.error);
    const { EtcdElection } = await import("./etcd-election.ts");
    return new EtcdElection({ etcd: place.value, ...options }, dependencies);
  }
  const { parseZkUrl } = await import("@mezzo/sdk/zookeeper");
  const place = parseZkUrl(url);
  if (!place.ok) throw new TypeError(place.error);
  const { ZooKeeperElection } = await import("./zookeeper-election.ts");
  return new ZooKeeperElection({ zooKeeper: place.value, ...options }, dependencies);
}

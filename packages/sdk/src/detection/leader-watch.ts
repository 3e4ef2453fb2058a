// Finds out who leads among several masters, where they meet to elect one.
import { type MasterInfo, type Result, success } from "@mezzo/wire";
import type { Clock } from "../clock.ts";
import { parseEtcdUrl } from "./etcd/parse-etcd-url.ts";
import { parseZkUrl } from "./zookeeper/parse-zk-url.ts";

export interface LeaderListener {
  /** Called once when it is known who leads, and whenever that changes; undefined: nobody does. */
  changed(leader: MasterInfo | undefined): void;
  /** Something is wrong that may need a person; the watch goes on. */
  failed?(reason: string): void;
}

export interface LeaderWatch {
  close(): void;
}

function isEtcd(url: string): boolean {
  return url.trim().startsWith("etcd://");
}

/** Whether masters are to be looked up there: `zk://…` or `etcd://…`. */
export function isElectionUrl(text: string): boolean {
  return text.trim().startsWith("zk://") || isEtcd(text);
}

/** Undefined for a URL that makes sense, else what is wrong with it. */
export function checkElectionUrl(url: string): Result<undefined> {
  const place = isEtcd(url) ? parseEtcdUrl(url) : parseZkUrl(url);
  return place.ok ? success(undefined) : place;
}

/** The URL for others to see: without user and password. */
export function withoutCredentials(url: string): string {
  return url.replace(/^(\s*\w+:\/\/)[^@/]+@/, "$1");
}

export interface LeaderWatchDependencies {
  clock: Clock;
  listener: LeaderListener;
  /** How long a leader counts as one while the place does not answer, milliseconds. */
  sessionTimeoutMs?: number;
}

/** As Mesos' `--zk_session_timeout`. */
const SESSION_TIMEOUT_MS = 10_000;

/** Starts to watch. Throws an Error for a URL that makes no sense. */
export async function watchLeader(
  url: string,
  { clock, listener, sessionTimeoutMs = SESSION_TIMEOUT_MS }: LeaderWatchDependencies,
): Promise<LeaderWatch> {
  const dependencies = { clock, listener, sessionTimeoutMs };
  // Loaded here: who names a master by its address needs no client of ZooKeeper or etcd.
  if (isEtcd(url)) {
    const place = parseEtcdUrl(url);
    if (!place.ok) throw new Error(place.error);
    const { EtcdLeaderWatch } = await import("./etcd/etcd-leader-watch.ts");
    return new EtcdLeaderWatch(place.value, dependencies);
  }
  const place = parseZkUrl(url);
  if (!place.ok) throw new Error(place.error);
  const { ZooKeeperLeaderWatch } = await import("./zookeeper/zookeeper-leader-watch.ts");
  return new ZooKeeperLeaderWatch(place.value, dependencies);
}

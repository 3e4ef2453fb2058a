// Finds out who leads among several masters, where they meet to elect one.
import { type MasterInfo, type Result, success } from "@mezzo/wire";
import type { Clock } from "../clock.ts";
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

/** Whether masters are to be looked up there: `zk://…`. */
export function isElectionUrl(text: string): boolean {
  return text.trim().startsWith("zk://");
}

/** Undefined for a URL that makes sense, else what is wrong with it. */
export function checkElectionUrl(url: string): Result<undefined> {
  const place = parseZkUrl(url);
  return place.ok ? success(undefined) : place;
}

/** Starts to watch. Throws an Error for a URL that makes no sense. */
export async function watchLeader(
  url: string,
  dependencies: { clock: Clock; listener: LeaderListener },
): Promise<LeaderWatch> {
  const place = parseZkUrl(url);
  if (!place.ok) throw new Error(place.error);
  // Loaded here: who names a master by its address needs no client of ZooKeeper.
  const { ZooKeeperLeaderWatch } = await import("./zookeeper/zookeeper-leader-watch.ts");
  return new ZooKeeperLeaderWatch(place.value, dependencies);
}

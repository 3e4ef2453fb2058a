// Where the master that leads is, for commands that ask it something once.
import {
  type LeaderWatch,
  checkElectionUrl,
  isElectionUrl,
  watchLeader,
  withoutCredentials,
} from "@mezzo/sdk";
import { type MasterInfo, type Result, failure, success } from "@mezzo/wire";
import { systemClock } from "../core/clock.ts";

/** Masters that have elected nobody for so long have a problem of their own. */
const TIMEOUT_MS = 15_000;

function addressOf({ address, hostname, port }: MasterInfo): string {
  return `${address?.ip ?? hostname ?? ""}:${address?.port ?? port}`;
}

/** Waits for the first leader; gives the last problem heard of when there is none in time. */
function firstLeader(url: string): Promise<Result<string>> {
  return new Promise((resolve) => {
    let watch: LeaderWatch | undefined;
    let isDone = false;
    let problem = "nobody leads";
    const end = (result: Result<string>): void => {
      isDone = true;
      timer.cancel();
      watch?.close();
      resolve(result);
    };
    const timer = systemClock.after(TIMEOUT_MS, () =>
      end(failure(`Cannot find the master that leads at ${withoutCredentials(url)}: ${problem}`)),
    );
    const listener = {
      changed: (leader: MasterInfo | undefined): void => {
        if (leader !== undefined) end(success(addressOf(leader)));
      },
      failed: (reason: string) => void (problem = reason),
    };
    watchLeader(url, { clock: systemClock, listener }).then(
      (started) => {
        watch = started;
        if (isDone) started.close();
      },
      (error: unknown) => end(failure(error instanceof Error ? error.message : String(error))),
    );
  });
}

/** `host:port` as it is; the leader's where masters are named by the place of their election (`zk://…`, `etcd://…`). */
export async function findMaster(master: string): Promise<Result<string>> {
  if (!isElectionUrl(master)) return success(master);
  const checked = checkElectionUrl(master);
  return checked.ok ? firstLeader(master) : checked;
}

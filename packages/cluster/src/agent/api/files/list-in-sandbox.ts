// Lists a folder of a sandbox without ever leaving it, whatever its owner puts in the place of what is looked at.
import { lstat, readdir } from "node:fs/promises";
import type { Stats } from "node:fs";
import { join } from "node:path";
import type { ListedEntry } from "../../../net/files/virtual-files.ts";
import { atPlace } from "../../sandbox/at-place.ts";

/** Something leads out of the sandbox. */
class OutsideError extends Error {}

const outside = (): Error => new OutsideError("It leads out of the sandbox");

/**
 * What a folder holds, as `stat` tells it of what links lead to. Those that lead out are told themselves, so that nobody hears what
 * is there; those that lead nowhere are left out. Rejects when there is no such folder in the sandbox. `name`: its own.
 */
export function listInSandbox(sandbox: string, name: string): Promise<ListedEntry[]> {
  return atPlace({ sandbox, name, isFolder: true, outside }, async ({ folder }) => {
    const names = await readdir(folder.path);
    const found = names.map(async (entry) => {
      const own = await lstat(folder.at(entry)).catch(() => undefined);
      const stats = own?.isSymbolicLink() ? await followed(sandbox, join(name, entry), own) : own;
      return stats === undefined ? [] : [{ name: entry, stats }];
    });
    return (await Promise.all(found)).flat();
  });
}

/** `own`: of the link. Undefined when it leads nowhere. */
async function followed(sandbox: string, name: string, own: Stats): Promise<Stats | undefined> {
  try {
    return await atPlace({ sandbox, name, follows: true, outside }, ({ path }) => lstat(path));
  } catch (error) {
    return error instanceof OutsideError ? own : undefined;
  }
}

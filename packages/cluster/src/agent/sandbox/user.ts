// Looks up who a user name stands for on this machine.
import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";

const execute = promisify(execFile);

/** A user as the kernel knows it. */
export interface UserIdentity {
  uid: number;
  gid: number;
  /** Ids of all groups, the primary one included. */
  groups: number[];
}

/** Names are remembered so that a launch does not start a process; an account that changes is rare. */
const MAX_REMEMBERED_USERS = 256;
const remembered = new Map<string, Promise<UserIdentity | undefined>>();

/**
 * The ids of a user, or undefined when there is none. Local accounts are read from the machine's files; others
 * (LDAP and the like) are asked of `id`. Follows `os::getuid`, `os::getgid`, `os::getgrouplist` of Mesos.
 */
export async function lookUpUser(name: string): Promise<UserIdentity | undefined> {
  const known = remembered.get(name);
  if (known) return known;
  const asked = (async () => (await readLocalUser(name)) ?? (await askForUser(name)))();
  if (remembered.size >= MAX_REMEMBERED_USERS) remembered.clear();
  remembered.set(name, asked);
  // Only what exists is remembered: an account may be made after a task asked for it.
  if ((await asked) === undefined) remembered.delete(name);
  return asked;
}

async function readLocalUser(name: string): Promise<UserIdentity | undefined> {
  const accounts = await readFile("/etc/passwd", "utf8").catch(() => "");
  const account = accounts
    .split("\n")
    .map((line) => line.split(":"))
    .find(([account]) => account === name);
  const [uid, gid] = [Number(account?.[2]), Number(account?.[3])];
  if (!Number.isInteger(uid) || !Number.isInteger(gid)) return undefined;
  const memberships = (await readFile("/etc/group", "utf8").catch(() => ""))
    .split("\n")
    .map((line) => line.split(":"))
    .filter((fields) => fields[3]?.split(",").includes(name))
    .map((fields) => Number(fields[2]));
  return { uid, gid, groups: [...new Set([gid, ...memberships])] };
}

async function askForUser(name: string): Promise<UserIdentity | undefined> {
  try {
    const { stdout } = await execute("id", ["--", name]);
    const ids = (part: string): number[] =>
      (new RegExp(`\\b${part}=(\\S+)`).exec(stdout)?.[1] ?? "")
        .split(",")
        .map((text) => Number.parseInt(text, 10))
        .filter((id) => Number.isInteger(id));
    const [uid] = ids("uid");
    const [gid] = ids("gid");
    if (uid === undefined || gid === undefined) return undefined;
    return { uid, gid, groups: [...new Set([gid, ...ids("groups")])] };
  } catch {
    return undefined;
  }
}

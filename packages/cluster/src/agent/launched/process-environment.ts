// As whom and with what a process was started: what a session inside its container gets too.
import { readFileSync } from "node:fs";

/** The environment of a process as its program found it; undefined when it is gone. */
export function processEnvironment(pid: number): Record<string, string> | undefined {
  const text = read(`/proc/${pid}/environ`);
  if (text === undefined || text === "") return undefined;
  const entries = text.split("\0").filter((entry) => entry.indexOf("=") > 0);
  return Object.fromEntries(
    entries.map((entry) => {
      const end = entry.indexOf("=");
      return [entry.slice(0, end), entry.slice(end + 1)];
    }),
  );
}

/**
 * The name of the user a process runs as; undefined when that is the agent's own. Throws when it is neither: then nobody
 * may run in its place.
 */
export function processUser(pid: number): string | undefined {
  const uid = /^Uid:\s+(\d+)/m.exec(read(`/proc/${pid}/status`) ?? "")?.[1];
  if (uid === undefined) throw new Error(`Failed to get the user of process ${pid}: No such process`);
  if (Number(uid) === process.getuid?.()) return undefined;
  const account = (read("/etc/passwd") ?? "").split("\n").find((line) => line.split(":")[2] === uid);
  const name = account?.split(":")[0];
  if (name === undefined) throw new Error(`Failed to get the name of user ${uid}: No such user`);
  return name;
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}

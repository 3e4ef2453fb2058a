// A file as the operator API describes it.
import { readFileSync, type Stats } from "node:fs";
import type { FileInfo } from "@mezzo/wire";

const NANOSECONDS_PER_SECOND = 1e9;

/** Follows `createFileInfo` of Mesos: whole seconds, owners by name where they have one. */
export function fileInfo(path: string, stats: Stats): FileInfo {
  return {
    path,
    nlink: stats.nlink,
    size: stats.size,
    mtime: { nanoseconds: Math.floor(stats.mtimeMs / 1000) * NANOSECONDS_PER_SECOND },
    mode: stats.mode,
    uid: ownerName("/etc/passwd", stats.uid),
    gid: ownerName("/etc/group", stats.gid),
  };
}

const KINDS: Readonly<Record<number, string>> = {
  0o100000: "-",
  0o040000: "d",
  0o020000: "c",
  0o060000: "b",
  0o010000: "p",
  0o120000: "l",
  0o140000: "s",
};

/** The same as `/files/browse` shows it: seconds, and the mode as `ls -l` writes it. */
export function fileModel({ path, nlink, size, mtime, mode = 0, uid, gid }: FileInfo): object {
  const letters = Array.from("rwxrwxrwx")
    .map((letter, bit) => ((mode >> (8 - bit)) & 1 ? letter : "-"))
    .join("");
  return {
    path,
    nlink,
    size,
    mtime: (mtime?.nanoseconds ?? 0) / NANOSECONDS_PER_SECOND,
    mode: (KINDS[mode & 0o170000] ?? "-") + letters,
    uid,
    gid,
  };
}

const names = new Map<string, Map<number, string>>();

/** Local names are read once: a listing asks for them by the thousand. */
function ownerName(database: string, id: number): string {
  let known = names.get(database);
  if (!known) {
    known = readNames(database);
    names.set(database, known);
  }
  return known.get(id) ?? String(id);
}

function readNames(database: string): Map<number, string> {
  try {
    const lines = readFileSync(database, "utf8").trim().split("\n");
    return new Map(lines.map((line) => line.split(":")).map(([name = "", , id]) => [Number(id), name]));
  } catch {
    return new Map();
  }
}

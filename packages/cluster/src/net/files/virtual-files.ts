// The files that `/files` shows: paths of its own, each standing for something on disk.
import type { Stats } from "node:fs";

/** What lies in a folder. */
export interface ListedEntry {
  name: string;
  stats: Stats;
}

/** Where a path leads: to something that exists, nowhere, or where nobody may look (with the words for it). */
export type ResolvedPath =
  | {
      kind: "found";
      path: string;
      /** It holds no link: if one turns up in it later, it leads to something else. */
      isReal?: boolean;
      /** What lies in it, in any order; rejects when it is no folder. Absent where only files are shown. */
      list?: () => Promise<ListedEntry[]>;
    }
  | { kind: "missing" }
  | { kind: "refused"; words: string }
  /** The caller may not. */
  | { kind: "forbidden" };

/** What a master or an agent shows. @see Mesos src/files/files.cpp */
export interface VirtualFiles {
  /** Paths are taken as they were asked for: links and `..` may lead out of what is shown, which is refused. */
  resolve(path: string): Promise<ResolvedPath>;
  /** Every virtual path and the place it stands for. */
  attached(): Record<string, string>;
}

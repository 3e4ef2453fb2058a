// What the reader of checkpoints needs of a disk; the simulator has one in memory.

/** A tree of files. Everything that is not there is undefined or empty; other errors are thrown. */
export interface FileTree {
  read(path: string): Uint8Array | undefined;
  /** The names in a directory, in any order. */
  list(path: string): string[];
  /** The target of a symbolic link. */
  readLink(path: string): string | undefined;
}

// A disk in memory: what an agent's checkpoints are written to and read from.
import type { FileTree } from "../../../cluster/src/agent/checkpoint/file-tree.ts";
import type { FileWrite } from "../../../cluster/src/agent/checkpoint/writes.ts";

interface Directory {
  readonly entries: Map<string, Entry>;
}

type Entry = Directory | { bytes: Uint8Array } | { target: string };

/** Directories, files and links; paths are absolute. */
export class MemoryTree implements FileTree {
  readonly #root: Directory = { entries: new Map() };

  read(path: string): Uint8Array | undefined {
    const entry = this.#find(path);
    return entry !== undefined && "bytes" in entry ? entry.bytes : undefined;
  }

  list(path: string): string[] {
    const entry = this.#find(path);
    return entry !== undefined && "entries" in entry ? [...entry.entries.keys()] : [];
  }

  readLink(path: string): string | undefined {
    const entry = this.#find(path);
    return entry !== undefined && "target" in entry ? entry.target : undefined;
  }

  /** Performs a write. With `cutAt` only the first bytes of a file get onto the disk, as when a crash comes in between. */
  write(write: FileWrite, cutAt?: number): void {
    const { parent, name } = this.#place(write.path);
    switch (write.kind) {
      case "directory":
        if (!parent.entries.has(name)) parent.entries.set(name, { entries: new Map() });
        return;
      case "remove":
        parent.entries.delete(name);
        return;
      case "link":
        parent.entries.set(name, { target: write.target });
        return;
      case "replace":
        // Atomic: cut off it never took the place of the old file.
        if (cutAt === undefined) parent.entries.set(name, { bytes: write.bytes });
        return;
      case "create":
        parent.entries.set(name, { bytes: write.bytes.subarray(0, cutAt) });
        return;
      case "append": {
        const before = parent.entries.get(name);
        const old = before !== undefined && "bytes" in before ? before.bytes : new Uint8Array();
        parent.entries.set(name, { bytes: Buffer.concat([old, write.bytes.subarray(0, cutAt)]) });
      }
    }
  }

  /** Cuts a file short; throws when there is none. */
  truncate(path: string, sizeBytes: number): void {
    const entry = this.#find(path);
    if (entry === undefined || !("bytes" in entry)) throw new Error(`Cannot truncate ${path}: no such file`);
    entry.bytes = entry.bytes.subarray(0, sizeBytes);
  }

  /** Removes a file, or a directory with all it holds. */
  remove(path: string): void {
    const { parent, name } = this.#place(path);
    parent.entries.delete(name);
  }

  #find(path: string): Entry | undefined {
    let entry: Entry = this.#root;
    for (const name of segmentsOf(path)) {
      const next: Entry | undefined = "entries" in entry ? entry.entries.get(name) : undefined;
      if (next === undefined) return undefined;
      entry = next;
    }
    return entry;
  }

  #place(path: string): { parent: Directory; name: string } {
    const segments = segmentsOf(path);
    const name = segments.pop() ?? "";
    let parent = this.#root;
    for (const segment of segments) {
      const next = parent.entries.get(segment);
      if (next !== undefined && "entries" in next) parent = next;
      else {
        const made: Directory = { entries: new Map() };
        parent.entries.set(segment, made);
        parent = made;
      }
    }
    return { parent, name };
  }
}

function segmentsOf(path: string): string[] {
  return path.split("/").filter((segment) => segment !== "");
}

// A disk in memory for tests of checkpoints.
import type { FileTree } from "../checkpoint/file-tree.ts";
import type { FileWrite } from "../checkpoint/writes.ts";

export class MemoryTree implements FileTree {
  readonly #files = new Map<string, Uint8Array>();
  readonly #links = new Map<string, string>();

  apply(writes: readonly FileWrite[]): void {
    for (const write of writes) {
      if (write.kind === "link") this.#links.set(write.path, write.target);
      else if (write.kind === "remove") this.#remove(write.path);
      else if (write.kind === "append") {
        this.put(write.path, Buffer.concat([this.read(write.path) ?? new Uint8Array(), write.bytes]));
      } else if (write.kind !== "directory" && write.kind !== "empty") this.put(write.path, write.bytes);
    }
  }

  put(path: string, bytes: Uint8Array): void {
    this.#files.set(path, bytes);
  }

  paths(): string[] {
    return [...this.#files.keys()];
  }

  read(path: string): Uint8Array | undefined {
    return this.#files.get(path);
  }

  list(path: string): string[] {
    const below = [...this.#files.keys()].filter((file) => file.startsWith(`${path}/`));
    return [...new Set(below.map((file) => file.slice(path.length + 1).split("/")[0] ?? ""))];
  }

  readLink(path: string): string | undefined {
    return this.#links.get(path);
  }

  #remove(path: string): void {
    for (const file of this.paths()) {
      if (file === path || file.startsWith(`${path}/`)) this.#files.delete(file);
    }
    this.#links.delete(path);
  }
}

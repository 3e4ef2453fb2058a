// What the agent keeps of the networks of containers, so that they can be left after it was killed:
//
//   <root>/<container>/record        this file's JSON, before any plugin is asked, and again with their answers
//   <root>/<container>/ns            the network namespace
//   <root>/<container>/hosts, hostname, resolv.conf
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { listFolder } from "../../../../../core/list-folder.ts";
import type { JoinedNetwork } from "./join-network.ts";
import { isNetworkNamespace, removeNetworkNamespace } from "./network-namespace.ts";
import type { NETWORK_FILES } from "./network-files.ts";

/** One network namespace and who is in it. */
export interface NetworkRecord {
  /** The container for which it was made. A default executor's has no process: it lives as long as one of its tasks. */
  owner: string;
  hostname: string;
  /** Containers inside, the owner among them if it has a process. */
  members: string[];
  networks: JoinedNetwork[];
}

export class NetworkStore {
  readonly #root: string;

  constructor(root: string) {
    this.#root = root;
  }

  /** Writes the record so that a reader sees all of it or none. */
  save(record: NetworkRecord): void {
    const directory = this.#directoryOf(record.owner);
    mkdirSync(directory, { recursive: true });
    const path = join(directory, "record");
    writeFileSync(`${path}.tmp`, JSON.stringify(record), { mode: 0o600 });
    renameSync(`${path}.tmp`, path);
  }

  /** Every record; a folder without one, of which nothing had begun yet, is named by its owner alone. */
  load(): { owner: string; record?: NetworkRecord }[] {
    return listFolder(this.#root).map((owner) => {
      try {
        const record: NetworkRecord = JSON.parse(readFileSync(join(this.#root, owner, "record"), "utf8"));
        return Array.isArray(record.members) && Array.isArray(record.networks)
          ? { owner, record }
          : { owner };
      } catch {
        return { owner };
      }
    });
  }

  namespaceOf(owner: string): string {
    return join(this.#directoryOf(owner), "ns");
  }

  hasNamespace(owner: string): boolean {
    return isNetworkNamespace(this.namespaceOf(owner));
  }

  fileOf(owner: string, name: (typeof NETWORK_FILES)[number]): string {
    return join(this.#directoryOf(owner), name);
  }

  write(owner: string, name: (typeof NETWORK_FILES)[number], text: string): void {
    writeFileSync(this.fileOf(owner, name), text, { mode: 0o644 });
  }

  /** Forgets it; its namespace goes with the last process in it. */
  async remove(owner: string): Promise<void> {
    await removeNetworkNamespace(this.namespaceOf(owner));
    await rm(this.#directoryOf(owner), { recursive: true, force: true });
  }

  #directoryOf(owner: string): string {
    return join(this.#root, owner);
  }
}

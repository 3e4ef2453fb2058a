// Whom a persistent volume belongs to on the machine. Follows `update()` of the filesystem isolators of Mesos.
import { chown } from "node:fs/promises";
import type { Resource } from "@mezzo/wire";

/** A user and its group. */
export interface VolumeOwner {
  uid: number;
  gid: number;
}

/** Gives volumes to those who use them; several containers, with users of their own, may have a shared one. */
export class VolumeOwners {
  /** Containers by the volumes they have. */
  readonly #users = new Map<string, Set<string>>();

  /**
   * Notes that the container has the volume at `path`, which becomes its owner's. Root needs no ownership, and a shared one
   * stays whose it is as long as others have it.
   */
  async give(
    resource: Resource,
    { path, containerId, owner }: { path: string; containerId: string; owner: VolumeOwner },
  ): Promise<void> {
    const users = this.#users.get(path) ?? new Set();
    this.#users.set(path, users.add(containerId));
    if (owner.uid === 0 || (resource.shared !== undefined && users.size > 1)) return;
    await chown(path, owner.uid, owner.gid);
  }

  /** The container is over. */
  release(containerId: string): void {
    for (const [path, users] of this.#users) {
      if (users.delete(containerId) && users.size === 0) this.#users.delete(path);
    }
  }
}

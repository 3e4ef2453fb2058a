// What drivers need of a store of images.
import type { Image } from "@mezzo/wire";

/** What an image says about how to run it. @see https://github.com/opencontainers/image-spec/blob/main/config.md */
export interface ImageConfig {
  Entrypoint?: string[] | null;
  Cmd?: string[] | null;
  /** `NAME=value`. */
  Env?: string[] | null;
  WorkingDir?: string;
  User?: string;
}

export interface ImageProvisioner {
  /** Gives the container a root file system of its own, made of the image. Rejects in words for the task's status. */
  provision(of: { image: Image; containerId: string }): Promise<{ rootfs: string; config: ImageConfig }>;
  /** Takes the root file systems of a container away; fine when there are none. */
  release(containerId: string): Promise<void>;
  /** After a restart: takes those of all other containers away. */
  recover(liveContainerIds: ReadonlySet<string>): Promise<void>;
  /** Removes images that no container uses and that have none of these names. Returns how many. */
  prune(keptNames: readonly string[]): Promise<number>;
  /** How long pulls took, by the keys of `/metrics/snapshot`. */
  counts(): [name: string, value: number][];
  /** Stops looking after itself. */
  close(): void;
}

/** The id under which the root of a volume is kept beside that of its container. */
export function volumeRootId(containerId: string, index: number): string {
  return `${containerId}.volume${index}`;
}

/** The container that such a root belongs to, or the container's own id. */
export function ownerOfRoot(id: string): string {
  return id.replace(/\.volume\d+$/, "");
}

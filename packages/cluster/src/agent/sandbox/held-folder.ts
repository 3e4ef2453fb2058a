// A folder that is held open: whoever may rename it, or put a link in its place, does not change what is done in it.
import {
  chmodSync,
  chownSync,
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  readlinkSync,
  type Stats,
} from "node:fs";
import { join } from "node:path";
import { describeSystemError } from "../../core/describe-system-error.ts";

/** A user and its group. */
export interface Owner {
  uid: number;
  gid: number;
}

/** Linux' value, which Node does not name: held only to go on from, which needs no permission to read. */
const O_PATH = 0o10000000;
const { O_DIRECTORY, O_NOFOLLOW } = constants;

/** Node has no `openat`: `/proc` shows the folder behind a descriptor under a path of its own. */
export class HeldFolder {
  /** As it is spoken of; it may be something else by now. */
  readonly named: string;
  readonly #descriptor: number;

  private constructor(descriptor: number, named: string) {
    this.#descriptor = descriptor;
    this.named = named;
  }

  /** One in a place where only the agent's user may write: links on the way to it are followed. */
  static open(path: string): HeldFolder {
    return new HeldFolder(openSync(path, O_PATH | O_DIRECTORY), path);
  }

  /** For the agent itself; good as long as the folder is held. */
  get path(): string {
    return `/proc/self/fd/${this.#descriptor}`;
  }

  /** For programs of the agent's own user. */
  get pathForOthers(): string {
    return `/proc/${process.pid}/fd/${this.#descriptor}`;
  }

  /** Where it is now. */
  get realPath(): string {
    return readlinkSync(this.path);
  }

  /** The kernel's number of the mount it was found in. */
  get mountId(): number {
    const text = readFileSync(`/proc/self/fdinfo/${this.#descriptor}`, "latin1");
    return Number(/^mnt_id:\s*(\d+)/m.exec(text)?.[1]);
  }

  /** What lies in it. A last segment that is a link is followed by whoever opens the path without `O_NOFOLLOW`. */
  at(name: string): string {
    return `${this.path}/${name}`;
  }

  /** A folder in it. Throws when that is a link or no folder. */
  enter(name: string): HeldFolder {
    const named = join(this.named, name);
    try {
      return new HeldFolder(openSync(this.at(name), O_PATH | O_DIRECTORY | O_NOFOLLOW), named);
    } catch (error) {
      const isLink = lstatSync(this.at(name), { throwIfNoEntry: false })?.isSymbolicLink() === true;
      throw new Error(`Cannot enter '${named}': ${isLink ? "it is a link" : describeSystemError(error)}`, {
        cause: error,
      });
    }
  }

  /** The same once more, to be closed for itself. */
  again(): HeldFolder {
    return new HeldFolder(openSync(this.at("."), O_PATH | O_DIRECTORY), this.named);
  }

  /** Whatever lies in it, only to be handed on. Throws when that is a link. */
  hold(name: string): HeldFolder {
    const named = `${this.named}/${name}`;
    const held = new HeldFolder(openSync(this.at(name), O_PATH | O_NOFOLLOW), named);
    if (!held.stat().isSymbolicLink()) return held;
    held.close();
    throw new Error(`Cannot take '${named}': it is a link`);
  }

  /** A folder in it, which is made unless it is there; a new one is given to `owner`. */
  make(name: string, owner?: Owner): HeldFolder {
    let isNew = true;
    try {
      mkdirSync(this.at(name));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
      isNew = false;
    }
    const folder = this.enter(name);
    try {
      if (isNew) folder.give(owner);
      return folder;
    } catch (error) {
      folder.close();
      throw error;
    }
  }

  give(owner: Owner | undefined): void {
    if (owner) chownSync(this.path, owner.uid, owner.gid);
  }

  chmod(mode: number): void {
    chmodSync(this.path, mode);
  }

  stat(): Stats {
    return fstatSync(this.#descriptor);
  }

  close(): void {
    closeSync(this.#descriptor);
  }
}

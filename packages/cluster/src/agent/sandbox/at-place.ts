// Finds a place in a sandbox by a name that others chose, and holds its folder while something is done there.
import { lstatSync, readlinkSync } from "node:fs";
import { isAbsolute, normalize, relative, sep } from "node:path";
import { enterSandbox } from "./enter-sandbox.ts";
import type { HeldFolder, Owner } from "./held-folder.ts";
import { isInside } from "./is-inside.ts";

/** As many links as the kernel follows. */
const MAX_LINKS = 40;

/** Where something is, or may be made. */
export interface Place {
  folder: HeldFolder;
  /** The last segment; `.` for the folder itself. It is not followed if it is a link, unless that was asked for. */
  name: string;
  /** Both together; good as long as the folder is held. */
  path: string;
}

export interface PlaceOptions {
  /** Absolute. */
  sandbox: string;
  name: string;
  /** Makes folders that are missing on the way, for `owner`. */
  makes?: boolean;
  owner?: Owner | undefined;
  /** The name is that of a folder: that is the place. */
  isFolder?: boolean;
  /** A last segment that is a link is followed, too. */
  follows?: boolean;
  /** Says so when the name leaves the sandbox. */
  outside: () => Error;
}

/** Does something at a place in a sandbox. Links on the way are followed as long as they lead to where the sandbox is. */
export async function atPlace<T>(options: PlaceOptions, use: (place: Place) => T | Promise<T>): Promise<T> {
  const name = normalize(options.name);
  if (isAbsolute(name) || name.includes("\0") || !isInside("/s", `/s/${name}`)) throw options.outside();
  const walk = new Walk(options);
  try {
    const segments = segmentsOf(name);
    const place = walk.to(options.isFolder === true || segments.length === 0 ? [...segments, "."] : segments);
    return await use(place);
  } finally {
    walk.close();
  }
}

const segmentsOf = (path: string): string[] => path.split(sep).filter((one) => one !== "" && one !== ".");

class Walk {
  readonly #options: PlaceOptions;
  /** The sandbox, and the folders down to where the walk is: `..` leads to the one before. */
  readonly #held: [HeldFolder, ...HeldFolder[]];
  #links = 0;

  constructor(options: PlaceOptions) {
    this.#options = options;
    this.#held = [enterSandbox(options.sandbox)];
  }

  to(segments: string[]): Place {
    const [segment = ".", ...rest] = segments;
    const folder = this.#held.at(-1) ?? this.#held[0];
    const { makes = false, owner, follows = false } = this.#options;
    const isLast = rest.length === 0;
    if (isLast && !follows) return { folder, name: segment, path: folder.at(segment) };
    if (segment === "..") return this.#up(isLast ? ["."] : rest);
    if (lstatSync(folder.at(segment), { throwIfNoEntry: false })?.isSymbolicLink() === true) {
      return this.#follow(folder, segment, rest);
    }
    if (isLast) return { folder, name: segment, path: folder.at(segment) };
    this.#held.push(makes ? folder.make(segment, owner) : folder.enter(segment));
    return this.to(rest);
  }

  #up(rest: string[]): Place {
    if (this.#held.length === 1) throw this.#options.outside();
    this.#held.pop()?.close();
    return this.to(rest);
  }

  #follow(folder: HeldFolder, segment: string, rest: string[]): Place {
    const target = readlinkSync(folder.at(segment));
    this.#links += 1;
    if (this.#links > MAX_LINKS) throw this.#options.outside();
    if (!isAbsolute(target)) return this.to([...segmentsOf(target), ...rest]);
    const [sandbox] = this.#held;
    const root = [sandbox.named, sandbox.realPath].find((path) => isInside(path, normalize(target)));
    if (root === undefined) throw this.#options.outside();
    while (this.#held.length > 1) this.#held.pop()?.close();
    return this.to([...segmentsOf(relative(root, target)), ...rest]);
  }

  close(): void {
    for (const folder of this.#held) folder.close();
  }
}

// Keeps what tasks asked to have cached, so that it is downloaded once (`FetcherProcess::Cache` of Mesos).
import { mkdir, readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";

/** A name in the cache tells people where it came from; longer ones are cut in the middle, their end kept. */
const NAME_LIMIT = 20;
const NAME_KEPT = 10;

/** Each agent process has a directory of its own: several agents of a machine may name the same cache. */
const OWN_PREFIX = "agent-";

/** Brings a file to `name` in `directory`. */
export type Download = (file: { directory: string; name: string }) => Promise<unknown>;

interface Entry {
  readonly path: string;
  /** Resolves with the size in bytes when the file is complete. */
  readonly complete: Promise<number>;
  /** 0 until it is complete. */
  bytes: number;
  /** How many fetches wait for it or read it: such an entry is never removed. */
  users: number;
}

export interface FetchCacheOptions {
  /** `--fetcher_cache_dir`. */
  directory: string;
  /** `--fetcher_cache_size`, bytes. */
  maxBytes: number;
}

/** Files by key; the least recently used go first when there are too many bytes. */
export class FetchCache {
  readonly #options: FetchCacheOptions;
  readonly #directory: string;
  /** In the order of use. */
  readonly #entries = new Map<string, Entry>();
  #prepared: Promise<unknown> | undefined;
  #serial = 0;

  constructor(options: FetchCacheOptions) {
    this.#options = options;
    this.#directory = join(options.directory, `${OWN_PREFIX}${process.pid}`);
  }

  get usedBytes(): number {
    return this.#entries.values().reduce((sum, { bytes }) => sum + bytes, 0);
  }

  /**
   * Calls `use` with the cached file of `key`, after `download` brought it when it is not there yet. All that ask meanwhile
   * share the download; when it fails, each of them tries for itself. A file larger than the cache lasts as long as it is used.
   */
  async with<T>(
    { key, name }: { key: string; name: string },
    download: Download,
    use: (path: string) => Promise<T>,
  ): Promise<T> {
    const known = this.#entries.get(key);
    const entry = known ?? this.#create(name, download);
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    entry.users += 1;
    try {
      entry.bytes = await entry.complete;
      return await use(entry.path);
    } catch (error) {
      const failed = entry.bytes === 0;
      if (failed && this.#entries.get(key) === entry) this.#entries.delete(key);
      if (!failed || !known) throw error;
    } finally {
      entry.users -= 1;
      await this.#evict();
    }
    return this.with({ key, name }, download, use);
  }

  #create(name: string, download: Download): Entry {
    const short = name.length > NAME_LIMIT ? `${name.slice(0, NAME_KEPT)}_${name.slice(-NAME_KEPT)}` : name;
    const file = `c${++this.#serial}-${short}`;
    const path = join(this.#directory, file);
    const bring = async (): Promise<number> => {
      await (this.#prepared ??= this.#prepare());
      await download({ directory: this.#directory, name: file });
      return (await stat(path)).size;
    };
    return { path, complete: bring(), bytes: 0, users: 0 };
  }

  /** Makes the directory and removes those of agents that are gone. */
  async #prepare(): Promise<void> {
    const { directory } = this.#options;
    const others = await readdir(directory).catch((): string[] => []);
    const stale = others.filter((name) => name.startsWith(OWN_PREFIX) && !isRunning(name));
    await Promise.all(stale.map((name) => rm(join(directory, name), { recursive: true, force: true })));
    await rm(this.#directory, { recursive: true, force: true });
    // Nobody else may look: it holds what tasks of different users fetched.
    await mkdir(this.#directory, { recursive: true, mode: 0o700 });
  }

  async #evict(): Promise<void> {
    for (const [key, entry] of this.#entries) {
      if (this.usedBytes <= this.#options.maxBytes) return;
      if (entry.users > 0) continue;
      this.#entries.delete(key);
      await rm(entry.path, { force: true });
    }
  }
}

function isRunning(name: string): boolean {
  try {
    process.kill(Number(name.slice(OWN_PREFIX.length)), 0);
    return true;
  } catch {
    return false;
  }
}

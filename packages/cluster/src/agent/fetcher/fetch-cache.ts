// Keeps what tasks asked to have cached, so that it is downloaded once (`FetcherProcess::Cache` of Mesos).
import { mkdir, mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";

/** A name in the cache tells people where it came from; longer ones are cut in the middle, their end kept. */
const NAME_LIMIT = 20;
const NAME_KEPT = 10;

/** Each agent has a directory of its own, with its pid in the name: several of a machine may name the same cache. */
const OWN_PREFIX = "agent-";

/** Brings a file to `name` in `directory`. */
export type Download = (file: { directory: string; name: string }) => Promise<unknown>;

interface CachedFile {
  path: string;
  bytes: number;
}

interface Entry {
  readonly complete: Promise<CachedFile>;
  /** Once it is complete. */
  file?: CachedFile;
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
  /** In the order of use. */
  readonly #entries = new Map<string, Entry>();
  #directory: Promise<string> | undefined;
  #serial = 0;

  constructor(options: FetchCacheOptions) {
    this.#options = options;
  }

  get usedBytes(): number {
    return this.#entries.values().reduce((sum, { file }) => sum + (file?.bytes ?? 0), 0);
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
      entry.file = await entry.complete;
      return await use(entry.file.path);
    } catch (error) {
      const failed = entry.file === undefined;
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
    const bring = async (): Promise<CachedFile> => {
      const directory = await (this.#directory ??= makeDirectory(this.#options.directory));
      await download({ directory, name: file });
      const path = join(directory, file);
      return { path, bytes: (await stat(path)).size };
    };
    return { complete: bring(), users: 0 };
  }

  async #evict(): Promise<void> {
    for (const [key, entry] of this.#entries) {
      if (this.usedBytes <= this.#options.maxBytes) return;
      if (entry.users > 0) continue;
      this.#entries.delete(key);
      if (entry.file) await rm(entry.file.path, { force: true });
    }
  }
}

/** Makes a directory in the cache and removes those of agents that are gone. */
async function makeDirectory(cache: string): Promise<string> {
  // Nobody else may look: it holds what tasks of different users fetched.
  await mkdir(cache, { recursive: true, mode: 0o700 });
  const others = await readdir(cache);
  const stale = others.filter((name) => name.startsWith(OWN_PREFIX) && !isRunning(name));
  await Promise.all(stale.map((name) => rm(join(cache, name), { recursive: true, force: true })));
  return mkdtemp(join(cache, `${OWN_PREFIX}${process.pid}-`));
}

function isRunning(name: string): boolean {
  try {
    process.kill(Number.parseInt(name.slice(OWN_PREFIX.length), 10), 0);
    return true;
  } catch {
    return false;
  }
}

// Brings what a command needs into its sandbox before it starts.
import { closeSync, writeSync } from "node:fs";
import type { Clock } from "../../core/clock.ts";
import type { Logger } from "../../core/logger.ts";
import { openOutput } from "../containerizer/open-output.ts";
import type { Fetcher, FetchRequest } from "../run/fetch.ts";
import { describeSystemError } from "../../core/describe-system-error.ts";
import { switchUser } from "../sandbox/switch-user.ts";
import { FetchCache, type FetchCacheOptions } from "./fetch-cache.ts";
import type { FetchContext } from "./fetch-context.ts";
import { formatLogLine } from "./fetch-log.ts";
import { fetchUri } from "./fetch-uri.ts";
import { validateUris } from "./validate-uris.ts";

/** Fills any disk a task is given; a URI that brings more is a mistake or an attack. */
const MAX_FETCHED_BYTES = 64 * 1024 ** 3;

export interface UriFetcherOptions {
  /** `--frameworks_home`: the directory for relative paths; empty for none. */
  frameworksHome: string;
  /** `--hadoop_home`; absent: the environment variable `HADOOP_HOME`. */
  hadoopHome?: string | undefined;
  /** `--fetcher_stall_timeout`, ms. */
  stallTimeoutMs: number;
  /** The most that one URI may bring, archives unpacked. */
  maxBytes?: number;
  /** For URIs with `cache`; absent: they are downloaded each time. */
  cache?: FetchCacheOptions;
}

export class UriFetcher implements Fetcher {
  /** For `containerizer/fetcher/task_fetches_*`. */
  readonly counters = { succeeded: 0, failed: 0 };
  readonly #options: UriFetcherOptions;
  readonly #clock: Clock;
  readonly #logger: Logger;
  readonly #fetching = new Map<string, AbortController>();
  readonly #cache: FetchCache | undefined;

  constructor(options: UriFetcherOptions, { clock, logger }: { clock: Clock; logger: Logger }) {
    this.#options = options;
    this.#clock = clock;
    this.#logger = logger;
    this.#cache = options.cache && new FetchCache(options.cache);
  }

  /** For `containerizer/fetcher/cache_size_used_bytes`. */
  get cachedBytes(): number {
    return this.#cache?.usedBytes ?? 0;
  }

  async fetch(request: FetchRequest): Promise<void> {
    const invalid = validateUris(request.uris);
    const abort = new AbortController();
    this.#fetching.set(request.containerId, abort);
    try {
      if (invalid !== undefined) throw new Error(`Could not fetch: ${invalid}`);
      await this.#fetchAll(request, abort.signal);
      this.counters.succeeded += 1;
    } catch (error) {
      this.counters.failed += 1;
      throw error;
    } finally {
      this.#fetching.delete(request.containerId);
    }
  }

  cancel(containerId: string): void {
    this.#fetching.get(containerId)?.abort(new Error("The container was destroyed"));
  }

  async #fetchAll(request: FetchRequest, signal: AbortSignal): Promise<void> {
    const { containerId, sandbox, uris } = request;
    const identity = await switchUser(request.user);
    // The container's own output follows the fetcher's lines in the same file.
    const stderr = openOutput(sandbox, { name: "stderr", identity });
    const cache = this.#cache && { files: this.#cache, user: request.user ?? "" };
    const context: FetchContext = {
      sandbox,
      taskSandbox: sandbox,
      identity,
      frameworksHome: this.#options.frameworksHome,
      hadoopHome: this.#options.hadoopHome ?? process.env["HADOOP_HOME"] ?? "",
      stallTimeoutMs: this.#options.stallTimeoutMs,
      maxBytes: this.#options.maxBytes ?? MAX_FETCHED_BYTES,
      signal,
      clock: this.#clock,
      log: (level, message) => writeSync(stderr, formatLogLine({ level, message }, this.#clock)),
    };
    try {
      for (const uri of uris) {
        try {
          const path = await fetchUri(context, uri, cache);
          context.log("I", `Fetched '${uri.value}' to '${path}'`);
        } catch (error) {
          const reason = describeSystemError(error);
          writeSync(stderr, `Failed to fetch '${uri.value}': ${reason}\n`);
          this.#logger.warn("Cannot fetch a URI", { containerId, uri: withoutSecrets(uri.value), reason });
          // Mesos fetches in a process of its own, which says why in the sandbox and exits.
          throw new Error(`Failed to fetch all URIs for container '${containerId}': exited with status 1`, {
            cause: error,
          });
        }
      }
      context.log("I", `Successfully fetched all URIs into '${sandbox}'`);
    } finally {
      closeSync(stderr);
    }
  }
}

/** The agent's log is read by others than the task's owner. */
function withoutSecrets(uri: string): string {
  return uri.replace(/:\/\/[^/@]*@/, "://").replace(/\?.*$/s, "");
}

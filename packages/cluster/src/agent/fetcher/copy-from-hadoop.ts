// Copies into a sandbox what Hadoop's program knows how to reach: HDFS, S3 and whatever else it is configured for.
import { execFile } from "node:child_process";
import { lchown, lstat, mkdtemp, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Timer } from "../../core/clock.ts";
import { copyLocalFile } from "./copy-local-file.ts";
import type { FetchContext } from "./fetch-context.ts";
import { Stall } from "./stall.ts";

const execute = promisify(execFile);

/** More than a program says that only copies. */
const MAX_OUTPUT_BYTES = 1024 * 1024;

/** As many characters of its complaint are passed on. */
const MAX_WORDS = 1000;

/** Between two looks how much has come. */
const LOOK_EVERY_MS = 1000;

/**
 * Copies `uri` to `name` with `hadoop fs -copyToLocal`, run as the task's user in the agent's environment. Rejects when there
 * is no such program, when it fails, when nothing comes for the stall timeout or too much. Follows
 * `downloadWithHadoopClient` in `src/launcher/fetcher.cpp`.
 */
export async function copyFromHadoop(context: FetchContext, uri: string, name: string): Promise<string> {
  const { taskSandbox, identity } = context;
  // In the task's sandbox, also on the way to the cache: there its user may write.
  const folder = await mkdtemp(join(taskSandbox, ".hadoop-"));
  const growth = new Growth(context, folder);
  try {
    if (identity) await lchown(folder, identity.uid, identity.gid);
    const copy = join(folder, "copy");
    await run(context, { uri, copy, signal: growth.signal });
    return await copyLocalFile(context, copy, name);
  } finally {
    growth.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function run(
  { identity, hadoopHome }: FetchContext,
  { uri, copy, signal }: { uri: string; copy: string; signal: AbortSignal },
): Promise<void> {
  const program = hadoopHome === "" ? "hadoop" : join(hadoopHome, "bin/hadoop");
  try {
    await execute(program, ["fs", "-copyToLocal", uri, copy], {
      ...(identity && { uid: identity.uid, gid: identity.gid }),
      cwd: "/",
      env: environment(hadoopHome),
      maxBuffer: MAX_OUTPUT_BYTES,
      signal,
      killSignal: "SIGKILL",
    });
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    const { code, stderr = "" } = error as { code?: unknown; stderr?: string };
    const scheme = uri.slice(0, uri.indexOf("://"));
    const reason =
      code === "ENOENT"
        ? `'${program}', which knows the scheme '${scheme}', is not there: set --hadoop_home to where Hadoop is`
        : stderr.trim().slice(-MAX_WORDS) || String(error);
    throw new Error(`HDFS copyToLocal failed: ${reason}`, { cause: error });
  }
}

/** The agent's own, by which Hadoop is configured, without the agent's flags: those may hold secrets. */
function environment(hadoopHome: string): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !/^(MESOS|LIBPROCESS)_/.test(name));
  return { ...Object.fromEntries(inherited), ...(hadoopHome !== "" && { HADOOP_HOME: hadoopHome }) };
}

/** Looks at how much lies in a folder: a program that copies tells nothing of its progress. */
class Growth {
  /** Aborted when the fetch is, when nothing more comes, or too much. */
  readonly signal: AbortSignal;
  readonly #context: FetchContext;
  readonly #folder: string;
  readonly #stall: Stall;
  readonly #excess = new AbortController();
  #bytes = 0;
  #timer: Timer | undefined;
  #stopped = false;

  constructor(context: FetchContext, folder: string) {
    this.#context = context;
    this.#folder = folder;
    this.#stall = new Stall(context);
    this.signal = AbortSignal.any([context.signal, this.#stall.signal, this.#excess.signal]);
    this.#lookLater();
  }

  stop(): void {
    this.#stopped = true;
    this.#timer?.cancel();
    this.#stall.stop();
  }

  #lookLater(): void {
    if (this.#stopped) return;
    this.#timer = this.#context.clock.after(
      LOOK_EVERY_MS,
      () => void this.#look().then(() => this.#lookLater()),
    );
  }

  async #look(): Promise<void> {
    const bytes = await bytesIn(this.#folder);
    if (bytes > this.#bytes) this.#stall.progress();
    this.#bytes = bytes;
    const { maxBytes } = this.#context;
    if (bytes > maxBytes) this.#excess.abort(new Error(`More than ${maxBytes} bytes`));
  }
}

/** Of the files there; what is gone meanwhile counts nothing. */
async function bytesIn(folder: string): Promise<number> {
  const names = await readdir(folder).catch(() => []);
  const sizes = names.map((name) =>
    lstat(join(folder, name)).then(
      ({ size }) => size,
      () => 0,
    ),
  );
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

// Copies into a sandbox what Hadoop's program knows how to reach: HDFS, S3 and whatever else it is configured for.
import { mkdtemp } from "node:fs/promises";
import { basename, join } from "node:path";
import { Growth } from "../programs/growth.ts";
import { runProgram } from "../programs/run-program.ts";
import { enterSandbox } from "../sandbox/enter-sandbox.ts";
import type { HeldFolder } from "../sandbox/held-folder.ts";
import { removeTree } from "../sandbox/remove-tree.ts";
import { copyLocalFile } from "./copy-local-file.ts";
import type { FetchContext } from "./fetch-context.ts";
import type { FetchTarget } from "./write-into-sandbox.ts";

/** Between two looks how much has come. */
const LOOK_EVERY_MS = 1000;

/**
 * Copies `uri` to `target` with `hadoop fs -copyToLocal`, run as the task's user in the agent's environment. Rejects when there
 * is no such program, when it fails, when nothing comes for the stall timeout or too much. Follows
 * `downloadWithHadoopClient` in `src/launcher/fetcher.cpp`.
 */
export async function copyFromHadoop(
  context: FetchContext,
  uri: string,
  target: FetchTarget,
): Promise<string> {
  // In the task's sandbox, also on the way to the cache: there its user may write.
  const sandbox = enterSandbox(context.taskSandbox);
  try {
    const name = basename(await mkdtemp(sandbox.at(".hadoop-")));
    try {
      give(context, sandbox.enter(name));
      return await copyThrough(context, { uri, folder: join(context.taskSandbox, name), target });
    } finally {
      await removeTree(`${sandbox.pathForOthers}/${name}`);
    }
  } finally {
    sandbox.close();
  }
}

function give({ identity }: FetchContext, folder: HeldFolder): void {
  try {
    folder.give(identity);
  } finally {
    folder.close();
  }
}

async function copyThrough(
  context: FetchContext,
  { uri, folder, target }: { uri: string; folder: string; target: FetchTarget },
): Promise<string> {
  const { stallTimeoutMs, maxBytes, clock } = context;
  const growth = new Growth(folder, { stallTimeoutMs, lookEveryMs: LOOK_EVERY_MS, maxBytes }, clock);
  try {
    const copy = join(folder, "copy");
    await run(context, { uri, copy, signal: AbortSignal.any([context.signal, growth.signal]) });
    return await copyLocalFile(context, copy, target);
  } finally {
    growth.stop();
  }
}

async function run(
  { identity, hadoopHome }: FetchContext,
  { uri, copy, signal }: { uri: string; copy: string; signal: AbortSignal },
): Promise<void> {
  const program = hadoopHome === "" ? "hadoop" : join(hadoopHome, "bin/hadoop");
  const scheme = uri.slice(0, uri.indexOf("://"));
  await runProgram([program, "fs", "-copyToLocal", uri, copy], {
    signal,
    missing: `'${program}', which knows the scheme '${scheme}', is not there: set --hadoop_home to where Hadoop is`,
    ...(identity && { as: { uid: identity.uid, gid: identity.gid } }),
    cwd: "/",
    env: environment(hadoopHome),
  }).catch((error: unknown) => {
    if (signal.aborted) throw signal.reason;
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`HDFS copyToLocal failed: ${reason}`, { cause: error });
  });
}

/** The agent's own, by which Hadoop is configured, without the agent's flags: those may hold secrets. */
function environment(hadoopHome: string): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !/^(MESOS|LIBPROCESS)_/.test(name));
  return { ...Object.fromEntries(inherited), ...(hadoopHome !== "" && { HADOOP_HOME: hadoopHome }) };
}

// Puts the file of `mezzo execute --package` into HDFS, where the agent fetches it from.
import { execFile } from "node:child_process";
import { access } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

const execute = promisify(execFile);

/** More than the program says of one file. */
const MAX_OUTPUT_BYTES = 1024 * 1024;

/** What `hadoop fs -test` exits with when there is no such file. */
const ABSENT = 1;

export interface Package {
  /** `--package`: the file. */
  file: string;
  /** `--hadoop`: the program. */
  hadoop: string;
  /** `--hdfs`: the NameNode, as host:port. */
  hdfs: string;
  overwrite: boolean;
  /** Whose folder it goes to. */
  user: string;
}

/** Resolves with the URI that it has then. Rejects in mesos-execute's words. @see Mesos src/cli/execute.cpp */
export async function uploadPackage({ file, hadoop, hdfs, overwrite, user }: Package): Promise<string> {
  const run = async (what: string, words: string[]): Promise<number> => {
    try {
      await execute(hadoop, words, { maxBuffer: MAX_OUTPUT_BYTES });
      return 0;
    } catch (error) {
      const { code, stderr = "" } = error as { code?: unknown; stderr?: string };
      if (code === ABSENT && words.includes("-test")) return ABSENT;
      throw new Error(`${what}: ${stderr.trim() || String(error)}`, { cause: error });
    }
  };
  await run("Failed to create HDFS client", ["version"]);
  const path = join("/", user, file);
  if ((await run("Failed to check if file exists", ["fs", "-test", "-e", path])) !== ABSENT) {
    if (!overwrite) throw new Error("File already exists (see --overwrite)");
    await run("Failed to remove existing file", ["fs", "-rm", path]);
  }
  await access(file).catch((error: unknown) => {
    throw new Error(`Failed to copy package: Failed to find '${file}'`, { cause: error });
  });
  await run("Failed to copy package", ["fs", "-copyFromLocal", file, path]);
  return `hdfs://${hdfs}${path}`;
}

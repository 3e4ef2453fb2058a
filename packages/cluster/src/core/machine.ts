// What the command line asks the machine it runs on, behind an interface so that its rules can be tested anywhere.
import { execFileSync } from "node:child_process";
import { lookupService } from "node:dns/promises";
import { accessSync, constants, readdirSync, readFileSync, statfsSync } from "node:fs";
import { availableParallelism, hostname, networkInterfaces, tmpdir, totalmem } from "node:os";
import { failure, success, type Result } from "@mezzo/wire";

/** The facts that flags leave open. */
export interface Machine {
  environment: Readonly<Record<string, string | undefined>>;
  hostname: string;
  temporaryFolder: string;
  cpus: number;
  memoryBytes: number;
  /** Its NVIDIA GPUs: N of each `/dev/nvidiaN`. */
  gpus: readonly number[];
  readText: (path: string) => Result<string>;
  /** The size of the file system that holds `path`. */
  diskBytes(path: string): Result<number>;
  isWritable(folder: string): boolean;
  /** The first IPv4 address that other machines can reach. */
  outwardAddress(): string | undefined;
  /** The name of an address, or undefined where it has none. */
  nameOf(address: string): Promise<string | undefined>;
  /** The trimmed output of a shell command. */
  outputOf(command: string): Result<string>;
}

/** A discovery command that takes longer than this hangs. */
const COMMAND_TIMEOUT_MS = 60_000;

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

function attempt<T>(action: () => T): Result<T> {
  try {
    return success(action());
  } catch (error) {
    return failure(messageOf(error));
  }
}

function outwardAddress(): string | undefined {
  const all = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  return all.find((address) => address.family === "IPv4" && !address.internal)?.address;
}

function readGpus(): number[] {
  const names = attempt(() => readdirSync("/dev"));
  const numbers = (names.ok ? names.value : []).map((name) => /^nvidia(\d+)$/.exec(name)?.[1]);
  return numbers
    .filter((number) => number !== undefined)
    .map(Number)
    .toSorted((one, other) => one - other);
}

/** The machine this process runs on. */
export function thisMachine(): Machine {
  return {
    environment: process.env,
    hostname: hostname(),
    temporaryFolder: tmpdir(),
    cpus: availableParallelism(),
    memoryBytes: totalmem(),
    gpus: readGpus(),
    readText: (path) => attempt(() => readFileSync(path, "utf8")),
    diskBytes: (path) =>
      attempt(() => {
        const { blocks, bsize } = statfsSync(path);
        return blocks * bsize;
      }),
    isWritable: (folder) => attempt(() => accessSync(folder, constants.R_OK | constants.W_OK)).ok,
    outwardAddress,
    nameOf: async (address) => {
      try {
        return (await lookupService(address, 0)).hostname;
      } catch {
        return undefined;
      }
    },
    outputOf: (command) =>
      attempt(() =>
        execFileSync("/bin/sh", ["-c", command], {
          encoding: "utf8",
          timeout: COMMAND_TIMEOUT_MS,
          stdio: ["ignore", "pipe", "inherit"],
        }).trim(),
      ),
  };
}

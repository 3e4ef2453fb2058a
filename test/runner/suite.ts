// What a suite is, and how a command becomes one.
import { spawn } from "node:child_process";

export interface SuiteResult {
  passed: number;
  failed: number;
  skipped: number;
  /** What a reader of the summary should know: what was skipped and why, what is expected to differ. */
  note?: string;
}

export interface Suite {
  name: string;
  about: string;
  run: () => Promise<SuiteResult>;
}

export interface CommandResult {
  exitCode: number;
  output: string;
}

/** Longest output kept of one command: enough for every summary, a bound for a runaway test. */
const MAX_OUTPUT_CHARACTERS = 20_000_000;

/** Runs a command in the repository's root, shows its output as it comes and returns it with the exit code. */
export function runCommand(
  command: readonly string[],
  environment: Record<string, string> = {},
): Promise<CommandResult> {
  const [program = "", ...parameters] = command;
  return new Promise((resolve, reject) => {
    const child = spawn(program, parameters, {
      cwd: root,
      env: { ...process.env, ...environment },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    const take = (chunk: Buffer): void => {
      process.stdout.write(chunk);
      if (output.length < MAX_OUTPUT_CHARACTERS) output += chunk.toString();
    };
    child.stdout.on("data", take);
    child.stderr.on("data", take);
    child.on("error", reject);
    child.on("close", (code) => resolve({ exitCode: code ?? 1, output }));
  });
}

/** The root of the repository. */
export const root: string = new URL("../..", import.meta.url).pathname;

/** A suite that is one command, which passes when it exits with 0. */
export function commandSuite(name: string, about: string, command: readonly string[]): Suite {
  return {
    name,
    about,
    run: async () => {
      const { exitCode } = await runCommand(command);
      return exitCode === 0
        ? { passed: 1, failed: 0, skipped: 0 }
        : { passed: 0, failed: 1, skipped: 0, note: `exit code ${exitCode}` };
    },
  };
}

function countOf(output: string, word: string): number {
  const match = new RegExp(`^(?:ℹ|#) ${word} (\\d+)$`, "m").exec(output);
  return Number(match?.[1] ?? 0);
}

/** A suite of node:test files. */
export function nodeTestSuite(name: string, about: string, parameters: readonly string[]): Suite {
  return {
    name,
    about,
    run: async () => {
      const { exitCode, output } = await runCommand([process.execPath, "--test", ...parameters]);
      const failed = countOf(output, "fail") + countOf(output, "cancelled");
      const passed = countOf(output, "pass");
      const skipped = countOf(output, "skipped");
      const broken = failed === 0 && (exitCode !== 0 || passed === 0);
      return { passed, failed: broken ? 1 : failed, skipped };
    },
  };
}

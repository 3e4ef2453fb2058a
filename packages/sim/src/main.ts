// `npm run sim`: reads the command line, runs, and ends with 1 when an invariant is broken, 2 when it was called wrongly.
import { systemClock } from "../../cluster/src/core/clock.ts";
import { HELP } from "./cli/help.ts";
import { parseArguments } from "./cli/parse-arguments.ts";
import { TraceFile } from "./cli/trace-file.ts";
import { type RunOutput, runSeed, runSeeds } from "./run-seeds.ts";

/** Between two progress lines where they do not replace each other, milliseconds of real time. */
const PROGRESS_PAUSE_MS = 5000;

function createOutput(): RunOutput {
  const { stderr, stdout } = process;
  let lastMs = systemClock.now();
  return {
    print: (line) => {
      if (stderr.isTTY) stderr.write("\r\u001B[K");
      stdout.write(`${line}\n`);
    },
    progress: (line) => {
      if (stderr.isTTY) stderr.write(`\r\u001B[K${line}`);
      else if (systemClock.now() - lastMs > PROGRESS_PAUSE_MS) {
        lastMs = systemClock.now();
        stderr.write(`${line}\n`);
      }
    },
  };
}

function main(args: readonly string[]): number {
  let parsed;
  try {
    parsed = parseArguments(args);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${HELP}`);
    return 2;
  }
  const output = createOutput();
  switch (parsed.kind) {
    case "help":
      process.stdout.write(HELP);
      return 0;
    case "many":
      return runSeeds(parsed, output) ? 0 : 1;
    case "one": {
      const file = parsed.traceFile === undefined ? undefined : new TraceFile(parsed.traceFile);
      try {
        const sink = file === undefined ? {} : { sink: (line: string) => file.write(line) };
        return runSeed(parsed.scenario, { ...output, ...sink }) ? 0 : 1;
      } finally {
        file?.close();
      }
    }
  }
}

process.exitCode = main(process.argv.slice(2));

// `mezzo local`.
import { systemClock } from "../../core/clock.ts";
import { helpText } from "../../core/flags/help-text.ts";
import { loadFlags } from "../../core/flags/load-flags.ts";
import { failure } from "@mezzo/wire";
import { localFlags } from "../../local/local-flags.ts";
import { runLocalCluster } from "../../local/run-local.ts";

const USAGE =
  "Usage: mezzo local [flags]\n\nRuns a master and agents on this machine, each a process of its own.";

/** Resolves with the exit code: 1 when the cluster cannot start or a task of the demonstration failed. */
export async function runLocal(args: readonly string[]): Promise<number> {
  const flags = loadFlags(localFlags, {
    args,
    environment: {},
    readText: () => failure("no flag of this command reads a file"),
  });
  if (!flags.ok) {
    process.stderr.write(`${flags.error}\n\n${helpText(localFlags, USAGE)}`);
    return 1;
  }
  const { values } = flags.value;
  if (values.help) {
    process.stdout.write(helpText(localFlags, USAGE));
    return 0;
  }
  // A terminal that was closed takes no more text; the cluster must be stopped all the same.
  process.stdout.on("error", () => undefined);
  return runLocalCluster(
    {
      agents: values.agents,
      port: values.port,
      demo: values.demo,
      once: values.once,
      input: values.input ?? process.cwd(),
      workDir: values.work_dir,
    },
    { clock: systemClock, terminal: process.stdout, color: (process.env["NO_COLOR"] ?? "") === "" },
  );
}

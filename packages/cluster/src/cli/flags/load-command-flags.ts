// The first step of `mezzo master` and `mezzo agent`: flags, or help, or the version, or what is wrong with them.
import type { FlagTable } from "../../core/flags/flag.ts";
import { helpText } from "../../core/flags/help-text.ts";
import { loadFlags, type LoadedFlags } from "../../core/flags/load-flags.ts";
import type { Machine } from "../../core/machine.ts";
import { mesosVersion } from "../../core/build-info.ts";

/** Either flags to go on with, or the exit code to end with. */
export type CommandFlags<Table extends FlagTable> = { flags: LoadedFlags<Table> } | { exitCode: number };

/** Reads the flags of the command `mezzo <name>`; prints what the user asked for, or did wrong, as Mesos does. */
export function loadCommandFlags<const Table extends FlagTable>(
  table: Table,
  { name, args, machine }: { name: string; args: readonly string[]; machine: Machine },
): CommandFlags<Table> {
  // Both are answered whatever else stands there.
  if (args.some((arg) => arg === "--help" || arg === "--help=true" || arg === "-h")) {
    process.stdout.write(helpText(table, `Usage: mezzo ${name} [flags]`));
    return { exitCode: 0 };
  }
  if (args.some((arg) => arg === "--version" || arg === "--version=true")) {
    process.stdout.write(`mesos ${mesosVersion}\n`);
    return { exitCode: 0 };
  }
  const sources = { args, prefix: "MESOS_", environment: machine.environment, readText: machine.readText };
  const loaded = loadFlags(table, sources);
  if (loaded.ok) return { flags: loaded.value };
  process.stderr.write(`${loaded.error}\n\nSee \`mezzo ${name} --help\` for a list of supported flags.\n`);
  return { exitCode: 1 };
}

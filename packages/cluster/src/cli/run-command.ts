// Chooses the command, runs it, and turns its outcome into an exit code.
import { flushCompileCache } from "node:module";
import { commands, type Command } from "./commands.ts";

const usage = (): string => {
  const width = Math.max(...commands.map((command) => command.name.length));
  const lines = commands.map((command) => `  ${command.name.padEnd(width)}  ${command.summary}`);
  return `Usage: mezzo <command> [flags]\n\n${lines.join("\n")}\n\n\`mezzo <command> --help\` lists the flags of a command.\n`;
};

function find(name: string): Command | undefined {
  // Scripts written before Mesos renamed its agents still say `mesos slave`.
  const wanted = name === "slave" ? "agent" : name;
  return commands.find((command) => command.name === wanted);
}

/** Runs `mezzo <args>` and sets the process' exit code: 0 success, 1 failure or misuse. */
export async function runCommand(args: readonly string[]): Promise<void> {
  const [first, ...rest] = args;
  if (first === "--help" || first === "-h" || (first === "help" && rest.length === 0)) {
    process.stdout.write(usage());
    return;
  }
  const asksHelp = first === "help";
  const name = first === "--version" ? "version" : asksHelp ? rest[0] : first;
  const command = name === undefined ? undefined : find(name);
  if (command === undefined) {
    if (name !== undefined) process.stderr.write(`Cannot run '${name}': there is no such command\n\n`);
    process.stderr.write(usage());
    process.exitCode = 1;
    return;
  }
  const run = await command.load();
  // What is loaded now is what the next start needs; a process that is killed later would never write it.
  flushCompileCache();
  process.exitCode = await run(asksHelp ? ["--help"] : rest);
}

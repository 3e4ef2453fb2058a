// Turns a CommandInfo into the program to execute and its arguments.
import { accessSync, constants, lstatSync, statSync } from "node:fs";
import { isAbsolute, join } from "node:path";
import type { CommandInfo } from "@mezzo/wire";

/** Where executables are looked for when the environment has no PATH: `os::host_default_path` of Mesos. */
export const DEFAULT_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/** A program and its whole argument vector, the name it is called by included. */
export interface CommandLine {
  executable: string;
  argv: string[];
}

/** Where a command runs. */
export interface CommandPlace {
  sandbox: string;
  environment: Readonly<Record<string, string>>;
  root?: string;
}

/**
 * A shell command is one argument of `/bin/sh -c`, never part of a longer text. Otherwise `value` is the program and
 * `arguments` its argument vector, as `src/slave/containerizer/mesos/launch.cpp` has it: a relative program is looked
 * for in the sandbox, then along the PATH of `environment`. What is not found is returned as it is: the monitor fails
 * to execute it and says so in the task's stderr. `root` is where the program's file system is, when that is not the
 * machine's. Throws when there is nothing to run.
 */
export function commandLine(command: CommandInfo, options: CommandPlace): CommandLine {
  const { value } = command;
  if (command.shell ?? true) {
    if (value === undefined) throw new Error("Shell command is not specified");
    return { executable: "/bin/sh", argv: ["sh", "-c", value] };
  }
  if (value === undefined || value === "") throw new Error("Executable path is not specified");
  const argv = command.arguments?.length ? command.arguments : [value];
  if ([value, ...argv].some((text) => text.includes("\0"))) {
    throw new Error(`Failed to execute '${value.replaceAll("\0", "\\0")}': Invalid argument`);
  }
  return { executable: findExecutable(value, options), argv };
}

function findExecutable(name: string, options: CommandPlace): string {
  if (isAbsolute(name)) return name;
  const { root } = options;
  const isExecutable = (path: string): boolean =>
    root === undefined ? isExecutableHere(path) : isProgramBelow(join(root, path));
  const inSandbox = join(options.sandbox, name);
  if (isExecutable(inSandbox)) return inSandbox;
  if (name.includes("/")) return name;
  const path = options.environment["PATH"] ?? DEFAULT_PATH;
  const found = path
    .split(":")
    .map((directory) => join(directory === "" ? options.sandbox : directory, name))
    .find(isExecutable);
  return found ?? name;
}

/** A link's target is another one from within: that it is there has to do. */
function isProgramBelow(path: string): boolean {
  try {
    return !lstatSync(path).isDirectory();
  } catch {
    return false;
  }
}

function isExecutableHere(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

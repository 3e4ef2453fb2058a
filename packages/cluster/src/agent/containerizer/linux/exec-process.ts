// Describes a process that is to run inside a container that runs already.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { CommandInfo, TTYInfo } from "@mezzo/wire";
import { switchUser } from "../../sandbox/switch-user.ts";
import { commandLine } from "../posix/command-line.ts";
import type { OciSpec } from "./oci-spec.ts";

export interface ExecProcess {
  command: CommandInfo;
  environment: Record<string, string>;
  /** Absent: that of the container's own command. */
  user?: string | undefined;
  /** A SIGTERM to its first process, or the runtime's end, kills all that it started; not for terminals. */
  endsAsOne?: boolean;
}

/** Words of the container's first process before its command: the program that waits for it, and how. */
const INIT_MODES = new Set(["init", "init-tied"]);

/**
 * Writes the file that `runc exec --process` takes: what the container's first process is, with another command. It starts
 * where that does: in the sandbox or where the image says. Tells whether it ends as one, which needs a program that a
 * container may not have.
 */
export async function writeExecProcess(
  file: string,
  { command, environment, user, endsAsOne = false }: ExecProcess,
  { runtimeDir, tty }: { runtimeDir: string; tty?: TTYInfo | undefined },
): Promise<{ endsAsOne: boolean }> {
  const text = readFileSync(join(runtimeDir, "config.json"), "utf8");
  const { process: own }: OciSpec = JSON.parse(text);
  const identity = await switchUser(user);
  const line = commandLine(command, { sandbox: own.cwd, environment });
  const [init = "", mode = ""] = own.args;
  const wraps = endsAsOne && INIT_MODES.has(mode);
  const args = wraps
    ? [init, "init-tied", line.executable, ...line.argv]
    : [line.executable, ...line.argv.slice(1)];
  const { consoleSize: _, ...others } = own;
  const process = {
    ...others,
    terminal: tty !== undefined,
    // From its first moment on: the runtime tells it again, later, whenever its own terminal changes.
    ...(tty?.window_size && {
      consoleSize: { height: tty.window_size.rows, width: tty.window_size.columns },
    }),
    args,
    env: Object.entries(environment).map(([name, value]) => `${name}=${value}`),
    ...(identity && { user: { uid: identity.uid, gid: identity.gid, additionalGids: identity.groups } }),
  };
  writeFileSync(file, JSON.stringify(process), { mode: 0o600 });
  return { endsAsOne: wraps };
}

// Describes a process that is to run inside a container that runs already.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { CommandInfo } from "@mezzo/wire";
import { switchUser } from "../../sandbox/switch-user.ts";
import { commandLine } from "../posix/command-line.ts";
import type { OciSpec } from "./oci-spec.ts";

export interface ExecProcess {
  command: CommandInfo;
  environment: Record<string, string>;
  /** Absent: that of the container's own command. */
  user?: string | undefined;
}

/**
 * Writes the file that `runc exec --process` takes: what the container's first process is, with another command. It starts
 * where that does: in the sandbox or where the image says.
 */
export async function writeExecProcess(
  file: string,
  { command, environment, user }: ExecProcess,
  { runtimeDir, terminal }: { runtimeDir: string; terminal: boolean },
): Promise<void> {
  const text = readFileSync(join(runtimeDir, "config.json"), "utf8");
  const { process: own }: OciSpec = JSON.parse(text);
  const identity = await switchUser(user);
  const line = commandLine(command, { sandbox: own.cwd, environment });
  const process = {
    ...own,
    terminal,
    args: [line.executable, ...line.argv.slice(1)],
    env: Object.entries(environment).map(([name, value]) => `${name}=${value}`),
    ...(identity && { user: { uid: identity.uid, gid: identity.gid, additionalGids: identity.groups } }),
  };
  writeFileSync(file, JSON.stringify(process), { mode: 0o600 });
}

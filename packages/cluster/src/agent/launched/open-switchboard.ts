// Puts a switchboard on the streams of a container that has just started.
import { closeSync, constants, openSync } from "node:fs";
import type { Clock } from "../../core/clock.ts";
import type { ContainerStreams } from "../containerizer/container-streams.ts";
import { enterSandbox } from "../sandbox/enter-sandbox.ts";
import { Switchboard } from "./switchboard.ts";

/** Output goes to the sandbox too, as with every container: written here, unless whoever holds the terminal does it. */
export function openSwitchboard(
  sandbox: string,
  {
    streams,
    heartbeatIntervalMs,
    clock,
  }: { streams: ContainerStreams; heartbeatIntervalMs: number; clock: Clock },
): Switchboard {
  const copies = streams.copied
    ? {}
    : {
        ...openCopy(sandbox, { name: "stdout", output: "STDOUT" }),
        ...(!streams.terminal && openCopy(sandbox, { name: "stderr", output: "STDERR" })),
      };
  try {
    return new Switchboard({ streams, heartbeatIntervalMs, copies, waits: !streams.copied }, { clock });
  } catch (error) {
    for (const file of Object.values(copies)) closeSync(file);
    throw error;
  }
}

function openCopy(
  sandbox: string,
  { name, output }: { name: string; output: "STDOUT" | "STDERR" },
): { STDOUT?: number; STDERR?: number } {
  const { O_WRONLY, O_APPEND, O_NOFOLLOW, O_NONBLOCK } = constants;
  try {
    const folder = enterSandbox(sandbox);
    try {
      return { [output]: openSync(folder.at(name), O_WRONLY | O_APPEND | O_NOFOLLOW | O_NONBLOCK) };
    } finally {
      folder.close();
    }
  } catch {
    // The container took the file away: it is told to whoever is attached.
    return {};
  }
}

// Runs one CNI plugin: parameters in its environment, its configuration on standard input, JSON on standard output.
import { spawn } from "node:child_process";
import type { Clock } from "../../../../../core/clock.ts";
import { describeSystemError } from "../../../../../core/describe-system-error.ts";
import { streamsOf } from "../../../../programs/streams-of.ts";
import { DEFAULT_PATH } from "../../../posix/command-line.ts";
import { findPlugin, type PluginConfig } from "./cni-config.ts";

export interface PluginCall {
  command: "ADD" | "DEL";
  containerId: string;
  /** The network, for error messages. */
  network: string;
  ifName: string;
  /** The file of the network namespace; absent when it is gone already. */
  namespace?: string | undefined;
  config: PluginConfig;
  pluginsDir: string;
}

/** One that says nothing for so long hangs. */
const TIMEOUT_MS = 60_000;

/** More than any plugin answers. */
const MAX_OUTPUT_BYTES = 1024 * 1024;

/** What a status can carry of what went wrong. */
const MAX_WORDS = 1000;

/** Resolves with what it wrote. Rejects in Mesos' words when it fails, hangs, or is not there. */
export async function runPlugin(call: PluginCall, { clock }: { clock: Clock }): Promise<string> {
  const { command, containerId, network, ifName, namespace, config, pluginsDir } = call;
  const attaches = command === "ADD";
  const program = findPlugin(config.type, pluginsDir);
  if (program === undefined) {
    throw new Error(
      `Unable to find the plugin ${config.type} required to ${attaches ? "attach" : "detach"} ${containerId} ` +
        `to network '${network}'`,
    );
  }
  const environment = {
    CNI_COMMAND: command,
    CNI_CONTAINERID: containerId,
    CNI_IFNAME: ifName,
    CNI_PATH: pluginsDir,
    ...(namespace !== undefined && { CNI_NETNS: namespace }),
    // Plugins call iptables.
    PATH: process.env["PATH"] ?? DEFAULT_PATH,
  };
  const end = await run(program, { environment, input: JSON.stringify(config) }, clock);
  if (end.failure === undefined) return end.output;
  const what = attaches ? "attach" : "detach";
  throw new Error(
    `The CNI plugin '${program}' failed to ${what} container ${containerId} ${attaches ? "to" : "from"} ` +
      `CNI network '${network}': ${end.failure}`,
  );
}

interface PluginEnd {
  output: string;
  /** Undefined: it succeeded. */
  failure?: string;
}

function run(
  program: string,
  { environment, input }: { environment: Record<string, string>; input: string },
  clock: Clock,
): Promise<PluginEnd> {
  return new Promise((resolve) => {
    const child = spawn(program, [], { env: environment, stdio: "pipe" });
    const { stdin, stdout, stderr } = streamsOf(child);
    let output = "";
    let errors = "";
    let failure: string | undefined;
    const stop = (why: string): void => {
      failure ??= why;
      child.kill("SIGKILL");
    };
    const timer = clock.after(TIMEOUT_MS, () => stop(`it did not end in ${TIMEOUT_MS / 1000} seconds`));
    stdout?.on("data", (chunk: Buffer) => {
      output += chunk.toString();
      if (output.length > MAX_OUTPUT_BYTES) stop("it writes too much");
    });
    stderr?.on("data", (chunk: Buffer) => {
      errors = (errors + chunk.toString()).slice(-MAX_WORDS);
    });
    child.on("error", (error) => {
      failure ??= `it cannot be executed: ${describeSystemError(error)}`;
      timer.cancel();
      resolve({ output, failure });
    });
    // One that does not read its configuration says why by its end.
    stdin?.on("error", () => undefined);
    stdin?.end(input);
    child.on("close", (code) => {
      timer.cancel();
      if (code !== 0) failure ??= `stdout='${output.trim().slice(0, MAX_WORDS)}', stderr='${errors.trim()}'`;
      resolve({ output, ...(failure !== undefined && { failure }) });
    });
  });
}

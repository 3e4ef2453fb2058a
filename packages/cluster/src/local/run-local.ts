// `mezzo local`: starts a cluster on this machine, shows it at work, and ends it without leaving a process behind.
import { mkdtemp, rm } from "node:fs/promises";
import { availableParallelism, tmpdir, totalmem } from "node:os";
import { join, resolve } from "node:path";
import type { Clock } from "../core/clock.ts";
import { DEMO_WEIGHTS, runDemo } from "../demo/run-demo.ts";
import { LiveScreen, type Terminal } from "../demo/screen/live-screen.ts";
import { LocalCluster } from "./local-cluster.ts";

export interface LocalOptions {
  agents: number;
  port: number;
  demo: boolean;
  once: boolean;
  input: string;
  workDir: string | undefined;
}

/** Part of the machine's memory that the agents offer together: the rest is for everything else. */
const MEMORY_FRACTION = 0.5;

const MEGABYTE = 1024 * 1024;

/** A hundred ports for each agent, above those that people use. */
const FIRST_OFFERED_PORT = 31_000;
const PORTS_PER_AGENT = 100;

const STOP_SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Of a process that Ctrl-C ended, as shells say it. */
const INTERRUPTED = 130;

function agentResources(agents: number): string {
  const memMb = Math.floor((totalmem() * MEMORY_FRACTION) / MEGABYTE / Math.max(1, agents));
  const ports = `[${FIRST_OFFERED_PORT}-${FIRST_OFFERED_PORT + PORTS_PER_AGENT - 1}]`;
  return `cpus:${Math.max(2, availableParallelism())};mem:${memMb};disk:10240;ports:${ports}`;
}

/** Aborted at the first Ctrl-C, SIGTERM or SIGHUP; the caller ends everything in order, so further ones change nothing. */
function stopRequests(): { signal: AbortSignal; requested: Promise<void>; forget: () => void } {
  const controller = new AbortController();
  const onSignal = (): void => controller.abort();
  for (const signal of STOP_SIGNALS) process.on(signal, onSignal);
  const requested = new Promise<void>((resolve) => {
    controller.signal.addEventListener("abort", () => resolve(), { once: true });
  });
  const forget = (): void => STOP_SIGNALS.forEach((signal) => process.off(signal, onSignal));
  return { signal: controller.signal, requested, forget };
}

function banner({ agents, port }: LocalOptions, resources: string, { paint }: LiveScreen): string {
  const offered = resources.replaceAll(";", ", ").replaceAll(":", " ");
  const url = `http://127.0.0.1:${port}`;
  const many = agents === 1 ? "1 agent" : `${agents} agents`;
  return [
    `${paint("Mezzo", "bold")}  master on ${paint(url, "cyan")}, ${many}`,
    `       each offers ${offered}`,
    paint(`       ${url}/state   ${url}/metrics/snapshot`, "dim"),
    "",
  ].join("\n");
}

function invitation(address: string, { paint }: LiveScreen): string {
  return [
    `\n${paint("The cluster stays up.", "bold")} Try it from another terminal:`,
    `  npx mezzo execute --master=${address} --name=hello --command='echo hello'`,
    "Ctrl-C stops it.",
  ].join("\n");
}

interface Setting {
  options: LocalOptions;
  cluster: LocalCluster;
  folder: string;
  resources: string;
  clock: Clock;
  screen: LiveScreen;
  stop: { signal: AbortSignal; requested: Promise<void> };
}

/** Starts the cluster, shows it at work, waits. Resolves with the exit code. */
async function run(setting: Setting): Promise<number> {
  const { options, cluster, folder, clock, screen, stop } = setting;
  const started = cluster.start();
  await Promise.race([started, stop.requested]);
  if (stop.signal.aborted) {
    started.catch(() => undefined);
    return INTERRUPTED;
  }
  screen.say(banner(options, setting.resources, screen));
  let exitCode = 0;
  if (options.demo) {
    const workDir = join(folder, "demo");
    const input = resolve(options.input);
    const demo = { master: cluster.address, input, workDir, signal: stop.signal };
    if (!(await runDemo(demo, { clock, screen }))) exitCode = 1;
  }
  if (options.once || stop.signal.aborted) return stop.signal.aborted ? INTERRUPTED : exitCode;
  screen.say(invitation(cluster.address, screen));
  cluster.onUnexpectedEnd(({ name }) => screen.say(screen.paint(`The ${name} has ended.`, "red")));
  await stop.requested;
  return exitCode;
}

/** Runs until it is told to stop, or until the demonstration is over. Resolves with the exit code. */
export async function runLocalCluster(
  options: LocalOptions,
  { clock, terminal, color }: { clock: Clock; terminal: Terminal; color: boolean },
): Promise<number> {
  const folder = options.workDir ?? (await mkdtemp(join(tmpdir(), "mezzo-local-")));
  const resources = agentResources(options.agents);
  const weights = Object.entries(DEMO_WEIGHTS).map(([role, weight]) => `${role}=${weight}`);
  const { agents, port } = options;
  const masterFlags = options.demo ? [`--weights=${weights.join(",")}`] : [];
  const cluster = new LocalCluster(
    { agents, port, workDir: folder, agentResources: resources, masterFlags },
    { clock },
  );
  const screen = new LiveScreen({ color }, terminal);
  const stop = stopRequests();
  // Whatever ends this process, those that it started end with it.
  const killAll = (): void => cluster.kill();
  process.on("exit", killAll);
  try {
    return await run({ options, cluster, folder, resources, clock, screen, stop });
  } catch (error) {
    screen.say(error instanceof Error ? error.message : String(error));
    return 1;
  } finally {
    screen.close();
    screen.say("Stopping.");
    await cluster.stop();
    process.off("exit", killAll);
    stop.forget();
    if (options.workDir === undefined) await rm(folder, { recursive: true, force: true });
  }
}

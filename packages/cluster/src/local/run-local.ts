// `mezzo local`: starts a cluster on this machine, shows it at work, and ends it without leaving a process behind.
import { mkdtemp, rm } from "node:fs/promises";
import { availableParallelism, tmpdir, totalmem } from "node:os";
import { join, resolve } from "node:path";
import type { Clock } from "../core/clock.ts";
import { DEMO_WEIGHTS, runDemo } from "../demo/run-demo.ts";
import type { Terminal } from "../demo/screen/live-screen.ts";
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

function agentResources(agents: number): string {
  const memMb = Math.floor((totalmem() * MEMORY_FRACTION) / MEGABYTE / Math.max(1, agents));
  const ports = `[${FIRST_OFFERED_PORT}-${FIRST_OFFERED_PORT + PORTS_PER_AGENT - 1}]`;
  return `cpus:${Math.max(2, availableParallelism())};mem:${memMb};disk:10240;ports:${ports}`;
}

/** Resolves at the first Ctrl-C or SIGTERM; the second one ends everything at once. */
function stopRequested(cluster: LocalCluster): { promise: Promise<void>; forget: () => void } {
  let request = (): void => {};
  const promise = new Promise<void>((resolve) => (request = resolve));
  let requests = 0;
  const onSignal = (): void => {
    requests += 1;
    if (requests > 1) cluster.kill();
    request();
  };
  process.on("SIGINT", onSignal);
  process.on("SIGTERM", onSignal);
  process.on("SIGHUP", onSignal);
  const forget = (): void => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.off(signal, onSignal);
  };
  return { promise, forget };
}

function banner({ agents, port }: LocalOptions, resources: string): string {
  const offered = resources.replaceAll(";", ", ").replaceAll(":", " ");
  return [
    `Mezzo: master on http://127.0.0.1:${port}, ${agents} agent${agents === 1 ? "" : "s"} (each ${offered})`,
    `       state: http://127.0.0.1:${port}/state   metrics: http://127.0.0.1:${port}/metrics/snapshot`,
    "",
  ].join("\n");
}

/** Runs until it is told to stop, or until the demonstration is over. Resolves with the exit code. */
export async function runLocalCluster(
  options: LocalOptions,
  { clock, terminal }: { clock: Clock; terminal: Terminal },
): Promise<number> {
  const folder = options.workDir ?? (await mkdtemp(join(tmpdir(), "mezzo-local-")));
  const resources = agentResources(options.agents);
  const weights = Object.entries(DEMO_WEIGHTS).map(([role, weight]) => `${role}=${weight}`);
  const cluster = new LocalCluster(
    {
      agents: options.agents,
      port: options.port,
      workDir: folder,
      agentResources: resources,
      masterFlags: options.demo ? [`--weights=${weights.join(",")}`] : [],
    },
    { clock },
  );
  const stop = stopRequested(cluster);
  const say = (line: string): void => void terminal.write(`${line}\n`);
  let exitCode = 0;
  try {
    await Promise.race([cluster.start(), stop.promise]);
    say(banner(options, resources));
    if (options.demo) {
      const demo = runDemo(
        { master: cluster.address, input: resolve(options.input), workDir: join(folder, "demo") },
        { clock, terminal },
      );
      const succeeded = await Promise.race([demo, stop.promise.then(() => undefined)]);
      if (succeeded === false || (succeeded === undefined && options.once)) exitCode = 1;
    }
    if (!options.once) {
      say(
        `\nThe cluster is up. Try it from another terminal:\n  npx mezzo execute --master=${cluster.address} --name=hello --command='echo hello'\nCtrl-C stops it.`,
      );
      await stop.promise;
    }
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
    exitCode = 1;
  } finally {
    say("Stopping.");
    await cluster.stop();
    stop.forget();
    if (options.workDir === undefined) await rm(folder, { recursive: true, force: true });
  }
  return exitCode;
}

// The demonstration: two frameworks of different weight share a cluster for real work, and one can watch them.
import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { Clock } from "../core/clock.ts";
import { BatchFramework } from "./batch-framework.ts";
import { checksumBatches } from "./checksums.ts";
import type { LiveScreen } from "./screen/live-screen.ts";
import type { FrameworkView, ProgressView } from "./screen/progress-lines.ts";
import { checksumLines, wordLines, type ChecksumResult, type WordResult } from "./screen/result-lines.ts";
import { countWordsOfBatches } from "./word-count.ts";
import { splitIntoBatches } from "./work/split-into-batches.ts";
import { findTextFiles, type TextFile } from "./work/text-files.ts";

/** A batch is read in well under a second: many tasks to share, none so small that its start is all of it. */
const BATCH = { maxBytes: 2 * 1024 * 1024, maxFiles: 400 };

/** As many words as fit under the bars on a small terminal. */
const WORDS_SHOWN = 12;

/** Between two pictures: smooth to the eye, nothing to the cluster. */
const REDRAW_EVERY_MS = 200;

/** The roles of the two frameworks and their weights: one gets twice what the other gets while both want all. */
export const DEMO_WEIGHTS: Readonly<Record<string, number>> = { words: 2, checksums: 1 };

const TASK = { cpus: 0.5, memMb: 64 };

export interface DemoOptions {
  /** `host:port`. */
  master: string;
  /** The folder whose text files are the input. */
  input: string;
  /** For lists and results; removed at the end. */
  workDir: string;
  /** Aborted when the cluster is to stop: nothing more is drawn then. */
  signal: AbortSignal;
}

interface Actor {
  framework: BatchFramework;
  role: string;
  phase: string;
  shares: number[];
}

function startActor(role: string, master: string): Actor {
  const framework = new BatchFramework({ master, name: role, role, ...TASK });
  return { framework, role, phase: "waiting", shares: [] };
}

/** The part of the cluster that a role holds, as the allocator sees it, before its weight divides it. */
async function observeShares(actors: readonly Actor[], master: string): Promise<void> {
  const answer = await fetch(`http://${master}/metrics/snapshot`);
  const metrics = (await answer.json()) as Record<string, number>;
  for (const { role, shares } of actors) {
    const weighted = metrics[`allocator/mesos/roles/${role}/shares/dominant`] ?? 0;
    shares.push(weighted * (DEMO_WEIGHTS[role] ?? 1));
  }
}

function viewOf(actors: readonly Actor[], elapsedMs: number): ProgressView {
  const frameworks = actors.map(({ framework, role, phase, shares }): FrameworkView => ({
    name: role,
    weight: DEMO_WEIGHTS[role] ?? 1,
    phase,
    shares,
    ...framework.progress,
  }));
  return { elapsedMs, frameworks };
}

/** Looks at the shares and draws, again and again until it is told to end. */
class Watch {
  #stopped = false;
  readonly #turn: () => Promise<void>;
  readonly #done: Promise<void>;

  constructor(clock: Clock, turn: () => Promise<void>) {
    this.#turn = turn;
    this.#done = this.#run(clock);
  }

  async #run(clock: Clock): Promise<void> {
    while (!this.#stopped) {
      await this.#turn();
      await new Promise<void>((resolve) => void clock.after(REDRAW_EVERY_MS, resolve));
    }
  }

  /** Resolves after one more look: what is seen then is how it ended. */
  async end(): Promise<void> {
    this.#stopped = true;
    await this.#done;
    await this.#turn();
  }
}

async function findInput({ input, signal }: DemoOptions, screen: LiveScreen): Promise<TextFile[]> {
  screen.say(screen.paint(`Looking for text files under ${input}`, "dim"));
  const files = await findTextFiles(input, signal);
  const megabytes = files.reduce((sum, file) => sum + file.sizeBytes, 0) / 1e6;
  if (files.length === 0) screen.say("There is none: nothing to count, nothing to checksum.");
  else screen.say(`${files.length.toLocaleString("en")} text files, ${megabytes.toFixed(1)} MB`);
  return files;
}

/** Both jobs at once. Rejects with the first that fails. */
function runJobs(
  [words, checksums]: readonly [Actor, Actor],
  { batches, workDir }: { batches: TextFile[][]; workDir: string },
): Promise<[WordResult, ChecksumResult]> {
  const jobOf = (actor: Actor) => ({
    batches,
    folder: join(workDir, actor.role),
    onPhase: (phase: string) => void (actor.phase = phase),
  });
  // A framework that the master refuses would never run its tasks.
  const ended = [words, checksums].map(async ({ framework, role }): Promise<never> => {
    await framework.run();
    throw new Error(`The framework ${role} has ended before its work`);
  });
  const results = Promise.all([
    countWordsOfBatches(words.framework, jobOf(words), WORDS_SHOWN),
    checksumBatches(checksums.framework, jobOf(checksums)),
  ]);
  return Promise.race([results, ...ended]);
}

/** Runs the demonstration to its end and prints the result. Resolves with whether every task succeeded. */
export async function runDemo(
  options: DemoOptions,
  { clock, screen }: { clock: Clock; screen: LiveScreen },
): Promise<boolean> {
  const { signal } = options;
  const files = await findInput(options, screen);
  if (signal.aborted) return false;
  if (files.length === 0) return true;
  const batches = splitIntoBatches(files, BATCH);
  screen.say("Two frameworks share the cluster: one counts words, one checksums the files.\n");
  const startedAt = clock.now();
  const actors = [startActor("words", options.master), startActor("checksums", options.master)] as const;
  const view = (): ProgressView => viewOf(actors, clock.now() - startedAt);
  const watch = new Watch(clock, async () => {
    await observeShares(actors, options.master).catch(() => undefined);
    if (!signal.aborted) screen.show(view());
  });
  const stop = (): void => actors.forEach(({ framework }) => framework.stop());
  signal.addEventListener("abort", stop, { once: true });
  try {
    const [counted, summed] = await runJobs(actors, { batches, workDir: options.workDir });
    const tookMs = clock.now() - startedAt;
    await Promise.all(actors.map(({ framework }) => framework.end()));
    await watch.end();
    screen.finish({ ...view(), elapsedMs: tookMs });
    screen.say("");
    for (const line of wordLines(counted, screen.paint)) screen.say(line);
    screen.say("");
    for (const line of checksumLines(summed, screen.paint)) screen.say(line);
    screen.say(`\nBoth took ${(tookMs / 1000).toFixed(1)} s together.`);
    return true;
  } catch (error) {
    await watch.end();
    if (signal.aborted) return false;
    screen.finish(view());
    const why = error instanceof Error ? error.message : String(error);
    screen.say(screen.paint(`\nThe demonstration failed. ${why}`, "red"));
    await Promise.all(actors.map(({ framework }) => framework.end()));
    return false;
  } finally {
    await rm(options.workDir, { recursive: true, force: true });
  }
}

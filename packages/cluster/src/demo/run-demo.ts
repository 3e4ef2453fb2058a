// The demonstration: two frameworks of different weight share a cluster for real work, and one can watch them.
import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { Clock } from "../core/clock.ts";
import { BatchFramework } from "./batch-framework.ts";
import { checksumBatches } from "./checksums.ts";
import { LiveScreen, type Terminal } from "./screen/live-screen.ts";
import type { FrameworkView, ProgressView } from "./screen/progress-lines.ts";
import { checksumLine, wordLines } from "./screen/result-lines.ts";
import { countWordsOfBatches } from "./word-count.ts";
import { splitIntoBatches } from "./work/split-into-batches.ts";
import { findTextFiles } from "./work/text-files.ts";

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

class Watch {
  #stopped = false;
  readonly #done: Promise<void>;

  constructor(
    actors: readonly Actor[],
    { clock, draw, master }: { clock: Clock; draw: () => void; master: string },
  ) {
    this.#done = this.#run(async () => {
      await observeShares(actors, master).catch(() => undefined);
      draw();
      await new Promise<void>((resolve) => void clock.after(REDRAW_EVERY_MS, resolve));
    });
  }

  async #run(turn: () => Promise<void>): Promise<void> {
    while (!this.#stopped) await turn();
  }

  stop(): Promise<void> {
    this.#stopped = true;
    return this.#done;
  }
}

/** Runs the demonstration to its end and prints the result. Resolves with whether every task succeeded. */
export async function runDemo(
  options: DemoOptions,
  { clock, terminal }: { clock: Clock; terminal: Terminal },
): Promise<boolean> {
  const say = (line: string): void => void terminal.write(`${line}\n`);
  const files = await findTextFiles(options.input);
  if (files.length === 0) {
    say(`There is no text file under ${options.input}: nothing to count, nothing to checksum.`);
    return true;
  }
  const batches = splitIntoBatches(files, BATCH);
  const megabytes = files.reduce((sum, file) => sum + file.sizeBytes, 0) / 1e6;
  say(
    `${files.length} text files, ${megabytes.toFixed(0)} MB under ${options.input}: ${batches.length} tasks for each framework`,
  );
  say("");
  const startedAt = clock.now();
  const elapsed = (): number => clock.now() - startedAt;
  const words = startActor("words", options.master);
  const checksums = startActor("checksums", options.master);
  const actors = [words, checksums];
  const screen = new LiveScreen(terminal);
  const watch = new Watch(actors, {
    clock,
    master: options.master,
    draw: () => screen.show(viewOf(actors, elapsed())),
  });
  const jobOf = (actor: Actor) => ({
    batches,
    folder: join(options.workDir, actor.role),
    onPhase: (phase: string) => (actor.phase = phase),
  });
  try {
    for (const { framework } of actors) void framework.run().catch((error: unknown) => say(String(error)));
    const [counted, summed] = await Promise.all([
      countWordsOfBatches(words.framework, jobOf(words), WORDS_SHOWN),
      checksumBatches(checksums.framework, jobOf(checksums)),
    ]);
    await watch.stop();
    screen.finish(viewOf(actors, elapsed()));
    say("");
    for (const line of wordLines(counted)) say(line);
    say("");
    say(checksumLine(summed));
    say(`Both took ${(elapsed() / 1000).toFixed(1)} s together.`);
    return true;
  } catch (error) {
    await watch.stop();
    screen.finish(viewOf(actors, elapsed()));
    say(`The demonstration failed. ${error instanceof Error ? error.message : String(error)}`);
    return false;
  } finally {
    await Promise.all(actors.map(({ framework }) => framework.end()));
    await rm(options.workDir, { recursive: true, force: true });
  }
}

// Tests of when directories go, and that those of others stay.
import assert from "node:assert/strict";
import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, utimesSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import type { Clock } from "../../core/clock.ts";
import { silentLogger } from "../../core/logger.ts";
import { sandboxAndVictim } from "../testing/sandbox-and-victim.ts";
import { Garbage } from "./garbage.ts";

/** A clock that moves by hand; timers run when their time has come. */
class HandClock implements Clock {
  #now = 1_800_000_000_000;
  readonly #timers = new Set<{ at: number; run: () => void }>();

  now(): number {
    return this.#now;
  }

  after(delayMs: number, run: () => void): { cancel: () => void } {
    const timer = { at: this.#now + delayMs, run };
    this.#timers.add(timer);
    return { cancel: () => void this.#timers.delete(timer) };
  }

  advance(ms: number): void {
    this.#now += ms;
    for (const timer of [...this.#timers].filter(({ at }) => at <= this.#now)) {
      this.#timers.delete(timer);
      timer.run();
    }
  }
}

/** Removal is I/O, which ends when it ends; a timer set meanwhile fires in the next turn. */
async function gone(clock: HandClock, path: string | undefined, { signal }: TestContext): Promise<void> {
  while (existsSync(path ?? "")) {
    signal.throwIfAborted();
    await new Promise((resolve) => setImmediate(resolve));
    clock.advance(0);
  }
}

/** What is gone is told of when its removal is over. */
async function told(
  removed: readonly string[],
  paths: readonly string[],
  { signal }: TestContext,
): Promise<void> {
  while (removed.length < paths.length) {
    signal.throwIfAborted();
    await new Promise((resolve) => setImmediate(resolve));
  }
  // Removals run side by side.
  assert.deepEqual(removed.toSorted(), paths.toSorted());
}

/** Directories last a second there. */
function garbageOf(workDir: string): { clock: HandClock; garbage: Garbage; removed: string[] } {
  const clock = new HandClock();
  const options = { workDir, gcDelayMs: 1000, diskHeadroom: -10, diskWatchIntervalMs: 100 };
  const removed: string[] = [];
  const dependencies = { clock, logger: silentLogger, removed: (path: string) => removed.push(path) };
  return { clock, garbage: new Garbage(options, dependencies), removed };
}

test(
  "Garbage removes directories when their time has come, unless they are kept or elsewhere",
  { timeout: 10_000 },
  async (context) => {
    const workDir = mkdtempSync(join(tmpdir(), "mezzo-garbage-"));
    const outside = mkdtempSync(join(tmpdir(), "mezzo-kept-"));
    context.after(() => [workDir, outside].forEach((path) => rmSync(path, { recursive: true, force: true })));
    const { clock, garbage, removed } = garbageOf(workDir);
    const [first, second, kept] = ["first", "second", "kept"].map((name) => join(workDir, name));
    for (const path of [first, second, kept]) mkdirSync(path ?? "");
    garbage.schedule([first ?? "", kept ?? "", outside]);
    clock.advance(500);
    garbage.schedule([second ?? ""]);
    garbage.keep([kept ?? ""]);
    clock.advance(600);
    await gone(clock, first, context);
    assert.deepEqual(
      [second, kept, outside].map((path) => existsSync(path ?? "")),
      [true, true, true],
    );
    clock.advance(600);
    await gone(clock, second, context);
    await told(removed, [first ?? "", second ?? ""], context);
    garbage.close();
  },
);

test(
  "Garbage counts the age of what an earlier agent process left, unless it is in use again",
  { timeout: 10_000 },
  async (context) => {
    const workDir = mkdtempSync(join(tmpdir(), "mezzo-garbage-"));
    context.after(() => rmSync(workDir, { recursive: true }));
    const { clock, garbage, removed } = garbageOf(workDir);
    const left = (name: string, ageMs: number): string => {
      const path = join(workDir, name);
      mkdirSync(path);
      utimesSync(path, (clock.now() - ageMs) / 1000, (clock.now() - ageMs) / 1000);
      return path;
    };
    const young = left("young", 100);
    const old = left("old", 900);
    const used = left("used", 900);
    const scheduled = garbage.scheduleByAge([young, old, used, join(workDir, "missing")]);
    garbage.keep([used]);
    await scheduled;
    assert.equal(garbage.removals.pending, 2);
    clock.advance(150);
    await gone(clock, old, context);
    await told(removed, [join(workDir, "missing"), old], context);
    assert.deepEqual([existsSync(young), existsSync(used)], [true, true]);
    garbage.close();
  },
);

test("Garbage looks at nothing, and touches nothing, that a link in the place of 'containers' leads to", async (context) => {
  const { base: workDir, sandbox, victim } = sandboxAndVictim(context);
  const [path, precious] = [join(sandbox, "containers/x"), join(victim, "x")];
  mkdirSync(precious);
  utimesSync(precious, 1, 1);
  symlinkSync(victim, join(sandbox, "containers"));
  const { garbage, removed } = garbageOf(workDir);
  context.after(() => garbage.close());
  garbage.schedule([path]);
  await garbage.scheduleByAge([path]);
  assert.deepEqual([removed, garbage.removals.pending], [[path], 0]);
  assert.equal(statSync(precious).mtimeMs, 1000);
});

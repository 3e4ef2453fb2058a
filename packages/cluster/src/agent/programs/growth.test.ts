// When a program that writes into a folder counts as stuck.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import type { Clock } from "../../core/clock.ts";
import { Growth } from "./growth.ts";

const STALL_MS = 1000;

/** A folder that holds `before`, and a clock whose timer the test ends. */
function watched(
  t: TestContext,
  { before, maxBytes = Infinity }: { before: string; maxBytes?: number },
): {
  growth: Growth;
  pass: () => Promise<number>;
  write: (text: string) => void;
  set: (nowMs: number) => void;
} {
  const folder = mkdtempSync(join(tmpdir(), "mezzo-growth-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const write = (text: string): void => writeFileSync(join(folder, "file"), text, { flag: "a" });
  write(before);
  let nowMs = 0;
  let timer = Promise.withResolvers<{ delayMs: number; run: () => void }>();
  const clock: Clock = {
    now: () => nowMs,
    after: (delayMs, run) => {
      timer.resolve({ delayMs, run });
      return { cancel: () => undefined };
    },
  };
  const growth = new Growth(folder, { stallTimeoutMs: STALL_MS, lookEveryMs: STALL_MS / 4, maxBytes }, clock);
  return {
    growth,
    write,
    set: (at) => (nowMs = at),
    /** Lets the time until the next look pass; resolves with it when that look is over. */
    pass: async () => {
      const { delayMs, run } = await timer.promise;
      timer = Promise.withResolvers();
      run();
      const aborted = new Promise((resolve) => growth.signal.addEventListener("abort", resolve));
      await Promise.race([timer.promise, aborted]);
      return delayMs;
    },
  };
}

void test("Growth: what was there before is no progress", async (t) => {
  const { growth, pass } = watched(t, { before: "a layout" });
  let passedMs = 0;
  while (!growth.signal.aborted && passedMs < 3 * STALL_MS) passedMs += await pass();
  assert.equal(passedMs, STALL_MS);
  assert.match(String(growth.signal.reason), /nothing received for 1 seconds/);
});

void test("Growth: whatever the machine's clock is set to, a program has its time", async (t) => {
  const { growth, pass, set } = watched(t, { before: "" });
  set(10 * STALL_MS);
  for (let look = 0; look < 3; look += 1) await pass();
  assert.equal(growth.signal.aborted, false);
  set(-10 * STALL_MS);
  await pass();
  assert.equal(growth.signal.aborted, true);
});

void test("Growth: progress begins the time anew, until it is too much", async (t) => {
  const { growth, pass, write } = watched(t, { before: "", maxBytes: 6 });
  for (let look = 0; look < 6; look += 1) {
    write("a");
    await pass();
    assert.equal(growth.signal.aborted, false);
  }
  write("a");
  await pass();
  assert.match(String(growth.signal.reason), /More than 6 bytes/);
});

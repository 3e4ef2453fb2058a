// When images that nobody uses are removed.
import assert from "node:assert/strict";
import { test } from "node:test";
import { silentLogger } from "../../core/logger.ts";
import { ManualClock } from "../../net/testing/manual-clock.ts";
import { ImageGc } from "./image-gc.ts";

async function prunes(usage: number, headroom: number): Promise<number> {
  let count = 0;
  const prune = (): Promise<void> => Promise.resolve(void count++);
  const gc = new ImageGc(
    { directory: "/store", config: { headroom, intervalMs: 1000, keptNames: [] } },
    { clock: new ManualClock(), logger: silentLogger, prune },
    () => Promise.resolve(usage),
  );
  await gc.look();
  return count;
}

test("images are removed when less than the headroom is free, and only then", async () => {
  assert.equal(await prunes(0.85, 0.1), 0);
  assert.equal(await prunes(0.95, 0.1), 1);
});

test("the disk is looked at again and again, until it is closed; a failure is not the last look", async () => {
  const clock = new ManualClock();
  let looks = 0;
  const looked = Promise.withResolvers<void>();
  const gc = new ImageGc(
    { directory: "/store", config: { headroom: 0.1, intervalMs: 1000, keptNames: [] } },
    { clock, logger: silentLogger, prune: () => Promise.resolve() },
    () => {
      looks++;
      if (looks === 2) looked.resolve();
      return Promise.reject(new Error("no disk"));
    },
  );
  gc.start();
  clock.advance(1000);
  // The next look is planned once the first has failed.
  while (clock.pendingCount === 0) await new Promise((resolve) => setImmediate(resolve));
  clock.advance(1000);
  await looked.promise;
  gc.close();
  clock.advance(10_000);
  assert.equal(looks, 2);
});

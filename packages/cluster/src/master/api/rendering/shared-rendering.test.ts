// One rendering serves all who ask while it is made.
import assert from "node:assert/strict";
import { test } from "node:test";
import { ManualClock } from "../../../net/testing/manual-clock.ts";
import type { ByteParts } from "../../../net/http/byte-parts.ts";
import { BufferPool } from "./buffer-pool.ts";
import { SharedRendering } from "./shared-rendering.ts";

const piece = "x".repeat(100_000);

function textOf({ parts }: ByteParts): string {
  return Buffer.concat(parts).toString();
}

function tools(pause = (): Promise<void> => Promise.resolve()): {
  pause: () => Promise<void>;
  pool: BufferPool;
} {
  return { pause, pool: new BufferPool(new ManualClock()) };
}

void test("render() makes a document once for all who ask while another is being made", async () => {
  let made = 0;
  let shared = 0;
  let resume = (): void => {};
  const rendering = new SharedRendering(
    () => {
      made += 1;
      return [String(made), piece, piece, piece, "end"];
    },
    tools(() => new Promise((resolve) => (resume = resolve))),
    () => shared++,
  );
  const first = rendering.render();
  await Promise.resolve();
  await Promise.resolve();
  assert.equal(made, 1);
  const second = rendering.render();
  assert.equal(shared, 0);
  const third = rendering.render();
  assert.equal(shared, 1);
  resume();
  assert.equal(textOf(await first), `1${piece}${piece}${piece}end`);
  await new Promise(setImmediate);
  assert.equal(made, 2);
  resume();
  assert.equal(textOf(await second), textOf(await third));
  assert.ok(textOf(await second).startsWith("2"));
});

void test("render() begins anew after a failure", async () => {
  let broken = true;
  const rendering = new SharedRendering(() => {
    if (broken) throw new Error("broken");
    return ["fine"];
  }, tools());
  await assert.rejects(rendering.render(), /broken/);
  broken = false;
  assert.equal(textOf(await rendering.render()), "fine");
});

void test("render() uses memory again when all its readers have read", async () => {
  const { pause, pool } = tools();
  const rendering = new SharedRendering(() => [piece], { pause, pool });
  const [one, other] = await Promise.all([rendering.render(), rendering.render()]);
  const memory = one.parts[0]?.buffer;
  one.sent();
  assert.notEqual(pool.take().buffer, memory, "the other still reads");
  other.sent();
  assert.equal(pool.take().buffer, memory);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { SharedRendering } from "./shared-rendering.ts";

const piece = "x".repeat(100_000);

function textOf(chunks: Uint8Array[]): string {
  return Buffer.concat(chunks).toString();
}

test("render() makes a document once for all who ask while another is being made", async () => {
  let made = 0;
  let resume = (): void => {};
  const rendering = new SharedRendering(
    () => {
      made += 1;
      return [String(made), piece, piece, piece, "end"];
    },
    () => new Promise((resolve) => (resume = resolve)),
  );
  const first = rendering.render();
  await Promise.resolve();
  await Promise.resolve();
  assert.equal(made, 1);
  const second = rendering.render();
  const third = rendering.render();
  resume();
  assert.equal(textOf(await first), `1${piece}${piece}${piece}end`);
  await new Promise(setImmediate);
  assert.equal(made, 2);
  resume();
  assert.equal(textOf(await second), textOf(await third));
  assert.ok(textOf(await second).startsWith("2"));
});

test("render() begins anew after a failure", async () => {
  let broken = true;
  const rendering = new SharedRendering(
    () => {
      if (broken) throw new Error("broken");
      return ["fine"];
    },
    () => Promise.resolve(),
  );
  await assert.rejects(rendering.render(), /broken/);
  broken = false;
  assert.equal(textOf(await rendering.render()), "fine");
});

// In which order effects happen: what must be saved first, what waits, and what a full disk stops.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { CheckpointRecord } from "../checkpoint/record.ts";
import type { AgentEffect } from "../effects.ts";
import { EffectLoop } from "./effect-loop.ts";

const link = (pid: string): AgentEffect => ({ type: "link", pid });
const save: AgentEffect = { type: "checkpoint", record: { kind: "bootId" } };

/** A loop whose disk answers when it is told to. */
function start(): { loop: EffectLoop; log: string[]; disk: PromiseWithResolvers<void>[] } {
  const log: string[] = [];
  const disk: PromiseWithResolvers<void>[] = [];
  const loop = new EffectLoop({
    save: (records: CheckpointRecord[]) => {
      log.push(`save ${records.length}`);
      const written = Promise.withResolvers<void>();
      disk.push(written);
      return written.promise;
    },
    perform: (effect) => log.push(effect.type === "link" ? effect.pid : effect.type),
    failed: (error) => log.push(`failed ${String(error)}`),
  });
  return { loop, log, disk };
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test("EffectLoop performs effects at once when nothing must be saved", () => {
  const { loop, log } = start();
  loop.push([link("a"), link("b")]);
  assert.deepEqual(log, ["a", "b"]);
});

test("EffectLoop saves before anything of the same step happens, and steps that come meanwhile wait", async () => {
  const { loop, log, disk } = start();
  loop.push([link("a"), save]);
  loop.push([link("b")]);
  loop.push([save, link("c"), save]);
  assert.deepEqual(log, ["save 1"]);
  disk[0]?.resolve();
  await turn();
  assert.deepEqual(log, ["save 1", "a", "save 2"], "one round for all that waited");
  disk[1]?.resolve();
  await turn();
  assert.deepEqual(log.slice(3), ["b", "c"]);
});

test("EffectLoop sends nothing after the disk failed", async () => {
  const { loop, log, disk } = start();
  loop.push([save, link("a")]);
  disk[0]?.reject(new Error("full"));
  await turn();
  loop.push([link("b")]);
  assert.deepEqual(log, ["save 1", "failed Error: full"]);
});

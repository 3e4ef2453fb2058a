// What a scheduler is told before its call is looked at.
import assert from "node:assert/strict";
import { test } from "node:test";
import { systemClock } from "../../core/clock.ts";
import { silentLogger } from "../../core/logger.ts";
import { systemRandom } from "../../core/random.ts";
import { MemoryStore } from "../../store/memory-store.ts";
import { defaultMasterOptions } from "../options.ts";
import { MasterProcess } from "../run.ts";

/** What a fresh master answers to calls that accept `accept`, with its status in front. */
async function askAll(accept: string, calls: readonly object[]): Promise<string[]> {
  const master = new MasterProcess(
    { ...defaultMasterOptions, port: 0 },
    { clock: systemClock, logger: silentLogger, random: systemRandom, store: new MemoryStore() },
  );
  await master.start();
  try {
    const answers = calls.map(async (call) => {
      const response = await fetch(`http://127.0.0.1:${master.address.port}/api/v1/scheduler`, {
        method: "POST",
        headers: { "Content-Type": "application/json", Accept: accept },
        body: JSON.stringify(call),
      });
      return `${response.status} ${await response.text()}`;
    });
    return await Promise.all(answers);
  } finally {
    await master.stop();
  }
}

const framework_info = { user: "u", name: "n" };
const framework_id = { value: "x" };

test("a scheduler that accepts no media type is told so where its call has an answer", async () => {
  const words = "406 Expecting 'Accept' to allow 'application/x-protobuf' or 'application/json'";
  const answers = await askAll("text/plain", [
    { type: "SUBSCRIBE", subscribe: { framework_info } },
    { type: "RECONCILE_OPERATIONS", framework_id, reconcile_operations: {} },
    { type: "RECONCILE", framework_id, reconcile: {} },
  ]);
  assert.deepEqual(answers, [words, words, "400 Framework cannot be found"]);
});

test("a scheduler is told what is wrong with its call before what it accepts is looked at", async () => {
  const answers = await askAll("text/plain", [
    { type: "SUBSCRIBE", subscribe: { framework_info: { ...framework_info, id: { value: "y" } } } },
    { type: "RECONCILE_OPERATIONS", framework_id },
  ]);
  assert.deepEqual(answers, [
    "400 Failed to validate scheduler::Call: 'framework_id' differs from 'subscribe.framework_info.id'",
    "400 Failed to validate scheduler::Call: Expecting 'reconcile_operations' to be present",
  ]);
});

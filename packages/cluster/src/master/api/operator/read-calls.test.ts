import assert from "node:assert/strict";
import { test } from "node:test";
import { systemClock } from "../../../core/clock.ts";
import { silentLogger } from "../../../core/logger.ts";
import { systemRandom } from "../../../core/random.ts";
import { MemoryStore } from "../../../store/memory-store.ts";
import { type MasterOptions, defaultMasterOptions } from "../../options.ts";
import { MasterProcess } from "../../run.ts";

/** The text that a fresh master answers with. */
async function ask(path: string, { type, options }: { type?: string; options?: Partial<MasterOptions> }) {
  const master = new MasterProcess(
    { ...defaultMasterOptions, port: 0, ...options },
    { clock: systemClock, logger: silentLogger, random: systemRandom, store: new MemoryStore() },
  );
  await master.start();
  try {
    const response = await fetch(`http://127.0.0.1:${master.address.port}${path}`, {
      headers: { "Content-Type": "application/json", Accept: "application/json" },
      ...(type !== undefined && { method: "POST", body: JSON.stringify({ type }) }),
    });
    return await response.text();
  } finally {
    await master.stop();
  }
}

test("answerReadCall() leaves get_weights out while there are none", async () => {
  assert.equal(await ask("/api/v1", { type: "GET_WEIGHTS" }), '{"type":"GET_WEIGHTS"}');
  assert.equal(
    await ask("/api/v1", { type: "GET_WEIGHTS", options: { weights: { dev: 2 } } }),
    '{"type":"GET_WEIGHTS","get_weights":{"weight_infos":[{"weight":2,"role":"dev"}]}}',
  );
});

test("/system/stats.json tells of the machine, whatever the client accepts", async () => {
  const document = JSON.parse(await ask("/system/stats.json", {})) as Record<string, number>;
  assert.ok((document["cpus_total"] ?? 0) > 0);
});

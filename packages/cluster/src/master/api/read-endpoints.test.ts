// Which methods `/flags` answers.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { ACLs } from "@mezzo/wire";
import { systemClock } from "../../core/clock.ts";
import { silentLogger } from "../../core/logger.ts";
import { systemRandom } from "../../core/random.ts";
import { MemoryStore } from "../../store/memory-store.ts";
import { defaultMasterOptions } from "../options.ts";
import { MasterProcess } from "../run.ts";

/** The status of `POST /flags`. */
async function postFlags(acls?: ACLs): Promise<number> {
  const master = new MasterProcess(
    { ...defaultMasterOptions, port: 0, ...(acls === undefined ? {} : { acls }) },
    { clock: systemClock, logger: silentLogger, random: systemRandom, store: new MemoryStore() },
  );
  await master.start();
  try {
    const url = `http://127.0.0.1:${master.address.port}/flags`;
    return (await fetch(url, { method: "POST" })).status;
  } finally {
    await master.stop();
  }
}

test("/flags answers any method, and GET alone where there are rules about who may see it", async () => {
  assert.equal(await postFlags(), 200);
  assert.equal(
    await postFlags({ view_flags: [{ principals: { type: "ANY" }, flags: { type: "ANY" } }] }),
    405,
  );
});

// What is told of the machine has Mesos' names.
import assert from "node:assert/strict";
import { test } from "node:test";
import { systemStatistics } from "./system-statistics.ts";

test("systemStatistics() speaks with Mesos' names", () => {
  assert.deepEqual(systemStatistics({ cpus: 4, load: [1, 5, 15], freeBytes: 10, totalBytes: 20 }), {
    avg_load_15min: 15,
    avg_load_1min: 1,
    avg_load_5min: 5,
    cpus_total: 4,
    mem_free_bytes: 10,
    mem_total_bytes: 20,
  });
});

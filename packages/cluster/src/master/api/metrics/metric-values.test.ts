// Metrics of the registrar and of frameworks: which there are, under which names.
import assert from "node:assert/strict";
import { test } from "node:test";
import { TimerStatistics } from "../../../core/timer-statistics.ts";
import { subscribe } from "../../testing/cast.ts";
import { READ_SOURCES } from "../../testing/read-sources.ts";
import { Stage } from "../../testing/stage.ts";
import { metricValues } from "./metric-values.ts";

test("the registrar's metrics are there before anything was written", () => {
  const { state } = new Stage();
  const fresh = new Map(metricValues(state, READ_SOURCES));
  for (const name of ["queued_operations", "registry_size_bytes", "state_fetch_ms", "state_store_ms"]) {
    assert.equal(fresh.get(`registrar/${name}`), 0, name);
  }
  const store = new TimerStatistics();
  store.record(7);
  const later = new Map(
    metricValues(state, { ...READ_SOURCES, registrar: { ...READ_SOURCES.registrar, store } }),
  );
  assert.equal(later.get("registrar/state_store_ms"), 7);
  assert.equal(later.get("registrar/state_store_ms/count"), 1);
});

test("a framework's metrics spell its name as libprocess does", () => {
  const stage = new Stage();
  const { id } = subscribe(stage, { name: "a b/c~(d)" });
  const metrics = new Map(metricValues(stage.state, READ_SOURCES));
  assert.equal(metrics.get(`master/frameworks/a%20b%2Fc%7E(d)/${id}/subscribed`), 1);
});

test("metrics of each framework can be left out; those of all are there", () => {
  const named = (publishPerFrameworkMetrics: boolean): string[] => {
    const stage = new Stage({ publishPerFrameworkMetrics });
    const { id } = subscribe(stage);
    const names = [...metricValues(stage.state, READ_SOURCES)].map(([name]) => name);
    return names.filter((name) => name.includes(id) || name === "master/frameworks_active");
  };
  assert.deepEqual(named(false), ["master/frameworks_active"]);
  assert.ok(named(true).length > 1);
});

// Tests of the quota of sandboxes and volumes.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Resource } from "@mezzo/wire";
import { ManualClock } from "../../../net/testing/manual-clock.ts";
import type { ExecutorState } from "../../state.ts";
import { DiskWatch } from "./disk-watch.ts";

const MEGABYTE = 1024 * 1024;
const INTERVAL_MS = 1_000;

const disk = (value: number, more: Partial<Resource> = {}): Resource => ({
  name: "disk",
  type: "SCALAR",
  scalar: { value },
  ...more,
});

const persistence = { id: "data", principal: "p" };
const volume = disk(4, {
  reservations: [{ type: "DYNAMIC", role: "db" }],
  disk: { persistence, volume: { container_path: "data", mode: "RW" } },
});

/** Only what the watch looks at. */
const executorWith = (resources: Resource[]): ExecutorState =>
  ({
    containerId: "c",
    directory: "/work/sandbox",
    info: { executor_id: { value: "e" }, resources },
    queuedTasks: new Map(),
    launchedTasks: new Map(),
  }) as unknown as ExecutorState;

class Play {
  readonly clock = new ManualClock();
  readonly limited: string[] = [];
  readonly watch: DiskWatch;

  constructor(executor: ExecutorState, sizes: Record<string, number>, enforce = true) {
    this.watch = new DiskWatch(
      { workDir: "/work", intervalMs: INTERVAL_MS, enforce },
      {
        clock: this.clock,
        executors: () => [executor],
        measure: (path) => Promise.resolve(sizes[path]),
        limit: (_, { message }) => this.limited.push(message),
      },
    );
    this.watch.start();
  }

  async round(): Promise<void> {
    this.clock.advance(INTERVAL_MS);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

test("DiskWatch ends a container whose sandbox is above its quota", async () => {
  const sizes = { "/work/sandbox": 2 * MEGABYTE };
  const play = new Play(executorWith([disk(1.5), disk(0.5)]), sizes);
  await play.round();
  assert.deepEqual(play.limited, []);
  sizes["/work/sandbox"] += 4096;
  await play.round();
  assert.deepEqual(play.limited, ["Disk usage (2052KB) exceeds quota (2MB)"]);
});

test("DiskWatch only measures unless it shall enforce, and what has no quota not at all", async () => {
  const measured = new Play(executorWith([disk(1)]), { "/work/sandbox": 2 * MEGABYTE }, false);
  const free = new Play(executorWith([]), { "/work/sandbox": 2 * MEGABYTE });
  await Promise.all([measured.round(), free.round()]);
  assert.deepEqual([...measured.limited, ...free.limited], []);
  assert.equal(measured.watch.statisticsOf(executorWith([disk(1)])).disk_used_bytes, 2 * MEGABYTE);
  assert.deepEqual(free.watch.statisticsOf(executorWith([])), {});
});

test("DiskWatch counts persistent volumes for themselves", async () => {
  const executor = executorWith([disk(1), volume]);
  const play = new Play(executor, { "/work/sandbox": 4096, "/work/volumes/roles/db/data": 5 * MEGABYTE });
  await play.round();
  assert.deepEqual(play.limited, ["Disk usage (5MB) exceeds quota (4MB)"]);
  assert.deepEqual(play.watch.statisticsOf(executor), {
    disk_limit_bytes: MEGABYTE,
    disk_used_bytes: 4096,
    disk_statistics: [
      { persistence, limit_bytes: 4 * MEGABYTE, used_bytes: 5 * MEGABYTE },
      { limit_bytes: MEGABYTE, used_bytes: 4096 },
    ],
  });
});

test("DiskWatch leaves disks of their own alone", async () => {
  const source = { type: "MOUNT" as const, mount: { root: "/mnt/d" } };
  const mount = { ...volume, disk: { ...volume.disk, source } };
  const play = new Play(executorWith([mount]), { "/mnt/d": 5 * MEGABYTE });
  await play.round();
  assert.deepEqual(play.limited, []);
});

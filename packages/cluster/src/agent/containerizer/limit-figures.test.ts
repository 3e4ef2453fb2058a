// The limits that statistics show, of containers of either containerizer.
import assert from "node:assert/strict";
import { cpus, totalmem } from "node:os";
import { test } from "node:test";
import type { Resource } from "@mezzo/wire";
import { limitFigures } from "./limit-figures.ts";
import { limitsOfDocker } from "./docker/limits-of-docker.ts";

const MB = 1024 * 1024;
const amounts = (of: Record<string, number>): Resource[] =>
  Object.entries(of).map(([name, value]) => ({ name, type: "SCALAR", scalar: { value } }));

test("limitFigures() tells what is asked for, what is the most, and the machine where there is no limit", () => {
  const resources = amounts({ cpus: 0.5, mem: 64 });
  const asked = { cpus_soft_limit: 0.5, mem_soft_limit_bytes: 64 * MB };
  const of = (limits?: Record<string, number>, enableCfs = false): object =>
    limitFigures({ resources, ...(limits && { limits }) }, { enableCfs });
  assert.deepEqual(of(), { ...asked, mem_limit_bytes: 64 * MB });
  assert.deepEqual(of(undefined, true), { ...asked, cpus_limit: 0.5, mem_limit_bytes: 64 * MB });
  assert.deepEqual(of({ cpus: 2, mem: 128 }), { ...asked, cpus_limit: 2, mem_limit_bytes: 128 * MB });
  assert.deepEqual(of({ cpus: Infinity, mem: Infinity }, true), {
    ...asked,
    cpus_limit: cpus().length,
    mem_limit_bytes: totalmem(),
  });
  assert.deepEqual(limitFigures({ resources: [] }, { enableCfs: true }), {});
});

test("limitsOfDocker() reads the same from what Docker remembers", () => {
  const host = { NetworkMode: "host", CpuShares: 614, CpuQuota: 200_000, Memory: 128 * MB };
  assert.deepEqual(limitsOfDocker({ HostConfig: { ...host, MemoryReservation: 64 * MB } }), {
    cpus_soft_limit: 0.6,
    cpus_limit: 2,
    mem_soft_limit_bytes: 64 * MB,
    mem_limit_bytes: 128 * MB,
  });
  assert.deepEqual(limitsOfDocker({ HostConfig: { NetworkMode: "host" } }), {});
});

// Finds a container that an earlier agent started.
import { type ContainerRecord, isAlive, readRecord, readStatus } from "./container-record.ts";
import type { LiveMonitor } from "./find-live-monitors.ts";
import { bootId } from "./processes.ts";

/**
 * The record of a container that still runs, or undefined when it ended or never began. A container whose agent died
 * before it wrote the record is found by its monitor; one whose monitor was killed, by its leader.
 */
export function recoverRecord(
  { containerId, runtimeDir }: { containerId: string; runtimeDir: string },
  live: LiveMonitor | undefined,
): ContainerRecord | undefined {
  if (readStatus(runtimeDir)) return undefined;
  const record = readRecord(runtimeDir);
  if (record) {
    const lives = [record.monitor, record.leader].some((one) => isAlive(one, record.bootId));
    return lives ? record : undefined;
  }
  if (!live) return undefined;
  const { monitor, leader } = live;
  return {
    containerId,
    bootId,
    monitor: { pid: monitor.pid, startTime: monitor.startTime },
    leader: leader ? { pid: leader.pid, startTime: leader.startTime } : { pid: 0 },
    limits: {},
  };
}

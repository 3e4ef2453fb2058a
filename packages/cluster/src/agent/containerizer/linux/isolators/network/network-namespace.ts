// Network namespaces that a file keeps, whether a process is in them or not.
import { execFile } from "node:child_process";
import { readFileSync, statfsSync } from "node:fs";
import { rm, writeFile } from "node:fs/promises";
import { promisify } from "node:util";
import type { ResourceStatistics } from "@mezzo/wire";

const execute = promisify(execFile);

/** `NSFS_MAGIC` of linux/magic.h. */
const NSFS = 0x6e_73_66_73;

/** Makes one with its loopback interface up. */
export async function makeNetworkNamespace(path: string): Promise<void> {
  await writeFile(path, "", { mode: 0o600 });
  await execute("unshare", [`--net=${path}`, "ip", "link", "set", "lo", "up"]);
}

/** Whether the file keeps one: after a reboot it is nothing but a file. */
export function isNetworkNamespace(path: string): boolean {
  try {
    return statfsSync(path).type === NSFS;
  } catch {
    return false;
  }
}

/** Fine when there is none. What is in it goes on. */
export async function removeNetworkNamespace(path: string): Promise<void> {
  if (isNetworkNamespace(path)) await execute("umount", [path]);
  await rm(path, { force: true });
}

/** What went through the interfaces of the namespace that a process is in, but for loopback. */
export function measureInterfaces(pid: number): Partial<ResourceStatistics> {
  let text: string;
  try {
    text = readFileSync(`/proc/${pid}/net/dev`, "latin1");
  } catch {
    return {};
  }
  return parseInterfaces(text);
}

/** @see proc(5), /proc/net/dev */
export function parseInterfaces(text: string): Partial<ResourceStatistics> {
  const sums = Array.from({ length: 16 }, () => 0);
  for (const line of text.split("\n").slice(2)) {
    const [name, counts] = line.split(":");
    if (counts === undefined || name?.trim() === "lo") continue;
    for (const [index, count] of counts.trim().split(/\s+/).entries()) {
      sums[index] = (sums[index] ?? 0) + Number(count);
    }
  }
  const [rxBytes = 0, rxPackets = 0, rxErrors = 0, rxDropped = 0] = sums;
  const [txBytes = 0, txPackets = 0, txErrors = 0, txDropped = 0] = sums.slice(8);
  return {
    net_rx_bytes: rxBytes,
    net_rx_packets: rxPackets,
    net_rx_errors: rxErrors,
    net_rx_dropped: rxDropped,
    net_tx_bytes: txBytes,
    net_tx_packets: txPackets,
    net_tx_errors: txErrors,
    net_tx_dropped: txDropped,
  };
}

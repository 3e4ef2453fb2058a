// What a master says about itself.
import type { MasterInfo } from "@mezzo/wire";
import { mesosVersion } from "../core/build-info.ts";
import type { MasterOptions } from "./options.ts";

/** What every leading master of this version can do. @see Mesos src/master/constants.cpp MASTER_CAPABILITIES */
const CAPABILITIES = ["AGENT_UPDATE", "AGENT_DRAINING", "QUOTA_V2"] as const;

/** An IPv4 address as the number that Mesos writes: its bytes in network order, read on a little-endian machine. */
export function ipNumber(ip: string): number {
  const bytes = ip.split(".").map(Number);
  return bytes.reduceRight((number, byte) => number * 256 + byte, 0);
}

/** The master's info; `id` is a fresh UUID. */
export function createMasterInfo(
  options: MasterOptions,
  { id, ip, port }: { id: string; ip: string; port: number },
): MasterInfo {
  const { hostname, domain } = options;
  return {
    id,
    ip: ipNumber(ip),
    port,
    pid: `master@${ip}:${port}`,
    hostname,
    version: mesosVersion,
    address: { hostname, ip, port },
    ...(domain === undefined ? {} : { domain }),
    capabilities: CAPABILITIES.map((type) => ({ type })),
  };
}

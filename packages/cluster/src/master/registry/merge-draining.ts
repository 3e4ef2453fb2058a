// The records about draining as parts of the agents' entries, where Mesos' registry has them.
import { type DrainInfo, type Registry, decodeProtobuf } from "@mezzo/wire";
import { MAINTENANCE_KEYS } from "./maintenance-operations.ts";

type Records = ReadonlyMap<string, Uint8Array>;

/** What the records say about an agent. Throws when one cannot be read. */
function drainingOf(records: Records, id: string): { deactivated?: true; drain_info?: DrainInfo } {
  const key = MAINTENANCE_KEYS.draining + id;
  const bytes = records.get(key);
  const drainInfo = bytes === undefined ? undefined : decodeProtobuf("DrainInfo", bytes);
  if (drainInfo?.ok === false) throw new Error(`Cannot read the registry: ${key}: ${drainInfo.error}`);
  return {
    ...(records.has(MAINTENANCE_KEYS.deactivated + id) ? { deactivated: true } : {}),
    ...(drainInfo === undefined ? {} : { drain_info: drainInfo.value }),
  };
}

/** The registry with every admitted or unreachable agent's draining and deactivation. */
export function mergeDraining(registry: Registry, records: Records): Registry {
  const admitted = (registry.slaves?.slaves ?? []).map((slave) => ({
    ...slave,
    ...drainingOf(records, slave.info.id?.value ?? ""),
  }));
  const unreachable = (registry.unreachable?.slaves ?? []).map((slave) => ({
    ...slave,
    ...drainingOf(records, slave.id.value),
  }));
  return { ...registry, slaves: { slaves: admitted }, unreachable: { slaves: unreachable } };
}

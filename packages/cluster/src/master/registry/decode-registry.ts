// The records of the store as Mesos' registry.
import {
  type MessageName,
  type Messages,
  type Registry,
  type RegistryGoneSlave,
  type RegistryUnreachableSlave,
  decodeProtobuf,
} from "@mezzo/wire";
import { KEYS } from "./encode-operation.ts";
import { MAINTENANCE_KEYS } from "./maintenance-operations.ts";
import { mergeDraining } from "./merge-draining.ts";

/** Every record below a prefix. Throws when one cannot be read: a master must not forget what it wrote. */
function decodeAll<N extends MessageName>(
  records: ReadonlyMap<string, Uint8Array>,
  { prefix, name }: { prefix: string; name: N },
): Messages[N][] {
  const messages: Messages[N][] = [];
  for (const [key, bytes] of records) {
    if (!key.startsWith(prefix)) continue;
    const decoded = decodeProtobuf(name, bytes);
    if (!decoded.ok) throw new Error(`Cannot read the registry: ${key}: ${decoded.error}`);
    messages.push(decoded.value);
  }
  return messages;
}

/** Oldest first. */
function byTime(
  left: RegistryUnreachableSlave | RegistryGoneSlave,
  right: RegistryUnreachableSlave | RegistryGoneSlave,
): number {
  return left.timestamp.nanoseconds - right.timestamp.nanoseconds;
}

/** The whole registry. */
export function decodeRegistry(records: ReadonlyMap<string, Uint8Array>): Registry {
  const registry: Registry = {
    slaves: { slaves: decodeAll(records, { prefix: KEYS.agents, name: "RegistrySlave" }) },
    unreachable: {
      slaves: decodeAll(records, { prefix: KEYS.unreachable, name: "RegistryUnreachableSlave" }).sort(byTime),
    },
    weights: decodeAll(records, { prefix: KEYS.weights, name: "RegistryWeight" }),
    quota_configs: decodeAll(records, { prefix: KEYS.quotas, name: "QuotaConfig" }),
    gone: { slaves: decodeAll(records, { prefix: KEYS.gone, name: "RegistryGoneSlave" }).sort(byTime) },
    machines: {
      machines: decodeAll(records, { prefix: MAINTENANCE_KEYS.machines, name: "RegistryMachine" }),
    },
    schedules: decodeAll(records, { prefix: MAINTENANCE_KEYS.schedule, name: "MaintenanceSchedule" }),
  };
  return mergeDraining(registry, records);
}

// While nothing is being written the registry and the leading master say the same, record by record: the next master
// finds what this one believes.
import { isDeepStrictEqual } from "node:util";
import { type Registry, decodeProtobuf, encodeProtobuf } from "@mezzo/wire";
import { registryModel } from "../../../cluster/src/master/api/read/registry.ts";
import { decodeRegistry } from "../../../cluster/src/master/registry/decode-registry.ts";
import { MAINTENANCE_KEYS } from "../../../cluster/src/master/registry/maintenance-operations.ts";
import { machineKey } from "../../../cluster/src/master/machine-id.ts";
import type { MasterState } from "../../../cluster/src/master/state.ts";
import { violationsOf } from "../trace/violation.ts";

const violate = violationsOf("registry-equality");

type Records = ReadonlyMap<string, Uint8Array>;

/** The parts of a registry as entries by what they are about. */
function entriesOf(registry: Registry): Map<string, unknown> {
  const entries = new Map<string, unknown>();
  const add = <T>(kind: string, list: readonly T[] | undefined, idOf: (entry: T) => string): void => {
    for (const entry of list ?? []) entries.set(`${kind} ${idOf(entry)}`, entry);
  };
  add("agent", registry.slaves?.slaves, ({ info }) => info.id?.value ?? "");
  add("unreachable agent", registry.unreachable?.slaves, ({ id }) => id.value);
  add("gone agent", registry.gone?.slaves, ({ id }) => id.value);
  add("machine", registry.machines?.machines, ({ info }) => machineKey(info.id));
  add("schedule", registry.schedules, () => "of maintenance");
  add("weight", registry.weights, ({ info }) => info.role ?? "");
  add("quota", registry.quota_configs, ({ role }) => role);
  return entries;
}

/** As a reader of the registry would see it: what the wire does not carry is no difference. */
function throughWire(registry: Registry): Registry {
  const { master: _, minimum_capabilities: __, ...kept } = registry;
  const decoded = decodeProtobuf("Registry", encodeProtobuf("Registry", kept));
  if (!decoded.ok) throw new Error(`The master's registry cannot be decoded: ${decoded.error}`);
  return decoded.value;
}

/** Agents' draining and deactivation go with them; what is left behind would be another's one day, or nobody's for ever. */
function checkLeftovers(records: Records, kept: ReadonlyMap<string, unknown>): void {
  for (const prefix of [MAINTENANCE_KEYS.draining, MAINTENANCE_KEYS.deactivated]) {
    for (const key of records.keys()) {
      if (!key.startsWith(prefix)) continue;
      const id = key.slice(prefix.length);
      if (kept.has(`agent ${id}`) || kept.has(`unreachable agent ${id}`)) continue;
      violate(`The registry keeps ${key} of an agent that it does not have`, [id]);
    }
  }
}

/** Nobody waits for a write that is not under way. */
function checkNobodyWaits({ agents, maintenance, quotaChanges }: MasterState): void {
  const { leaving, registering, reregistering, drainChanges } = agents;
  const waiting = [...leaving.keys(), ...registering, ...reregistering.keys(), ...drainChanges.keys()];
  const [first] = waiting;
  if (first !== undefined) violate(`${first} waits for a write that nobody makes`, [first]);
  for (const [what, { writing }] of Object.entries({
    maintenance,
    quota: quotaChanges,
  })) {
    if (writing) violate(`A change of ${what} waits for a write that nobody makes`);
  }
}

/** Checks everything. Call it only while the master has no write on its way. */
export function checkRegistryEquality(records: Records, state: MasterState): void {
  if (!state.recovered) return;
  checkNobodyWaits(state);
  const kept = entriesOf(throughWire(decodeRegistry(records)));
  const believed = entriesOf(throughWire(registryModel(state)));
  for (const what of new Set([...kept.keys(), ...believed.keys()])) {
    const [there, here] = [kept.get(what), believed.get(what)];
    if (isDeepStrictEqual(there, here)) continue;
    violate(
      `${what}: the registry has ${JSON.stringify(there) ?? "nothing"}, the master ${JSON.stringify(here) ?? "nothing"}`,
      [what.slice(what.lastIndexOf(" ") + 1)],
    );
  }
  checkLeftovers(records, kept);
}

// GET /registrar(1)/registry: what another master would find, in the form of Mesos' own registry.
import { type Registry, type RegistryMinimumCapability, encodeJson } from "@mezzo/wire";
import type { DrainStatus } from "../../drain-status.ts";
import { isNoQuota } from "../../quota.ts";
import type { MasterState } from "../../state.ts";

function drainingOf({ deactivated, drainInfo }: DrainStatus): Pick<DrainEntry, "deactivated" | "drain_info"> {
  return {
    ...(deactivated ? { deactivated } : {}),
    ...(drainInfo === undefined ? {} : { drain_info: drainInfo }),
  };
}

type DrainEntry = NonNullable<NonNullable<Registry["slaves"]>["slaves"]>[number];

/** The agents by where they stand. */
function agentEntries({ agents }: MasterState): Pick<Registry, "slaves" | "unreachable" | "gone"> {
  const admitted = [...agents.registered.values(), ...agents.recovered.values()];
  const unreachable = [...agents.unreachable.values()];
  return {
    slaves: {
      slaves: admitted.map((agent) => ({
        info: { ...agent.info, id: { value: agent.id } },
        ...drainingOf(agent),
      })),
    },
    unreachable: {
      slaves: unreachable.map((agent) => ({
        id: { value: agent.id },
        timestamp: agent.time,
        ...drainingOf(agent),
      })),
    },
    gone: { slaves: [...agents.gone].map(([value, timestamp]) => ({ id: { value }, timestamp })) },
  };
}

/** What a master must know to make sense of all that is kept. @see Mesos src/master/registry.proto MinimumCapability */
function minimumCapabilities({ slaves, unreachable, quota_configs }: Registry): RegistryMinimumCapability[] {
  const agents = [...(slaves?.slaves ?? []), ...(unreachable?.slaves ?? [])];
  return [
    ...(agents.some(({ deactivated }) => deactivated) ? [{ capability: "AGENT_DRAINING" }] : []),
    ...((quota_configs ?? []).length > 0 ? [{ capability: "QUOTA_V2" }] : []),
  ];
}

/** Everything that is kept; nothing until the registry has been read. @see Mesos src/master/registrar.cpp getRegistry */
export function registryModel(state: MasterState): Registry {
  if (!state.recovered) return {};
  const { schedule, machines } = state.maintenance;
  const planned = [...machines.values()].filter(({ info }) => info.mode !== "UP");
  const registry = {
    master: { info: state.info },
    ...agentEntries(state),
    machines: { machines: planned.map(({ info }) => ({ info })) },
    schedules: schedule === undefined ? [] : [schedule],
    weights: [...state.weights].map(([role, weight]) => ({ info: { role, weight } })),
    quota_configs: [...state.quotas.values()].filter((config) => !isNoQuota(config)),
  };
  return { ...registry, minimum_capabilities: minimumCapabilities(registry) };
}

function isEmpty(part: object): boolean {
  const lists = Array.isArray(part) ? [part] : Object.values(part);
  return lists.every((list) => Array.isArray(list) && list.length === 0);
}

/** The same as Mesos writes it: parts without entries are left out, unset fields have their defaults. */
export function registryJson(state: MasterState): string {
  const parts = Object.entries(registryModel(state)).filter(([, part]) => !isEmpty(part as object));
  return encodeJson("Registry", Object.fromEntries(parts) as Registry);
}

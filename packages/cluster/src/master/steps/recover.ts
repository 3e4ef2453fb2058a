// The registry has been read: the master starts its work.
import { type Registry, upgradeResources } from "@mezzo/wire";
import { recoverMaintenance } from "../maintenance.ts";
import type { MasterState } from "../state.ts";
import { type Turn, log } from "../turn.ts";
import { recoverPolicy } from "./recover-policy.ts";

/** Agents as the registry has them. */
function recoverAgents(state: MasterState, registry: Registry): void {
  const { agents } = state;
  for (const { info, drain_info: drainInfo, deactivated = false } of registry.slaves?.slaves ?? []) {
    const id = info.id?.value;
    if (id === undefined) continue;
    agents.recovered.set(id, {
      id,
      info: { ...info, resources: upgradeResources(info.resources ?? []) },
      deactivated,
      ...(drainInfo === undefined ? {} : { drainInfo }),
    });
  }
  for (const { id, timestamp, drain_info: drainInfo, deactivated = false } of registry.unreachable?.slaves ??
    []) {
    agents.unreachable.set(id.value, {
      id: id.value,
      time: timestamp,
      deactivated,
      tasks: new Map(),
      ...(drainInfo === undefined ? {} : { drainInfo }),
    });
  }
  for (const { id, timestamp } of registry.gone?.slaves ?? []) agents.gone.set(id.value, timestamp);
}

/** Takes the registry over and lets agents and frameworks in. @see Mesos src/master/master.cpp Master::_recover */
export function recover(turn: Turn, registry: Registry): void {
  const { state } = turn;
  recoverAgents(state, registry);
  state.recoveredAgentCount = state.agents.recovered.size;
  recoverPolicy(turn, registry);
  recoverMaintenance(state, registry);
  state.recovered = true;
  state.electedTime = turn.now;
  const { agentReregisterTimeout, registryGcInterval } = state.options;
  turn.effects.push(
    {
      type: "set-timer",
      key: "recovered-agents/",
      delayMs: agentReregisterTimeout,
      input: { timer: "recovered-agents" },
    },
    { type: "set-timer", key: "registry-gc/", delayMs: registryGcInterval, input: { timer: "registry-gc" } },
  );
  log(turn, "info", { message: "Recovered the registry", facts: { agents: state.agents.recovered.size } });
}

// What has to be taken back before a cluster is as it was.
import { isNoQuota } from "../../../cluster/src/master/quota.ts";
import type { MasterState } from "../../../cluster/src/master/state.ts";
import type { MasterRun, OperatorInput } from "../master/master-run.ts";
import { withoutQuota } from "./policy-moves.ts";

/** Machines that are down come up first: until then they cannot leave the schedule. */
function endMaintenance({ maintenance }: MasterState): OperatorInput[] {
  if (maintenance.writing) return [];
  const down = [...maintenance.machines.values()].filter(({ info }) => info.mode === "DOWN");
  if (down.length > 0) return [{ type: "stop-maintenance", machines: down.map(({ info }) => info.id) }];
  const planned = (maintenance.schedule?.windows ?? []).length > 0;
  return planned ? [{ type: "update-maintenance-schedule", schedule: {} }] : [];
}

/** Nothing when the cluster is in full service. */
export function restoringActions({ state }: MasterRun): OperatorInput[] {
  const { agents, quotas } = state;
  const out = [...agents.registered, ...agents.recovered, ...agents.unreachable].filter(
    ([, { deactivated, drainInfo }]) => deactivated || drainInfo !== undefined,
  );
  return [
    ...out
      // One that is being drained is drained first.
      .filter(([, { drainInfo }]) => drainInfo?.state !== "DRAINING")
      .map(([agentId]): OperatorInput => ({ type: "reactivate-agent", agentId })),
    ...endMaintenance(state),
    ...[...quotas.values()].filter((config) => !isNoQuota(config)).map(({ role }) => withoutQuota(role)),
  ];
}

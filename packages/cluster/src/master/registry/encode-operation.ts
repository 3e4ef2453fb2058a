// Registry operations as changes of keyed records. A record is one message of Mesos' own registry.
import { encodeProtobuf } from "@mezzo/wire";
import type { RegistryChange } from "../../store/registry-store.ts";
import { isNoQuota } from "../quota.ts";
import { encodeMaintenance, endOfDraining } from "./maintenance-operations.ts";
import type { RegistryOperation } from "./operations.ts";

/** Where the records of a kind are. */
export const KEYS = {
  agents: "agents/",
  unreachable: "unreachable/",
  gone: "gone/",
  weights: "weights/",
  quotas: "quotas/",
} as const;

/** The changes of one operation; they belong into one commit. */
export function encodeOperation(operation: RegistryOperation): RegistryChange[] {
  switch (operation.kind) {
    case "admit-agent":
    case "update-agent":
    case "mark-agent-reachable": {
      const { info } = operation;
      const id = info.id?.value ?? "";
      const admitted = { key: KEYS.agents + id, value: encodeProtobuf("RegistrySlave", { info }) };
      if (operation.kind !== "mark-agent-reachable") return [admitted];
      return [admitted, { key: KEYS.unreachable + id, value: undefined }];
    }
    case "remove-agent":
      return [
        { key: KEYS.agents + operation.agentId, value: undefined },
        ...endOfDraining(operation.agentId),
      ];
    case "mark-agent-unreachable": {
      const { agentId: value, time: timestamp } = operation;
      return [
        { key: KEYS.agents + value, value: undefined },
        {
          key: KEYS.unreachable + value,
          value: encodeProtobuf("RegistryUnreachableSlave", { id: { value }, timestamp }),
        },
      ];
    }
    case "mark-agent-gone": {
      const { agentId: value, time: timestamp } = operation;
      return [
        { key: KEYS.agents + value, value: undefined },
        { key: KEYS.unreachable + value, value: undefined },
        { key: KEYS.gone + value, value: encodeProtobuf("RegistryGoneSlave", { id: { value }, timestamp }) },
        ...endOfDraining(value),
      ];
    }
    case "update-weights":
      return operation.weights.map((info) => ({
        key: KEYS.weights + info.role,
        value: encodeProtobuf("RegistryWeight", { info }),
      }));
    case "update-quota":
      return operation.configs.map((config) => ({
        key: KEYS.quotas + config.role,
        value: isNoQuota(config) ? undefined : encodeProtobuf("QuotaConfig", config),
      }));
    case "update-maintenance":
    case "drain-agent":
    case "deactivate-agent":
    case "reactivate-agent":
      return encodeMaintenance(operation);
    case "prune":
      return [
        ...operation.unreachable.flatMap((id) => [
          { key: KEYS.unreachable + id, value: undefined },
          ...endOfDraining(id),
        ]),
        ...operation.gone.map((id) => ({ key: KEYS.gone + id, value: undefined })),
      ];
  }
}

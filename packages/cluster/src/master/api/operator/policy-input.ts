// Calls of the operator API about weights and quota, as inputs of the master.
import type { MasterCall } from "@mezzo/wire";
import type { MasterInput } from "../../inputs.ts";

type PolicyInput = Extract<
  MasterInput,
  { type: "update-weights" | "update-quota" | "set-quota" | "remove-quota" }
>;

/** An input that has not got the number of its request yet. */
type Unnumbered<Input> = Input extends unknown ? Omit<Input, "request"> : never;

/** The input that a call becomes; undefined for calls about something else. */
export function policyInput(call: MasterCall): Unnumbered<PolicyInput> | undefined {
  const { update_weights: weights, update_quota: update, set_quota: set, remove_quota: remove } = call;
  switch (call.type) {
    case "UPDATE_WEIGHTS":
      return weights && { type: "update-weights", weights: weights.weight_infos ?? [] };
    case "UPDATE_QUOTA":
      return (
        update && {
          type: "update-quota",
          configs: update.quota_configs ?? [],
          force: update.force ?? false,
        }
      );
    case "SET_QUOTA":
      return set && { type: "set-quota", quota: set.quota_request };
    case "REMOVE_QUOTA":
      return remove && { type: "remove-quota", role: remove.role };
    default:
      return undefined;
  }
}

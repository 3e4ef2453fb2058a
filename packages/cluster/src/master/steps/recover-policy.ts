// Weights and quota as the registry has them, when a master takes over.
import type { Registry } from "@mezzo/wire";
import { holdOff } from "../../allocator/hold-off.ts";
import { updateQuota } from "../../allocator/update-quota.ts";
import { updateWeights } from "../../allocator/update-weights.ts";
import { DEFAULT_WEIGHT } from "../default-weight.ts";
import { normalizeQuota, quotaOf } from "../quota.ts";
import { type Turn, log } from "../turn.ts";

/** Weights in the registry replace those of `--weights`, which are written down only when there are none. */
function recoverWeights(turn: Turn, registry: Registry): void {
  const { weights, allocator } = turn.state;
  const recovered = (registry.weights ?? []).map(({ info }) => [info.role ?? "", info.weight] as const);
  if (recovered.length > 0) {
    if (weights.size > 0) {
      log(turn, "warn", { message: "Ignoring --weights and recovering the weights from registry" });
    }
    updateWeights(
      allocator,
      [...weights.keys()].map((role) => [role, DEFAULT_WEIGHT] as const),
    );
    weights.clear();
    for (const [role, weight] of recovered) weights.set(role, weight);
    updateWeights(allocator, recovered);
  } else if (weights.size > 0) {
    turn.effects.push({
      type: "persist",
      operations: [
        { kind: "update-weights", weights: [...weights].map(([role, weight]) => ({ role, weight })) },
      ],
      continuation: { kind: "nothing" },
    });
  }
}

/** Takes weights and quota over; with quota, offers wait until most agents are back. @see Mesos src/master/master.cpp Master::_recover */
export function recoverPolicy(turn: Turn, registry: Registry): void {
  const { quotas, allocator } = turn.state;
  recoverWeights(turn, registry);
  for (const config of registry.quota_configs ?? []) {
    quotas.set(config.role, normalizeQuota(config));
    updateQuota(allocator, config.role, quotaOf(config));
  }
  const { allocatorAgentRecoveryFactor, allocatorRecoveryTimeout } = turn.state.options;
  holdOff(allocator, {
    agents: Math.floor((registry.slaves?.slaves ?? []).length * allocatorAgentRecoveryFactor),
    untilMs: turn.now + allocatorRecoveryTimeout,
  });
}

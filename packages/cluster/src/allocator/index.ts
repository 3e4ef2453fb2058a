// The allocator's public face: a state, one function an operation, `allocate`, and what can be read from it.
export { activateAgent } from "./activate-agent.ts";
export { activateFramework } from "./activate-framework.ts";
export { addAgent, type AgentFacts } from "./add-agent.ts";
export { addFramework, type FrameworkFacts } from "./add-framework.ts";
export { allocate, type Allocation } from "./allocate.ts";
export {
  compileOfferConstraints,
  type OfferConstraintsFilter,
} from "./constraints/compile-offer-constraints.ts";
export { DEFAULT_REGEX_LIMITS, type RegexLimits } from "./constraints/regex-limits.ts";
export { deactivateAgent } from "./deactivate-agent.ts";
export { deactivateFramework } from "./deactivate-framework.ts";
export * from "./inspect.ts";
export { parseMinAllocatable } from "./min-allocatable.ts";
export { nextWakeAt } from "./next-wake-at.ts";
export type { AllocatorOptions, RandomNumber } from "./options.ts";
export { recoverResources, type Recovery } from "./recover-resources.ts";
export { removeAgent } from "./remove-agent.ts";
export { removeFramework } from "./remove-framework.ts";
export { reviveOffers } from "./revive-offers.ts";
export { type AllocatorState, createAllocator } from "./state.ts";
export { suppressOffers } from "./suppress-offers.ts";
export { type AgentUpdate, updateAgent } from "./update-agent.ts";
export { type AllocationUpdate, updateAllocation } from "./update-allocation.ts";
export { updateAvailable } from "./update-available.ts";
export { updateFramework } from "./update-framework.ts";
export { updateWeights } from "./update-weights.ts";
export { updateWhitelist } from "./update-whitelist.ts";

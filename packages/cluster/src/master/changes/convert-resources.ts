// What an agent has changes its form: reserved, made a volume, and back.
import { type ResourceConversion, applyConversions, needsCheckpointing } from "@mezzo/wire";
import type { Agent } from "../agent.ts";

/**
 * Applies conversions to what the agent has in all; they carry no allocations. Throws when they do not apply: whoever
 * calls has checked. @see Mesos src/master/master.cpp Slave::apply
 */
export function convertResources(agent: Agent, conversions: readonly ResourceConversion[]): void {
  const total = applyConversions(agent.totalResources, conversions);
  if (!total.ok) throw new Error(`Cannot change the resources of agent ${agent.id}: ${total.error}`);
  agent.totalResources = total.value;
  agent.checkpointedResources = total.value.filter(needsCheckpointing);
  for (const conversion of conversions) {
    const provider = agent.resourceProviders.get(conversion.consumed[0]?.provider_id?.value ?? "");
    if (provider === undefined) continue;
    const converted = applyConversions(provider.totalResources, [conversion]);
    if (converted.ok) provider.totalResources = converted.value;
  }
}

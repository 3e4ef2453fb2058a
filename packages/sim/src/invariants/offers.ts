// Every offer belongs to an active framework and an active agent, and all three know it.
import type { MasterState } from "../../../cluster/src/master/state.ts";
import { violationsOf } from "../trace/violation.ts";

const violate = violationsOf("offers");

/** Checks one outstanding offer. */
export function checkOffer(state: MasterState, offerId: string): void {
  const record = state.offers.get(offerId);
  if (record === undefined) return violate(`Offer ${offerId} is listed and does not exist`, [offerId]);
  const { frameworkId, agentId, role } = record;
  const entities = [offerId, frameworkId, agentId];
  const framework = state.frameworks.registered.get(frameworkId);
  const agent = state.agents.registered.get(agentId);
  if (framework?.offers.has(offerId) !== true)
    return violate(`Offer ${offerId} is not its framework's`, entities);
  if (agent?.offers.has(offerId) !== true) return violate(`Offer ${offerId} is not its agent's`, entities);
  if (!framework.active) violate(`Offer ${offerId} is with a framework that is not active`, entities);
  if (!agent.active) violate(`Offer ${offerId} is of an agent that is not active`, entities);
  if (!framework.roles.has(role))
    violate(`Offer ${offerId} is for ${role}, which its framework left`, entities);
  for (const resource of record.offer.resources ?? []) {
    if (resource.allocation_info?.role !== role)
      violate(`Offer ${offerId} holds resources of another role`, entities);
  }
  return undefined;
}

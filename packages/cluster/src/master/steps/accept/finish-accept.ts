// What the operations of an ACCEPT have left goes back to the allocator.
import { addResources, subtractResources } from "@mezzo/wire";
import type { Filters } from "@mezzo/wire";
import { updateAllocation } from "../../../allocator/update-allocation.ts";
import { recoverResources } from "../../changes/recover-resources.ts";
import type { Turn } from "../../turn.ts";
import type { Accepted } from "./accepted.ts";

/**
 * Tells the allocator what became of the offers. What an operation made (a reservation, a volume) is offered again at
 * once; what the framework left as it was is declined with the call's filter. Mesos forgets here what shrinking freed,
 * where there was more of its kind in the offers.
 * @see Mesos src/master/master.cpp Master::_accept
 */
export function finishAccept(turn: Turn, accepted: Accepted, filters: Filters): void {
  const { framework, agent, offered, available, resized, conversions } = accepted;
  const owner = { frameworkId: framework.id, agentId: agent.id };
  if (conversions.length === 0) {
    recoverResources(turn, { ...owner, resources: available, filters });
    return;
  }
  updateAllocation(turn.state.allocator, { ...owner, offered, conversions });
  const left = addResources(available, resized);
  const made = subtractResources(left, offered);
  recoverResources(turn, { ...owner, resources: made });
  recoverResources(turn, { ...owner, resources: subtractResources(left, made), filters });
}

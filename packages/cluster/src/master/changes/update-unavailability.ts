// A machine's maintenance was planned, moved or called off.
import type { Unavailability } from "@mezzo/wire";
import { updateUnavailability as updateInAllocator } from "../../allocator/inverse-offers/update-unavailability.ts";
import type { Machine } from "../maintenance.ts";
import type { Turn } from "../turn.ts";
import { endInverseOffers } from "./end-inverse-offers.ts";
import { endOffers } from "./remove-offer.ts";

/**
 * Takes back all offers and inverse offers about the machine's agents; new ones follow and say what is planned now.
 * @see Mesos src/master/master.cpp Master::updateUnavailability
 */
export function updateUnavailability(
  turn: Turn,
  machine: Machine,
  unavailability: Unavailability | undefined,
): void {
  const { state } = turn;
  const { unavailability: _, ...info } = machine.info;
  machine.info = unavailability === undefined ? info : { ...info, unavailability };
  for (const agentId of machine.agents) {
    const agent = state.agents.registered.get(agentId);
    if (agent === undefined) continue;
    if (unavailability === undefined) delete agent.unavailability;
    else agent.unavailability = unavailability;
    endOffers(turn, agent.offers, "rescind");
    endInverseOffers(turn, { agentId }, "rescind");
    updateInAllocator(state.allocator, agentId, unavailability);
    state.allocationWanted = true;
  }
}

// The end of a turn: one allocation, and its offers in one event a framework.
import type { Offer } from "@mezzo/wire";
import { type Allocation, allocate } from "../../allocator/allocate.ts";
import type { Agent } from "../agent.ts";
import { addOffer } from "../changes/remove-offer.ts";
import { recoverResources } from "../changes/recover-resources.ts";
import type { Framework } from "../framework.ts";
import { nextOfferId } from "../ids.ts";
import { parsePid } from "../pid.ts";
import { sendOffers } from "../send/send-offers.ts";
import type { MasterState } from "../state.ts";
import type { Turn } from "../turn.ts";
import { sendAllocatedInverseOffers } from "./inverse-offers/send-allocated-inverse-offers.ts";

/** The offer as it is kept; frameworks see it in the form they understand. */
function createOffer(
  state: MasterState,
  allocation: Allocation,
  { agent, framework }: { agent: Agent; framework: Framework },
): Offer {
  const { id, ip, port } = parsePid(agent.pid);
  const executorIds = [...(agent.executors.get(framework.id)?.keys() ?? [])];
  const { unavailability } = agent;
  const { attributes = [] } = agent.info;
  return {
    id: { value: nextOfferId(state) },
    framework_id: framework.frameworkId,
    agent_id: agent.agentId,
    hostname: agent.info.hostname,
    url: { scheme: "http", address: { hostname: agent.info.hostname, ip, port }, path: `/${id}` },
    ...(agent.info.domain === undefined ? {} : { domain: agent.info.domain }),
    resources: allocation.resources,
    ...(attributes.length > 0 ? { attributes } : {}),
    ...(executorIds.length > 0 ? { executor_ids: executorIds.map((value) => ({ value })) } : {}),
    ...(unavailability === undefined ? {} : { unavailability }),
    allocation_info: { role: allocation.role },
  };
}

/** Turns one framework's allocations into offers. @see Mesos src/master/master.cpp Master::offer */
function offerTo(turn: Turn, framework: Framework, allocations: readonly Allocation[]): void {
  const { state } = turn;
  const offers: Offer[] = [];
  const pids: string[] = [];
  for (const allocation of allocations) {
    const agent = state.agents.registered.get(allocation.agentId);
    if (agent === undefined || !agent.active || !framework.active || framework.state !== "connected") {
      recoverResources(turn, allocation);
      continue;
    }
    const offer = createOffer(state, allocation, { agent, framework });
    const offerId = offer.id.value;
    addOffer(state, {
      id: offerId,
      frameworkId: framework.id,
      agentId: agent.id,
      role: allocation.role,
      createdMs: turn.now,
      offer,
    });
    if (state.options.offerTimeout !== undefined) {
      turn.effects.push({
        type: "set-timer",
        key: `offer-timeout/${offerId}`,
        delayMs: state.options.offerTimeout,
        input: { timer: "offer-timeout", offerId },
      });
    }
    offers.push(offer);
    pids.push(agent.pid);
  }
  sendOffers(turn, framework, { offers, pids });
}

/** Allocates if anything asks for it. */
export function allocateOffers(turn: Turn): void {
  const { state } = turn;
  state.allocationWanted = false;
  const byFramework = new Map<string, Allocation[]>();
  for (const allocation of allocate(state.allocator, turn.now)) {
    const list = byFramework.get(allocation.frameworkId);
    if (list === undefined) byFramework.set(allocation.frameworkId, [allocation]);
    else list.push(allocation);
  }
  for (const [frameworkId, allocations] of byFramework) {
    const framework = state.frameworks.registered.get(frameworkId);
    if (framework !== undefined) offerTo(turn, framework, allocations);
  }
  sendAllocatedInverseOffers(turn);
}

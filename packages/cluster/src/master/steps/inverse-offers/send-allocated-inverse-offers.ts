// The end of a turn, after the offers: who is asked to leave which agent.
import type { InverseOffer } from "@mezzo/wire";
import {
  type InverseAllocation,
  allocateInverseOffers,
} from "../../../allocator/inverse-offers/allocate-inverse-offers.ts";
import type { Agent } from "../../agent.ts";
import type { Framework } from "../../framework.ts";
import { nextOfferId } from "../../ids.ts";
import { addInverseOffer } from "../../inverse-offer.ts";
import { parsePid } from "../../pid.ts";
import { sendInverseOffers } from "../../send/send-inverse-offers.ts";
import type { Turn } from "../../turn.ts";

/** Without resources: it is about all that the framework has on the agent. */
function createInverseOffer(
  turn: Turn,
  { agent, framework }: { agent: Agent; framework: Framework },
  { unavailability }: InverseAllocation,
): InverseOffer {
  const { id, ip, port } = parsePid(agent.pid);
  const { hostname } = agent.info;
  return {
    id: { value: nextOfferId(turn.state) },
    url: { scheme: "http", address: { hostname, ip, port }, path: `/${id}` },
    framework_id: framework.frameworkId,
    agent_id: agent.agentId,
    unavailability,
  };
}

/** @see Mesos src/master/master.cpp Master::inverseOffer */
function askFramework(turn: Turn, framework: Framework, asked: readonly InverseAllocation[]): void {
  const { state } = turn;
  const inverseOffers: InverseOffer[] = [];
  const pids: string[] = [];
  for (const allocation of asked) {
    const agent = state.agents.registered.get(allocation.agentId);
    if (agent === undefined) continue;
    const inverseOffer = createInverseOffer(turn, { agent, framework }, allocation);
    const id = inverseOffer.id.value;
    addInverseOffer(state.inverseOffers, { id, frameworkId: framework.id, agentId: agent.id, inverseOffer });
    if (state.options.offerTimeout !== undefined) {
      turn.effects.push({
        type: "set-timer",
        key: `offer-timeout/${id}`,
        delayMs: state.options.offerTimeout,
        input: { timer: "offer-timeout", offerId: id },
      });
    }
    inverseOffers.push(inverseOffer);
    pids.push(agent.pid);
  }
  sendInverseOffers(turn, framework, { inverseOffers, pids });
}

/** Asks everybody whom the allocator names: only active frameworks, about active agents. */
export function sendAllocatedInverseOffers(turn: Turn): void {
  const { allocator, frameworks } = turn.state;
  const byFramework = new Map<string, InverseAllocation[]>();
  for (const allocation of allocateInverseOffers(allocator, turn.now)) {
    const list = byFramework.get(allocation.frameworkId);
    if (list === undefined) byFramework.set(allocation.frameworkId, [allocation]);
    else list.push(allocation);
  }
  for (const [frameworkId, asked] of byFramework) {
    const framework = frameworks.registered.get(frameworkId);
    if (framework !== undefined) askFramework(turn, framework, asked);
  }
}

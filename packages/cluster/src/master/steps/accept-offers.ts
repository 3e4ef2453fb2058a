// ACCEPT: use offers. What the operations leave goes back with the call's filter.
import {
  type OfferOperation,
  type Resource,
  type SchedulerCallAccept,
  addResources,
  isShared,
} from "@mezzo/wire";
import { discardOffer, removeOffer } from "../changes/remove-offer.ts";
import type { Framework } from "../framework.ts";
import type { OfferRecord } from "../offer.ts";
import type { Turn } from "../turn.ts";
import type { Accepted } from "./accept/accepted.ts";
import { finishAccept } from "./accept/finish-accept.ts";
import { type PreparedOperation, prepareOperation } from "./accept/prepare-operation.ts";
import { runResourceOperation } from "./accept/run-resource-operation.ts";
import { tasksOf } from "./accept/tasks-of.ts";
import { checkOffers } from "./check-offers.ts";
import { dropOperation } from "./drop-operation.ts";
import { launchGroup } from "./launch/launch-group.ts";
import { launchTasks } from "./launch/launch-tasks.ts";
import { type LaunchRefusal, droppedState, refuseTasks } from "./launch/refuse-tasks.ts";

/** Refuses every launch of the call alike. */
function refuseLaunches(
  turn: Turn,
  framework: Framework,
  { operations, refusal }: { operations: readonly OfferOperation[]; refusal: LaunchRefusal },
): void {
  for (const operation of operations) {
    refuseTasks(turn, framework, { tasks: tasksOf(operation), refusal });
  }
}

/** Refuses everything in a call whose offers are not valid. */
function refuseAll(
  turn: Turn,
  framework: Framework,
  { operations, error }: { operations: readonly OfferOperation[]; error: string },
): void {
  const refusal: LaunchRefusal = {
    state: droppedState(framework),
    reason: "REASON_INVALID_OFFERS",
    message: `Task launched with invalid offers: ${error}`,
  };
  for (const operation of operations) {
    if (operation.type === "LAUNCH" || operation.type === "LAUNCH_GROUP") {
      refuseLaunches(turn, framework, { operations: [operation], refusal });
    } else {
      dropOperation(turn, framework, {
        operation,
        message: `Operation attempted with invalid offers: ${error}`,
      });
    }
  }
}

/** Carries out one operation. */
function runOperation(turn: Turn, accepted: Accepted, prepared: PreparedOperation): void {
  switch (prepared.kind) {
    case "launch":
      accepted.available = launchTasks(turn, prepared.tasks, accepted);
      return;
    case "group":
      accepted.available = launchGroup(turn, prepared, accepted);
      return;
    case "resources":
      return runResourceOperation(turn, accepted, prepared.operation);
  }
}

/** Counts launches, and launches without tasks as declines. */
function countLaunches(turn: Turn, operations: readonly OfferOperation[]): void {
  for (const operation of operations) {
    if (operation.type !== "LAUNCH") continue;
    const launches = tasksOf(operation).length > 0;
    turn.state.counters[launches ? "messages_launch_tasks" : "messages_decline_offers"]++;
  }
}

/** Takes the offers off the books; all that they held. */
function takeOffers(turn: Turn, framework: Framework, offers: readonly OfferRecord[]): readonly Resource[] {
  let offered: readonly Resource[] = [];
  for (const offer of offers) {
    const resources = offer.offer.resources ?? [];
    offered = offered.length === 0 ? resources : addResources(offered, resources);
    framework.counters.offersAccepted++;
    removeOffer(turn, offer);
  }
  return offered;
}

/** Uses the offers and gives the rest back. */
function useOffers(
  turn: Turn,
  { offers, framework }: { offers: readonly OfferRecord[]; framework: Framework },
  call: SchedulerCallAccept,
): void {
  const operations = call.operations ?? [];
  const [first] = offers;
  const agent = turn.state.agents.registered.get(first?.agentId ?? "");
  if (first === undefined || agent === undefined) return;
  const { role } = first;
  if (!agent.connected) {
    const refusal: LaunchRefusal = {
      state: droppedState(framework),
      reason: "REASON_AGENT_DISCONNECTED",
      message: "Agent disconnected",
    };
    refuseLaunches(turn, framework, { operations, refusal });
    for (const offer of offers) discardOffer(turn, offer);
    return;
  }
  const prepared = operations.map((operation) =>
    prepareOperation(turn, operation, { framework, agent, role }),
  );
  const offered = takeOffers(turn, framework, offers);
  const accepted: Accepted = {
    framework,
    agent,
    role,
    offered,
    available: offered,
    resized: [],
    shared: offered.filter(isShared),
    conversions: [],
  };
  for (const operation of prepared) {
    if (operation !== undefined) runOperation(turn, accepted, operation);
  }
  finishAccept(turn, accepted, call.filters ?? {});
}

/** Handles the call. @see Mesos src/master/master.cpp Master::accept and _accept */
export function acceptOffers(turn: Turn, framework: Framework, call: SchedulerCallAccept): void {
  const operations = call.operations ?? [];
  countLaunches(turn, operations);
  const { offers, error } = checkOffers(turn.state, framework, call.offer_ids ?? []);
  if (error === undefined) return useOffers(turn, { offers, framework }, call);
  for (const offer of offers) discardOffer(turn, offer);
  return refuseAll(turn, framework, { operations, error });
}

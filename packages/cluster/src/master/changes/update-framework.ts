// A framework changes what it said about itself.
import { type FrameworkInfo, frameworkRoles } from "@mezzo/wire";
import { updateFramework as updateInAllocator } from "../../allocator/update-framework.ts";
import { type Framework, frameworkCapabilities } from "../framework.ts";
import { NO_PID } from "../no-pid.ts";
import { sendFrameworkEvent } from "../send/send-operator-event.ts";
import type { Turn } from "../turn.ts";
import type { FrameworkTerms } from "./framework-terms.ts";
import { rescindOffer } from "./remove-offer.ts";
import { trackRole, untrackUnusedRole } from "./track-role.ts";

/** What can change together. */
export interface FrameworkChange {
  info: FrameworkInfo;
  terms: FrameworkTerms;
}

/** Applies a checked change; offers of roles that the framework left are rescinded. */
export function updateFramework(turn: Turn, framework: Framework, change: FrameworkChange): void {
  const { state } = turn;
  const { suppressedRoles, offerConstraints, constraintsFilter } = change.terms;
  updateInAllocator(state.allocator, {
    frameworkId: framework.id,
    info: change.info,
    suppressedRoles,
    ...(constraintsFilter === undefined ? {} : { constraints: constraintsFilter }),
  });
  state.allocationWanted = true;
  const newRoles = frameworkRoles(change.info);
  for (const id of framework.offers) {
    const record = state.offers.get(id);
    if (record !== undefined && !newRoles.has(record.role)) rescindOffer(turn, record);
  }
  const oldRoles = framework.roles;
  framework.info = change.info;
  framework.roles = newRoles;
  framework.capabilities = frameworkCapabilities(change.info);
  framework.suppressedRoles = new Set(suppressedRoles);
  framework.offerConstraints = offerConstraints;
  for (const role of oldRoles) if (!newRoles.has(role)) untrackUnusedRole(state, framework, role);
  for (const role of newRoles) trackRole(state, framework, role);
}

/** The message that tells an agent about a framework. */
export function frameworkUpdateFor(framework: Framework): {
  framework_id: { value: string };
  pid: string;
  framework_info: FrameworkInfo;
} {
  const pid = framework.connection?.kind === "driver" ? framework.connection.pid : NO_PID;
  return { framework_id: framework.frameworkId, pid, framework_info: framework.info };
}

/** Tells every agent and the operators. @see Mesos src/master/master.cpp Master::sendFrameworkUpdates */
export function sendFrameworkUpdates(turn: Turn, framework: Framework): void {
  sendFrameworkEvent(turn, framework, "FRAMEWORK_UPDATED");
  const body = frameworkUpdateFor(framework);
  for (const agent of turn.state.agents.registered.values()) {
    turn.effects.push({ type: "send-message", to: agent.pid, name: "UpdateFrameworkMessage", body });
  }
}

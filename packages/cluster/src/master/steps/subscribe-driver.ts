// SUBSCRIBE of an older driver, which is reached at its libprocess address.
import { type SchedulerCallSubscribe, preserveImmutableFields, validateFrameworkUpdate } from "@mezzo/wire";
import { refuseStranger } from "../authentication/admission.ts";
import { refuseFramework } from "../authorization/refusals.ts";
import { addFramework, connect } from "../changes/add-framework.ts";
import { activate, closeConnection } from "../changes/disconnect-framework.ts";
import { endInverseOffers } from "../changes/end-inverse-offers.ts";
import { recoverFramework } from "../changes/recover-framework.ts";
import { endOffers } from "../changes/remove-offer.ts";
import { type FrameworkChange, sendFrameworkUpdates, updateFramework } from "../changes/update-framework.ts";
import type { Framework } from "../framework.ts";
import { nextFrameworkId } from "../ids.ts";
import { sendError } from "../send/send-error.ts";
import { sendFrameworkEvent } from "../send/send-operator-event.ts";
import { sendSubscribed } from "../send/send-subscribed.ts";
import { type Turn, log } from "../turn.ts";
import { checkFrameworkInfo, checkTerms } from "./check-subscription.ts";

/** One subscription of a driver; `force` says that an older scheduler of this framework is to go. */
export interface DriverSubscription {
  subscribe: SchedulerCallSubscribe;
  from: string;
  force: boolean;
  /** Who the driver has proved to be, if anyone. */
  principal?: string;
}

/** Sends a FrameworkErrorMessage to an address that may be no framework's. */
export function refuseDriver(turn: Turn, to: string, message: string): void {
  log(turn, "info", { message: "Refusing a scheduler driver", facts: { to, reason: message } });
  turn.effects.push({ type: "send-message", to, name: "FrameworkErrorMessage", body: { message } });
}

/** The framework of this address, wherever it stands. */
function frameworkAt(turn: Turn, pid: string): Framework | undefined {
  const id = turn.state.frameworks.byPid.get(pid);
  return id === undefined ? undefined : turn.state.frameworks.registered.get(id);
}

/** A driver without an id: a new framework, or a retry that gets the same answer. */
function subscribeNew(turn: Turn, from: string, change: FrameworkChange): void {
  const known = frameworkAt(turn, from);
  if (known !== undefined) return sendSubscribed(turn, known, { reregistered: false });
  const id = nextFrameworkId(turn.state);
  const framework = addFramework(turn, {
    ...change,
    info: { ...change.info, id: { value: id } },
    id,
    connection: { kind: "driver", pid: from },
  });
  sendSubscribed(turn, framework, { reregistered: false });
  return sendFrameworkEvent(turn, framework, "FRAMEWORK_ADDED");
}

/** Moves a framework that subscribed to this master before. */
function resubscribe(turn: Turn, framework: Framework, { from, force }: DriverSubscription): void {
  framework.reregisteredTime = turn.now;
  const moved = framework.connection?.kind !== "driver" || framework.connection.pid !== from;
  if (force && moved && framework.state === "connected") sendError(turn, framework, "Framework failed over");
  closeConnection(turn, framework);
  const how = force ? "discard" : "rescind";
  endOffers(turn, framework.offers, how);
  endInverseOffers(turn, { frameworkId: framework.id }, how);
  connect(turn, framework, { kind: "driver", pid: from });
  activate(turn, framework);
  sendSubscribed(turn, framework, { reregistered: !force });
}

/** Handles the call. @see Mesos src/master/master.cpp Master::subscribe(UPID) and _subscribe */
export function subscribeDriver(turn: Turn, subscription: DriverSubscription): void {
  const { state } = turn;
  const { subscribe, from, force, principal } = subscription;
  const { framework_info: named } = subscribe;
  const id = named.id?.value ?? "";
  state.counters[id === "" ? "messages_register_framework" : "messages_reregister_framework"]++;
  const error =
    checkFrameworkInfo(state, named) ?? refuseStranger(state.options, { from, principal, info: named });
  if (error !== undefined) return refuseDriver(turn, from, error);
  const asked = named.principal === undefined && principal !== undefined ? { ...named, principal } : named;
  const checked = checkTerms(state, subscribe);
  if ("error" in checked) return refuseDriver(turn, from, checked.error);
  const denied = refuseFramework(state, asked);
  if (denied !== undefined) return refuseDriver(turn, from, denied);
  const { terms } = checked;
  if (id === "") return subscribeNew(turn, from, { info: asked, terms });
  const there = frameworkAt(turn, from);
  if (there !== undefined && there.id !== id) {
    return log(turn, "error", {
      message: "Dropping a SUBSCRIBE: another framework is at this address",
      facts: { from },
    });
  }
  const framework = state.frameworks.registered.get(id) ?? recoverFramework(turn, asked, id);
  const info = preserveImmutableFields(framework.info, asked);
  const updateError = validateFrameworkUpdate(framework.info, info);
  if (updateError !== undefined) return refuseDriver(turn, from, updateError);
  const { connection } = framework;
  const expected = connection?.kind === "driver" && connection.pid === from;
  if (framework.state !== "recovered" && !expected && !force) {
    return refuseDriver(turn, from, "Framework failed over");
  }
  turn.effects.push({ type: "cancel-timer", key: `framework-failover/${id}` });
  updateFramework(turn, framework, { info, terms });
  if (framework.state === "recovered") {
    framework.registeredTime = turn.now;
    framework.reregisteredTime = turn.now;
    connect(turn, framework, { kind: "driver", pid: from });
    activate(turn, framework);
    sendSubscribed(turn, framework, { reregistered: false });
  } else {
    resubscribe(turn, framework, subscription);
  }
  return sendFrameworkUpdates(turn, framework);
}

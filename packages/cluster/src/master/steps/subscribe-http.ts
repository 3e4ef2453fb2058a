// SUBSCRIBE over HTTP: a new framework, a failover, or a return after the master's own restart.
import { type SchedulerCallSubscribe, preserveImmutableFields, validateFrameworkUpdate } from "@mezzo/wire";
import { refuseFramework } from "../authorization/refusals.ts";
import { addFramework, connect } from "../changes/add-framework.ts";
import { activate, closeConnection } from "../changes/disconnect-framework.ts";
import { endInverseOffers } from "../changes/end-inverse-offers.ts";
import { recoverFramework } from "../changes/recover-framework.ts";
import { endOffers } from "../changes/remove-offer.ts";
import { sendFrameworkUpdates, updateFramework } from "../changes/update-framework.ts";
import { count } from "../counters.ts";
import type { Framework } from "../framework.ts";
import { nextFrameworkId } from "../ids.ts";
import { sendError } from "../send/send-error.ts";
import { sendFrameworkEvent } from "../send/send-operator-event.ts";
import { sendHeartbeat } from "../send/send-heartbeat.ts";
import { sendSubscribed } from "../send/send-subscribed.ts";
import { type Turn, log } from "../turn.ts";
import { checkFrameworkInfo, checkTerms } from "./check-subscription.ts";

/** One subscription on a stream that is already open. */
export interface HttpSubscription {
  subscribe: SchedulerCallSubscribe;
  streamId: string;
  principal: string | undefined;
}

/** Says why not, and ends the stream. */
function refuse(turn: Turn, streamId: string, message: string): void {
  log(turn, "info", { message: "Refusing a subscription", facts: { reason: message } });
  turn.effects.push(
    { type: "send-event", streamId, event: { type: "ERROR", error: { message } } },
    { type: "close-stream", streamId },
  );
}

/** The framework that subscribed before moves to the new stream. */
function failOver(turn: Turn, framework: Framework, streamId: string): void {
  framework.reregisteredTime = turn.now;
  if (framework.state === "connected") sendError(turn, framework, "Framework failed over");
  closeConnection(turn, framework);
  connect(turn, framework, { kind: "http", streamId });
  endOffers(turn, framework.offers, "discard");
  endInverseOffers(turn, { frameworkId: framework.id }, "discard");
  activate(turn, framework);
}

/** Handles the call. @see Mesos src/master/master.cpp Master::subscribe and _subscribe */
export function subscribeHttp(turn: Turn, { subscribe, streamId, principal }: HttpSubscription): void {
  const { state } = turn;
  const asked = subscribe.framework_info;
  const id = asked.id?.value ?? "";
  state.counters[id === "" ? "messages_register_framework" : "messages_reregister_framework"]++;
  const error = checkFrameworkInfo(state, asked);
  if (error !== undefined) return refuse(turn, streamId, error);
  const checked = checkTerms(state, subscribe);
  if ("error" in checked) return refuse(turn, streamId, checked.error);
  const denied = refuseFramework(state, asked);
  if (denied !== undefined) return refuse(turn, streamId, denied);
  const { terms } = checked;
  if (id === "") {
    const newId = nextFrameworkId(state);
    const framework = addFramework(turn, {
      info: { ...asked, id: { value: newId } },
      id: newId,
      connection: { kind: "http", streamId },
      principal,
      terms,
    });
    count(framework.counters.calls, "SUBSCRIBE");
    sendSubscribed(turn, framework, { reregistered: false });
    sendHeartbeat(turn, framework);
    return sendFrameworkEvent(turn, framework, "FRAMEWORK_ADDED");
  }
  const framework = state.frameworks.registered.get(id) ?? recoverFramework(turn, asked, id);
  const info = preserveImmutableFields(framework.info, asked);
  const updateError = validateFrameworkUpdate(framework.info, info);
  if (updateError !== undefined) return refuse(turn, streamId, updateError);
  count(framework.counters.calls, "SUBSCRIBE");
  turn.effects.push({ type: "cancel-timer", key: `framework-failover/${id}` });
  updateFramework(turn, framework, { info, terms });
  if (framework.state === "recovered") {
    framework.registeredTime = turn.now;
    framework.reregisteredTime = turn.now;
    connect(turn, framework, { kind: "http", streamId });
    activate(turn, framework);
  } else {
    failOver(turn, framework, streamId);
  }
  if (principal !== undefined) framework.principal = principal;
  sendSubscribed(turn, framework, { reregistered: true });
  sendHeartbeat(turn, framework);
  sendFrameworkUpdates(turn, framework);
  return undefined;
}

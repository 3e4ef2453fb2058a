// A framework loses its connection, or stops getting offers.
import { activateFramework } from "../../allocator/activate-framework.ts";
import { deactivateFramework as deactivateInAllocator } from "../../allocator/deactivate-framework.ts";
import type { Framework } from "../framework.ts";
import { type Turn, log } from "../turn.ts";
import { endInverseOffers } from "./end-inverse-offers.ts";
import { endOffers } from "./remove-offer.ts";

/** Lets the framework have offers. */
export function activate(turn: Turn, framework: Framework): void {
  if (framework.active) return;
  framework.active = true;
  activateFramework(turn.state.allocator, framework.id);
  turn.state.allocationWanted = true;
}

/** Stops offers and takes the outstanding ones back. */
export function deactivate(turn: Turn, framework: Framework, options: { rescind: boolean }): void {
  if (!framework.active) return;
  framework.active = false;
  deactivateInAllocator(turn.state.allocator, framework.id);
  const how = options.rescind ? "rescind" : "discard";
  endOffers(turn, framework.offers, how);
  endInverseOffers(turn, { frameworkId: framework.id }, how);
}

/** Ends the framework's event stream, if it has one. */
export function closeConnection(turn: Turn, framework: Framework): void {
  if (framework.state !== "connected") return;
  framework.state = "disconnected";
  if (framework.connection?.kind !== "http") return;
  const { streamId } = framework.connection;
  turn.state.frameworks.byStream.delete(streamId);
  turn.effects.push(
    { type: "cancel-timer", key: `heartbeat/${streamId}` },
    { type: "close-stream", streamId },
  );
}

/**
 * The connection broke: the framework has its failover timeout to come back.
 * @see Mesos src/master/master.cpp Master::_exited
 */
export function disconnectFramework(turn: Turn, framework: Framework): void {
  if (framework.state === "connected") {
    deactivate(turn, framework, { rescind: true });
    closeConnection(turn, framework);
  }
  const timeoutMs = (framework.info.failover_timeout ?? 0) * 1000;
  log(turn, "info", {
    message: "Framework disconnected",
    facts: { frameworkId: framework.id, failoverTimeoutMs: timeoutMs },
  });
  turn.effects.push({
    type: "set-timer",
    key: `framework-failover/${framework.id}`,
    delayMs: timeoutMs,
    input: {
      timer: "framework-failover",
      frameworkId: framework.id,
      reregisteredTime: framework.reregisteredTime,
    },
  });
}

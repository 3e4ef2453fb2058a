// A `mesos.scheduler.Call` message of an older driver.
import { validateSchedulerCall } from "@mezzo/wire";
import { count } from "../counters.ts";
import type { DriverCallInput } from "../inputs.ts";
import { type Turn, log } from "../turn.ts";
import { runCall } from "./run-call.ts";
import { countInvalidCall } from "./scheduler-call.ts";
import { refuseDriver, subscribeDriver } from "./subscribe-driver.ts";

/** Calls that exist in the v1 API only. */
const HTTP_ONLY = new Set(["ACKNOWLEDGE_OPERATION_STATUS", "RECONCILE_OPERATIONS"]);

/** Handles the call; a bad one is dropped with a log line. @see Mesos src/master/master.cpp Master::receive */
export function driverCall(turn: Turn, { from, call, force, principal }: DriverCallInput): void {
  const drop = (reason: string): void =>
    log(turn, "warn", { message: "Dropping a driver's call", facts: { call: call.type, from, reason } });
  const error = validateSchedulerCall(call);
  if (error !== undefined) {
    countInvalidCall(turn, call);
    return drop(error);
  }
  if (call.type === "SUBSCRIBE") {
    if (call.subscribe !== undefined) {
      subscribeDriver(turn, {
        subscribe: call.subscribe,
        from,
        force: force ?? false,
        ...(principal === undefined ? {} : { principal }),
      });
    }
    return undefined;
  }
  const framework = turn.state.frameworks.registered.get(call.framework_id?.value ?? "");
  if (framework === undefined) return drop("Framework cannot be found");
  if (framework.connection?.kind !== "driver" || framework.connection.pid !== from) {
    return drop("Call is not from registered framework");
  }
  if (call.type !== undefined) count(framework.counters.calls, call.type);
  if (framework.state !== "connected") return refuseDriver(turn, from, "Framework disconnected");
  if (call.type !== undefined && HTTP_ONLY.has(call.type)) {
    return drop(`'${call.type}' is not supported by the v0 API`);
  }
  const answer = runCall(turn, framework, call);
  if (call.type === "UPDATE_FRAMEWORK" && answer.status !== 200) {
    refuseDriver(turn, from, answer.body ?? "");
  }
  return undefined;
}

// The message family that drivers spoke before `mesos.scheduler.Call`: each is a call under another name.
import type { SchedulerCall } from "@mezzo/wire";
import type { MessageInput } from "../inputs.ts";
import type { Turn } from "../turn.ts";
import { deactivateFrameworkMessage } from "./deactivate-framework.ts";
import { driverCall } from "./driver-call.ts";
import { refuseDriver } from "./subscribe-driver.ts";

/** The messages of drivers. */
export type DriverMessage = Extract<
  MessageInput,
  {
    name:
      | "RegisterFrameworkMessage"
      | "ReregisterFrameworkMessage"
      | "UnregisterFrameworkMessage"
      | "DeactivateFrameworkMessage"
      | "ResourceRequestMessage"
      | "LaunchTasksMessage"
      | "ReviveOffersMessage"
      | "KillTaskMessage"
      | "StatusUpdateAcknowledgementMessage"
      | "FrameworkToExecutorMessage"
      | "ReconcileTasksMessage";
  }
>;

/** LaunchTasksMessage without tasks is a decline. */
function launchCall(body: Extract<DriverMessage, { name: "LaunchTasksMessage" }>["body"]): SchedulerCall {
  const { framework_id, tasks = [], filters, offer_ids = [] } = body;
  if (tasks.length === 0) return { framework_id, type: "DECLINE", decline: { offer_ids, filters } };
  const operations = [{ type: "LAUNCH", launch: { task_infos: tasks } } as const];
  return { framework_id, type: "ACCEPT", accept: { offer_ids, filters, operations: [...operations] } };
}

/** The call that a message means; those about the subscription itself are handled beside. */
function callOf(message: DriverMessage): SchedulerCall | undefined {
  switch (message.name) {
    case "UnregisterFrameworkMessage":
      return { framework_id: message.body.framework_id, type: "TEARDOWN" };
    case "ResourceRequestMessage":
      return {
        framework_id: message.body.framework_id,
        type: "REQUEST",
        request: { requests: message.body.requests ?? [] },
      };
    case "LaunchTasksMessage":
      return launchCall(message.body);
    case "ReviveOffersMessage":
      return {
        framework_id: message.body.framework_id,
        type: "REVIVE",
        revive: { roles: message.body.roles ?? [] },
      };
    case "KillTaskMessage":
      return {
        framework_id: message.body.framework_id,
        type: "KILL",
        kill: { task_id: message.body.task_id },
      };
    case "StatusUpdateAcknowledgementMessage": {
      const { framework_id, agent_id, task_id, uuid } = message.body;
      return { framework_id, type: "ACKNOWLEDGE", acknowledge: { agent_id, task_id, uuid } };
    }
    case "FrameworkToExecutorMessage": {
      const { framework_id, agent_id, executor_id, data } = message.body;
      return { framework_id, type: "MESSAGE", message: { agent_id, executor_id, data } };
    }
    case "ReconcileTasksMessage": {
      const tasks = (message.body.statuses ?? []).map(({ task_id, agent_id }) => ({
        task_id,
        ...(agent_id === undefined ? {} : { agent_id }),
      }));
      return { framework_id: message.body.framework_id, type: "RECONCILE", reconcile: { tasks } };
    }
    default:
      return undefined;
  }
}

/** Handles one message of a driver. @see Mesos src/master/master.cpp registerFramework and its neighbours */
export function driverMessage(turn: Turn, message: DriverMessage): void {
  const { from, principal } = message;
  const proved = principal === undefined ? {} : { principal };
  if (message.name === "RegisterFrameworkMessage") {
    const info = message.body.framework;
    if ((info.id?.value ?? "") !== "") return refuseDriver(turn, from, "Registering with 'id' already set");
    return driverCall(turn, {
      type: "driver-call",
      from,
      ...proved,
      call: { type: "SUBSCRIBE", subscribe: { framework_info: info } },
    });
  }
  if (message.name === "ReregisterFrameworkMessage") {
    const { framework: info, failover } = message.body;
    if (info.id === undefined || info.id.value === "") {
      return refuseDriver(turn, from, "Re-registering without an 'id'");
    }
    const call: SchedulerCall = {
      framework_id: info.id,
      type: "SUBSCRIBE",
      subscribe: { framework_info: info },
    };
    return driverCall(turn, { type: "driver-call", from, ...proved, call, force: failover });
  }
  if (message.name === "DeactivateFrameworkMessage") {
    return deactivateFrameworkMessage(turn, from, message.body);
  }
  const call = callOf(message);
  return call === undefined ? undefined : driverCall(turn, { type: "driver-call", from, call });
}

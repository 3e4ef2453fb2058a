// Hands a checked scheduler call to its step.
import type { SchedulerCall } from "@mezzo/wire";
import { checkDrainedById } from "../changes/check-drained.ts";
import type { Framework } from "../framework.ts";
import type { Turn } from "../turn.ts";
import { acceptOffers } from "./accept-offers.ts";
import { acknowledgeOperation } from "./acknowledge-operation.ts";
import { acknowledge } from "./acknowledge.ts";
import { declineOffers } from "./decline-offers.ts";
import { answerInverseOffers } from "./inverse-offers/answer-inverse-offers.ts";
import { killTask } from "./kill-task.ts";
import { messageExecutor } from "./message-executor.ts";
import { reconcileOperations } from "./reconcile-operations.ts";
import { reconcileTasks } from "./reconcile-tasks.ts";
import { requestResources } from "./request-resources.ts";
import { reviveOffers } from "./revive-offers.ts";
import { shutdownExecutor } from "./shutdown-executor.ts";
import { suppressOffers } from "./suppress-offers.ts";
import { teardown } from "./teardown.ts";
import { updateFrameworkCall } from "./update-framework-call.ts";

/** What the scheduler is told over HTTP; drivers hear only of errors. */
export interface CallAnswer {
  status: number;
  body?: string;
}

const ACCEPTED: CallAnswer = { status: 202 };
const NOT_IMPLEMENTED: CallAnswer = { status: 501 };

/** Runs one call of a connected framework. Parts are present: the call has been validated. */
export function runCall(turn: Turn, framework: Framework, call: SchedulerCall): CallAnswer {
  switch (call.type) {
    case "ACKNOWLEDGE":
      if (call.acknowledge !== undefined) acknowledge(turn, framework, call.acknowledge);
      return ACCEPTED;
    case "ACCEPT":
      if (call.accept !== undefined) acceptOffers(turn, framework, call.accept);
      return ACCEPTED;
    case "DECLINE":
      if (call.decline !== undefined) declineOffers(turn, framework, call.decline);
      return ACCEPTED;
    case "REVIVE":
      reviveOffers(turn, framework, call.revive?.roles ?? []);
      return ACCEPTED;
    case "SUPPRESS":
      suppressOffers(turn, framework, call.suppress?.roles ?? []);
      return ACCEPTED;
    case "KILL":
      if (call.kill !== undefined) killTask(turn, framework, call.kill);
      return ACCEPTED;
    case "SHUTDOWN":
      if (call.shutdown !== undefined) shutdownExecutor(turn, framework, call.shutdown);
      return ACCEPTED;
    case "RECONCILE":
      reconcileTasks(turn, framework, call.reconcile?.tasks ?? []);
      return ACCEPTED;
    case "ACKNOWLEDGE_OPERATION_STATUS":
      if (call.acknowledge_operation_status !== undefined) {
        acknowledgeOperation(turn, framework, call.acknowledge_operation_status);
        checkDrainedById(turn, call.acknowledge_operation_status.agent_id?.value);
      }
      return ACCEPTED;
    case "RECONCILE_OPERATIONS":
      reconcileOperations(turn, framework, call.reconcile_operations?.operations ?? []);
      return ACCEPTED;
    case "MESSAGE":
      if (call.message !== undefined) messageExecutor(turn, framework, call.message);
      return ACCEPTED;
    case "REQUEST":
      requestResources(turn, framework);
      return ACCEPTED;
    case "TEARDOWN":
      teardown(turn, framework);
      return ACCEPTED;
    case "UPDATE_FRAMEWORK":
      return call.update_framework === undefined
        ? NOT_IMPLEMENTED
        : updateFrameworkCall(turn, framework, call.update_framework);
    case "ACCEPT_INVERSE_OFFERS":
      answerInverseOffers(turn, framework, { status: "ACCEPT", call: call.accept_inverse_offers ?? {} });
      return ACCEPTED;
    case "DECLINE_INVERSE_OFFERS":
      answerInverseOffers(turn, framework, { status: "DECLINE", call: call.decline_inverse_offers ?? {} });
      return ACCEPTED;
    default:
      return NOT_IMPLEMENTED;
  }
}

// An agent leaves, and with it what it was about to do.
import type { OperationState } from "@mezzo/wire";
import type { Agent } from "../agent.ts";
import { countOperation } from "../operations/count-operation.ts";
import { providerOf } from "../operations/operation-kinds.ts";
import { operationsOn } from "../operations/operation-table.ts";
import { sendOperationStatus } from "../send/send-operation-status.ts";
import type { Turn } from "../turn.ts";
import { removeOperation } from "./remove-operation.ts";

/** What frameworks are told of operations with an id; absent where they are told nothing. */
export interface OperationLoss {
  state: OperationState;
  message: string;
}

/** Tells the frameworks, once and without asking for an acknowledgement: whoever misses it has to reconcile. */
export function announceLoss(turn: Turn, agent: Agent, { state, message }: OperationLoss): void {
  for (const { info, framework_id } of operationsOn(agent)) {
    const framework = turn.state.frameworks.registered.get(framework_id?.value ?? "");
    if (info.id === undefined || framework?.state !== "connected") continue;
    const provider = providerOf(info);
    sendOperationStatus(turn, framework, {
      state,
      operation_id: info.id,
      message,
      agent_id: agent.agentId,
      ...(provider === undefined ? {} : { resource_provider_id: { value: provider } }),
    });
  }
}

/** Forgets the agent's operations; they come back with it. @see Mesos src/master/master.cpp __removeSlave */
export function forgetOperations(turn: Turn, agent: Agent, loss: OperationLoss | undefined): void {
  for (const operation of [...operationsOn(agent)]) {
    if (loss !== undefined) countOperation(turn.state, operation.info, { into: loss.state });
    removeOperation(turn, agent, operation);
  }
}

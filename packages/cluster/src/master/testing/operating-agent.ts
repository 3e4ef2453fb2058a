// An agent in tests that does what operations ask: it has a disk, applies what it is sent and tells how that ended.
import assert from "node:assert/strict";
import {
  type AgentInfoCapabilityType,
  type ApplyOperationMessage,
  type OfferOperation,
  type Operation,
  type OperationState,
  type ReregisterSlaveMessage,
  type Resource,
  applyCheckpointedResources,
  applyOperation,
  needsCheckpointing,
} from "@mezzo/wire";
import { withoutAllocations } from "../operations/operation-kinds.ts";
import { scalar, uuid } from "./cast.ts";
import type { Stage } from "./stage.ts";

/** What an agent of this version can do. */
export const OPERATING: readonly AgentInfoCapabilityType[] = [
  "MULTI_ROLE",
  "HIERARCHICAL_ROLE",
  "RESERVATION_REFINEMENT",
  "RESOURCE_PROVIDER",
  "RESIZE_VOLUME",
  "AGENT_OPERATION_FEEDBACK",
];

/** An agent with 4 CPUs, 1024 MB and a disk of 2000 MB. */
export class OperatingAgent {
  /** The master; another one after a failover. */
  stage: Stage;
  readonly pid: string;
  readonly id: string;
  readonly capabilities: readonly AgentInfoCapabilityType[];
  readonly resources = [scalar("cpus", 4), scalar("mem", 1024), scalar("disk", 2000)];
  checkpointed: Resource[] = [];
  /** Operations whose status nobody has acknowledged, by UUID. */
  readonly operations = new Map<string, Operation>();
  #statuses = 0;
  #received: unknown;

  constructor(stage: Stage, facts: { pid?: string; capabilities?: readonly AgentInfoCapabilityType[] } = {}) {
    this.stage = stage;
    this.pid = facts.pid ?? "slave(1)@127.0.0.1:5051";
    this.capabilities = facts.capabilities ?? OPERATING;
    stage.message("RegisterSlaveMessage", this.pid, {
      agent: { hostname: "host", port: 5051, resources: this.resources },
      version: "1.11.0",
      agent_capabilities: this.capabilities.map((type) => ({ type })),
      resource_version_uuid: { value: uuid(9) },
    });
    const id = stage.state.agents.byPid.get(this.pid);
    assert.ok(id !== undefined, "the agent is registered");
    this.id = id;
  }

  /** Takes what the last input sent to this agent: operations are applied, acknowledged ones forgotten. */
  receive(): void {
    if (this.#received === this.stage.effects) return;
    this.#received = this.stage.effects;
    for (const effect of this.stage.effects) {
      if (effect.type !== "send-message" || effect.to !== this.pid) continue;
      if (effect.name === "ApplyOperationMessage") this.#apply(effect.body);
      else if (effect.name === "CheckpointResourcesMessage") this.checkpointed = effect.body.resources ?? [];
      else if (effect.name === "AcknowledgeOperationStatusMessage") {
        this.operations.delete(effect.body.operation_uuid.value);
      }
    }
  }

  /** Reports the status of an operation; effects as lines. */
  report(operation: Operation): string[] {
    return this.stage.message("UpdateOperationStatusMessage", this.pid, {
      ...(operation.framework_id === undefined ? {} : { framework_id: operation.framework_id }),
      agent_id: { value: this.id },
      status: operation.latest_status,
      operation_uuid: operation.uuid,
    });
  }

  /** Says which operations it knows; effects as lines. */
  update(): string[] {
    return this.stage.message("UpdateSlaveMessage", this.pid, {
      agent_id: { value: this.id },
      update_oversubscribed_resources: false,
      operations: { operations: [...this.operations.values()] },
      resource_version_uuid: { value: uuid(9) },
      resource_providers: { providers: [] },
    });
  }

  /** What it re-registers with: all that it has checkpointed. */
  reregistration(facts: Pick<ReregisterSlaveMessage, "frameworks" | "tasks"> = {}): ReregisterSlaveMessage {
    return {
      agent: { id: { value: this.id }, hostname: "host", port: 5051, resources: this.resources },
      version: "1.11.0",
      agent_capabilities: this.capabilities.map((type) => ({ type })),
      checkpointed_resources: this.checkpointed,
      resource_version_uuid: { value: uuid(9) },
      ...facts,
    };
  }

  /** Re-registers and says which operations it knows; effects as lines. */
  comeBack(facts: Pick<ReregisterSlaveMessage, "frameworks" | "tasks"> = {}): string[] {
    const lines = this.stage.message("ReregisterSlaveMessage", this.pid, this.reregistration(facts));
    return this.capabilities.includes("RESOURCE_PROVIDER") ? [...lines, ...this.update()] : lines;
  }

  #apply(message: ApplyOperationMessage): void {
    const total = applyCheckpointedResources(this.resources, this.checkpointed);
    assert.ok(total.ok);
    const after = applyOperation(total.value, withoutAllocations(message.operation_info));
    assert.ok(after.ok, "the agent can do what the master asks for");
    this.checkpointed = after.value.filter(needsCheckpointing);
    const { operation_info: info, operation_uuid, framework_id } = message;
    const operation = operationOf(info, "OPERATION_FINISHED", ++this.#statuses);
    this.operations.set(operation_uuid.value, {
      ...operation,
      ...(framework_id === undefined ? {} : { framework_id }),
      agent_id: { value: this.id },
      uuid: operation_uuid,
    });
  }
}

/** An operation in this state, its status to be acknowledged. */
function operationOf(info: OfferOperation, state: OperationState, statuses: number): Omit<Operation, "uuid"> {
  const status = {
    state,
    ...(info.id === undefined ? {} : { operation_id: info.id }),
    uuid: { value: uuid(statuses % 256) },
  };
  return { info, latest_status: status, statuses: [status] };
}

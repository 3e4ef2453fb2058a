// What an operator asks for on the resources of an agent.
import type { OfferOperation } from "@mezzo/wire";

/** RESERVE_RESOURCES, CREATE_VOLUMES and their like, or POST /reserve, /create-volumes and theirs. */
export interface OperatorOperationInput {
  type: "operator-operation";
  request: number;
  agentId: string;
  /** Resources in either format, as the operator wrote them. */
  operation: OfferOperation;
  /** Who authenticated, if anyone. */
  principal?: string;
}

// What an operation is: over or not, done ahead of the agent or not, on whose resources.
import {
  type OfferOperation,
  type OperationState,
  type Resource,
  conversionsOf,
  convertOperationResources,
  sumResources,
  unallocateResources,
} from "@mezzo/wire";

const TERMINAL: ReadonlySet<OperationState> = new Set([
  "OPERATION_FINISHED",
  "OPERATION_FAILED",
  "OPERATION_ERROR",
  "OPERATION_DROPPED",
  "OPERATION_GONE_BY_OPERATOR",
]);

/** Whether nothing more will happen to the operation. @see Mesos src/common/protobuf_utils.cpp isTerminalState */
export function isTerminalOperation(state: OperationState): boolean {
  return TERMINAL.has(state);
}

/**
 * Whether the master counts the operation as done before the agent says so, as Mesos does with all but those that only
 * resource providers carry out. @see Mesos src/common/protobuf_utils.cpp isSpeculativeOperation
 */
export function isSpeculative({ type }: OfferOperation): boolean {
  return type !== "CREATE_DISK" && type !== "DESTROY_DISK";
}

/** The resources that the operation takes, as it names them. @see Mesos protobuf_utils.cpp getConsumedResources */
export function consumedBy(operation: OfferOperation): Resource[] {
  const { create_disk, destroy_disk } = operation;
  if (create_disk !== undefined) return [create_disk.source];
  if (destroy_disk !== undefined) return [destroy_disk.source];
  const conversions = conversionsOf(operation);
  return conversions.ok ? sumResources(conversions.value.map(({ consumed }) => consumed)) : [];
}

/** The resource provider that carries the operation out; undefined for the agent itself. */
export function providerOf(operation: OfferOperation): string | undefined {
  return consumedBy(operation)[0]?.provider_id?.value;
}

/** The operation as it changes what an agent has in all, which is nobody's. */
export function withoutAllocations(operation: OfferOperation): OfferOperation {
  return convertOperationResources(operation, (resource) =>
    resource.allocation_info === undefined ? resource : (unallocateResources([resource])[0] ?? resource),
  );
}

/** The operation with resources that name no role allocated to this one. */
export function withAllocations(operation: OfferOperation, role: string): OfferOperation {
  const allocation_info = { role };
  return convertOperationResources(operation, (resource) =>
    resource.allocation_info === undefined ? { ...resource, allocation_info } : resource,
  );
}

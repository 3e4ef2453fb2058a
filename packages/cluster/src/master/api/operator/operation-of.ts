// Calls of the operator API about reservations and volumes, as operations on an agent.
import type { MasterCall, OfferOperation } from "@mezzo/wire";

/** Where, and what. */
export interface AgentOperation {
  agentId: string;
  operation: OfferOperation;
}

type Part = NonNullable<
  MasterCall[
    | "reserve_resources"
    | "unreserve_resources"
    | "create_volumes"
    | "destroy_volumes"
    | "grow_volume"
    | "shrink_volume"]
>;

/** The operation that a call asks for; undefined for calls about something else. */
function operationIn(call: MasterCall): OfferOperation | undefined {
  switch (call.type) {
    case "RESERVE_RESOURCES": {
      const { source = [], resources = [] } = call.reserve_resources ?? {};
      return { type: "RESERVE", reserve: { ...(source.length > 0 ? { source } : {}), resources } };
    }
    case "UNRESERVE_RESOURCES":
      return { type: "UNRESERVE", unreserve: { resources: call.unreserve_resources?.resources ?? [] } };
    case "CREATE_VOLUMES":
      return { type: "CREATE", create: { volumes: call.create_volumes?.volumes ?? [] } };
    case "DESTROY_VOLUMES":
      return { type: "DESTROY", destroy: { volumes: call.destroy_volumes?.volumes ?? [] } };
    case "GROW_VOLUME": {
      const { volume, addition } = call.grow_volume ?? {};
      return volume && addition && { type: "GROW_VOLUME", grow_volume: { volume, addition } };
    }
    case "SHRINK_VOLUME": {
      const { volume, subtract } = call.shrink_volume ?? {};
      return volume && subtract && { type: "SHRINK_VOLUME", shrink_volume: { volume, subtract } };
    }
    default:
      return undefined;
  }
}

/** The same with the agent; undefined for calls about something else. @see Mesos docs/operator-http-api.md */
export function operationOf(call: MasterCall): AgentOperation | undefined {
  const operation = operationIn(call);
  if (operation === undefined) return undefined;
  const parts: (Part | undefined)[] = [
    call.reserve_resources,
    call.unreserve_resources,
    call.create_volumes,
    call.destroy_volumes,
    call.grow_volume,
    call.shrink_volume,
  ];
  return { agentId: parts.find((part) => part !== undefined)?.agent_id?.value ?? "", operation };
}

// Where an agent's operations are listed: with the agent, or with the resource provider that carries them out.
import type { OfferOperation, Operation } from "@mezzo/wire";
import type { Agent } from "../agent.ts";
import { providerOf } from "./operation-kinds.ts";

/** Every operation on the agent. */
export function* operationsOn(agent: Agent): Generator<Operation> {
  yield* agent.operations.values();
  for (const provider of agent.resourceProviders.values()) yield* provider.operations.values();
}

/** The list that an operation belongs to; undefined when its resource provider is unknown. */
export function tableOf(agent: Agent, info: OfferOperation): Map<string, Operation> | undefined {
  const provider = providerOf(info);
  return provider === undefined ? agent.operations : agent.resourceProviders.get(provider)?.operations;
}

/** By UUID, base64. */
export function findOperation(agent: Agent, uuid: string): Operation | undefined {
  const own = agent.operations.get(uuid);
  if (own !== undefined) return own;
  for (const provider of agent.resourceProviders.values()) {
    const operation = provider.operations.get(uuid);
    if (operation !== undefined) return operation;
  }
  return undefined;
}

// GET /explain?agent_id=…: the agent, and the first reason why each framework is not offered it.
import { formatResources } from "@mezzo/wire";
import { foresee } from "../../../allocator/explain/index.ts";
import type { Client } from "../../../allocator/state.ts";
import type { Viewer } from "../../../authorization/viewer.ts";
import type { MasterState } from "../../state.ts";
import { absentAgents } from "./absent-agents.ts";
import { agentReason } from "./agent-reason.ts";
import { reasonModel } from "./explain-framework.ts";
import type { ExplainQuery } from "./explain-query.ts";

/** Answers about an agent; undefined when it is not known. */
export function explainAgent(
  state: MasterState,
  { query, nowMs, viewer }: { query: ExplainQuery; nowMs: number; viewer: Viewer },
): object | undefined {
  const { agentId = "", need, role, offset, limit } = query;
  const entry = state.allocator.agents.get(agentId);
  const absent = entry === undefined ? absentAgents(state).find(({ id }) => id === agentId) : undefined;
  if (entry === undefined && absent === undefined) return undefined;
  const clients: Client[] = [];
  for (const framework of state.allocator.frameworks.values()) {
    for (const client of framework.clients.values())
      if (role === undefined || client.role.name === role) clients.push(client);
  }
  const question = { foresight: foresee(state.allocator, nowMs), need, nowMs, viewer };
  const frameworks = clients.slice(offset, offset + limit).map((client) => {
    const own = client.role.name;
    const obstacle =
      entry === undefined
        ? absent && { role: own, ...absent.obstacle }
        : agentReason(state, { client, entry }, question);
    const name = state.frameworks.registered.get(client.framework.id)?.info.name ?? "";
    return { framework_id: client.framework.id, name, ...reasonModel(own, obstacle, nowMs) };
  });
  const hostname = entry?.info.hostname ?? absent?.hostname;
  return {
    agent_id: agentId,
    ...(hostname === undefined ? {} : { hostname }),
    ...(need === undefined ? {} : { task: formatResources(need) }),
    total_resources: formatResources(viewer.resources(entry?.total ?? [])),
    free_resources: formatResources(viewer.resources(entry?.available ?? [])),
    frameworks,
    offset,
    limit,
    total: clients.length,
  };
}

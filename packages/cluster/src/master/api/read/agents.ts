// GET /slaves: every registered agent with its resources in full, and those that have not come back yet.
import type { MasterState } from "../../state.ts";
import { agentInfoModel, fullAgentModel } from "../models/agent-model.ts";
import { selects, type Query } from "./select.ts";

/** `?slave_id=` narrows to one. @see Mesos docs/endpoints/master/slaves.md */
export function* agentsJson({ agents }: MasterState, query: Query): Generator<string> {
  let separator = "";
  yield '{"slaves":[';
  for (const agent of agents.registered.values()) {
    if (!selects(query, "slave_id", agent.id)) continue;
    yield separator + JSON.stringify(fullAgentModel(agent));
    separator = ",";
  }
  const recovered = [...agents.recovered.values()].filter(({ id }) => selects(query, "slave_id", id));
  yield `],"recovered_slaves":${JSON.stringify(recovered.map(({ info }) => agentInfoModel(info)))}}`;
}

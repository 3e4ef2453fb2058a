// GET /slaves: every registered agent with its resources in full, and those that have not come back yet.
import type { Viewer } from "../../../authorization/viewer.ts";
import type { MasterState } from "../../state.ts";
import { agentInfoModel, fullAgentModel } from "../models/agent-model.ts";
import { selects, type Query } from "./select.ts";

/** `?slave_id=` narrows to one; the agents are those of the moment of the call. @see Mesos docs/endpoints/master/slaves.md */
export function agentsJson({ agents }: MasterState, query: Query, viewer: Viewer): Iterable<string> {
  const registered = [...agents.registered.values()].filter(({ id }) => selects(query, "slave_id", id));
  const recovered = [...agents.recovered.values()].filter(({ id }) => selects(query, "slave_id", id));
  return (function* pieces() {
    let separator = "";
    yield '{"slaves":[';
    for (const agent of registered) {
      yield separator + JSON.stringify(fullAgentModel(agent, viewer));
      separator = ",";
    }
    yield `],"recovered_slaves":${JSON.stringify(recovered.map(({ info }) => agentInfoModel(info)))}}`;
  })();
}

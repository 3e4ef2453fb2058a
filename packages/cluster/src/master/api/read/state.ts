// GET /state: everything, in one document. Large clusters make it tens of megabytes, so it comes in pieces.
import type { MasterInfo } from "@mezzo/wire";
import { logFlags } from "../../../core/flags/log-flags.ts";
import type { Viewer } from "../../../authorization/viewer.ts";
import { seenBy } from "../../authorization/seen-by.ts";
import type { MasterState } from "../../state.ts";
import { versionModel } from "./version.ts";
import { agentInfoModel, agentModel } from "../models/agent-model.ts";
import { frameworkListJson } from "./frameworks.ts";

function leaderModel({ id, pid, port, hostname, domain }: MasterInfo): object {
  return { id, pid, port, hostname, ...(domain ? { domain } : {}) };
}

function headModel(state: MasterState, viewer: Viewer): object {
  const { options, info, leader, agents } = state;
  const registered = [...agents.registered.values()];
  const active = registered.filter((agent) => agent.active).length;
  return {
    ...versionModel(),
    start_time: state.startTime / 1000,
    ...(state.electedTime > 0 ? { elected_time: state.electedTime / 1000 } : {}),
    id: info.id,
    pid: state.pid,
    hostname: info.hostname,
    capabilities: (info.capabilities ?? []).map(({ type }) => type),
    activated_slaves: active,
    deactivated_slaves: registered.length - active,
    unreachable_slaves: agents.unreachable.size,
    ...(info.domain ? { domain: info.domain } : {}),
    ...(leader ? { leader: leader.pid, leader_info: leaderModel(leader) } : {}),
    ...(viewer.flags()
      ? {
          ...(options.cluster === undefined ? {} : { cluster: options.cluster }),
          ...logFlags(options.flags),
          flags: options.flags,
        }
      : {}),
  };
}

/** @see Mesos docs/endpoints/master/state.md */
export function stateJson(state: MasterState, viewer: Viewer): Iterable<string> {
  const head = JSON.stringify(headModel(state, viewer)).slice(0, -1);
  const agents = [...state.agents.registered.values()];
  const recovered = [...state.agents.recovered.values()].map(({ info }) => agentInfoModel(info));
  const { frameworks } = seenBy(state, viewer);
  const registered = frameworkListJson(frameworks.registered.values(), state);
  const completed = frameworkListJson(frameworks.completed.values(), state);
  return (function* pieces() {
    yield `${head},"slaves":[`;
    for (const [index, agent] of agents.entries()) {
      yield (index > 0 ? "," : "") + JSON.stringify(agentModel(agent, viewer));
    }
    yield `],"recovered_slaves":${JSON.stringify(recovered)},"frameworks":`;
    yield* registered;
    yield ',"completed_frameworks":';
    yield* completed;
    yield ',"orphan_tasks":[],"unregistered_frameworks":[]}';
  })();
}

// The calls of the operator API that only look: one function a call, from state to the body of the response.
import {
  addQuantities,
  type MasterCall,
  type MasterResponse,
  type MasterResponseType,
  type Quantities,
  type Resource,
  type Task,
} from "@mezzo/wire";
import { seenQuotas } from "../../authorization/may.ts";
import type { Viewer } from "../../../authorization/viewer.ts";
import { seenBy } from "../../authorization/seen-by.ts";
import type { Framework } from "../../framework.ts";
import { consumedBy } from "../../operations/operation-kinds.ts";
import type { MasterState } from "../../state.ts";
import { quotaStatus } from "../../quota.ts";
import { maintenanceSchedule, maintenanceStatus } from "../read/maintenance.ts";
import { versionModel } from "../read/version.ts";
import { breakdownOf, knownRoles, roleBreakdowns } from "../../role-breakdown.ts";
import { DEFAULT_WEIGHT } from "../../default-weight.ts";
import { quantitiesModel } from "../read/roles.ts";
import type { MetricSources } from "../metrics/metric-sources.ts";
import { metricValues } from "../metrics/metric-values.ts";
import { agentResponse, seenInfo } from "./agent-response.ts";
import { frameworkResponse } from "./framework-response.ts";

/** What a read call may look at beside the state. */
export interface ReadSources extends MetricSources {
  /** glog's verbosity: 0 unless an operator raised it. */
  loggingLevel: number;
}

type Body = Omit<MasterResponse, "type">;
/** Who asks, and what of the cluster may be seen by them. */
export interface Caller {
  principal: string | undefined;
  viewer: Viewer;
}

type ReadCall = (state: MasterState, call: MasterCall, facts: ReadSources & Caller) => Body;

function everyFramework({ frameworks }: MasterState): Framework[] {
  return [...frameworks.registered.values(), ...frameworks.completed.values()];
}

function getAgents(state: MasterState, viewer: Viewer): NonNullable<Body["get_agents"]> {
  return {
    agents: [...state.agents.registered.values()].map((agent) => agentResponse(agent, viewer)),
    recovered_agents: [...state.agents.recovered.values()].map(({ info }) => seenInfo(info, viewer)),
  };
}

function getFrameworks(state: MasterState): NonNullable<Body["get_frameworks"]> {
  const shown = (frameworks: Map<string, Framework>): ReturnType<typeof frameworkResponse>[] =>
    [...frameworks.values()].map((framework) => frameworkResponse(framework, state));
  return {
    frameworks: shown(state.frameworks.registered),
    completed_frameworks: shown(state.frameworks.completed),
  };
}

function getExecutors({ frameworks }: MasterState): NonNullable<Body["get_executors"]> {
  return {
    executors: [...frameworks.registered.values()].flatMap((framework) =>
      [...framework.executors].flatMap(([agentId, executors]) =>
        [...executors.values()].map((info) => ({ executor_info: info, agent_id: { value: agentId } })),
      ),
    ),
  };
}

function getTasks(state: MasterState): NonNullable<Body["get_tasks"]> {
  const tasks: Task[] = [];
  const unreachable: Task[] = [];
  const completed: Task[] = [];
  for (const framework of everyFramework(state)) {
    for (const task of framework.tasks.values()) tasks.push(task);
    for (const task of framework.unreachableTasks.values()) unreachable.push(task);
    for (const task of framework.completedTasks) completed.push(task);
  }
  return { tasks, unreachable_tasks: unreachable, completed_tasks: completed };
}

/** The amounts that are scalars; others, such as the number of ports, are no resources that could be shown. */
const ROLE_SCALARS: ReadonlySet<string> = new Set(["cpus", "disk", "gpus", "mem"]);

function scalarResources(quantities: Quantities): Resource[] {
  const scalars = Object.entries(quantitiesModel(quantities)).filter(([name]) => ROLE_SCALARS.has(name));
  return scalars.map(([name, value]) => ({ name, type: "SCALAR", scalar: { value } }));
}

function getRoles(state: MasterState, viewer: Viewer): NonNullable<Body["get_roles"]> {
  const breakdowns = roleBreakdowns(state);
  const names = knownRoles(state).filter((name) => viewer.role(name));
  return {
    roles: names.map((name) => {
      const { allocated, offered } = breakdownOf(breakdowns, name);
      const frameworks = [...(state.roles.get(name) ?? [])].map((value) => ({ value }));
      const resources = scalarResources(addQuantities(allocated, offered));
      return {
        name,
        weight: state.weights.get(name) ?? DEFAULT_WEIGHT,
        ...(frameworks.length > 0 ? { frameworks } : {}),
        ...(resources.length > 0 ? { resources } : {}),
      };
    }),
  };
}

function getMaster({ info, startTime, electedTime }: MasterState): NonNullable<Body["get_master"]> {
  return {
    master_info: info,
    start_time: startTime / 1000,
    ...(electedTime > 0 ? { elected_time: electedTime / 1000 } : {}),
  };
}

/** An operation may be seen by who may see all that it consumes. */
function getOperations({ agents }: MasterState, viewer: Viewer): NonNullable<Body["get_operations"]> {
  const operations = [...agents.registered.values()]
    .flatMap((agent) => [...agent.operations.values()])
    .filter(({ info }) => consumedBy(info).every((resource) => viewer.resource(resource)));
  return operations.length > 0 ? { operations } : {};
}

/** Without weights the whole part is absent, as in Mesos (src/master/weights_handler.cpp). */
function getWeights({ weights }: MasterState, viewer: Viewer): Body {
  const infos = [...weights]
    .filter(([role]) => viewer.role(role))
    .map(([role, weight]) => ({ weight, role }));
  return infos.length > 0 ? { get_weights: { weight_infos: infos } } : {};
}

/** Every call that changes nothing, but for those that read files. @see Mesos docs/operator-http-api.md */
const READ_CALLS: Partial<Record<MasterResponseType, ReadCall>> = {
  GET_HEALTH: () => ({ get_health: { healthy: true } }),
  GET_FLAGS: ({ options }) => ({
    get_flags: { flags: Object.entries(options.flags).map(([name, value]) => ({ name, value })) },
  }),
  GET_VERSION: () => ({ get_version: { version_info: versionModel() } }),
  GET_METRICS: (state, _call, sources) => ({
    get_metrics: { metrics: [...metricValues(state, sources)].map(([name, value]) => ({ name, value })) },
  }),
  GET_LOGGING_LEVEL: (_state, _call, { loggingLevel }) => ({ get_logging_level: { level: loggingLevel } }),
  GET_STATE: (state, _call, { viewer }) => {
    const seen = seenBy(state, viewer);
    return {
      get_state: {
        get_tasks: getTasks(seen),
        get_executors: getExecutors(seen),
        get_frameworks: getFrameworks(seen),
        get_agents: getAgents(seen, viewer),
      },
    };
  },
  GET_AGENTS: (state, _call, { viewer }) => ({ get_agents: getAgents(state, viewer) }),
  GET_FRAMEWORKS: (state, _call, { viewer }) => ({ get_frameworks: getFrameworks(seenBy(state, viewer)) }),
  GET_EXECUTORS: (state, _call, { viewer }) => ({ get_executors: getExecutors(seenBy(state, viewer)) }),
  GET_OPERATIONS: (state, _call, { viewer }) => ({ get_operations: getOperations(state, viewer) }),
  GET_TASKS: (state, _call, { viewer }) => ({ get_tasks: getTasks(seenBy(state, viewer)) }),
  GET_ROLES: (state, _call, { viewer }) => ({ get_roles: getRoles(state, viewer) }),
  GET_QUOTA: (state, _call, { principal }) => ({
    get_quota: { status: quotaStatus(seenQuotas(state, principal)) },
  }),
  GET_WEIGHTS: (state, _call, { viewer }) => getWeights(state, viewer),
  GET_MAINTENANCE_STATUS: (state, _call, { principal }) => ({
    get_maintenance_status: { status: maintenanceStatus(state, principal) },
  }),
  GET_MAINTENANCE_SCHEDULE: (state, _call, { principal }) => ({
    get_maintenance_schedule: { schedule: maintenanceSchedule(state, principal) },
  }),
  GET_MASTER: (state) => ({ get_master: getMaster(state) }),
};

/** The response to a call that only looks; undefined when the call is of another kind. */
export function answerReadCall(
  state: MasterState,
  call: MasterCall,
  facts: ReadSources & Caller,
): MasterResponse | undefined {
  const type = (Object.keys(READ_CALLS) as MasterResponseType[]).find((name) => name === call.type);
  const read = type && READ_CALLS[type];
  return read && { type, ...read(state, call, facts) };
}

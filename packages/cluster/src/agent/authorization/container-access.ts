// Who may start, watch and end containers over the API. @see Mesos src/slave/http.cpp, src/authorizer/local/authorizer.cpp
import type { AgentCall, AgentCallType, CommandInfo, ContainerID } from "@mezzo/wire";
import type { Action } from "../../authorization/actions.ts";
import { rootOf } from "../launched/container-name.ts";
import { executorOf } from "../launched/known-container.ts";
import type { AgentState, ExecutorState } from "../state.ts";
import { type Caller, isNameless, may } from "./caller.ts";

/** What a call does, and to which container. */
interface ContainerAction {
  /** To a container within another. */
  nested?: Action;
  /** To a container that stands alone. */
  standalone?: Action;
  /** Whether an executor may do it to containers within its own by the token it was given. */
  byExecutor?: true;
  id: (call: AgentCall) => ContainerID | undefined;
}

const wait = { nested: "WAIT_NESTED_CONTAINER", byExecutor: true } as const;
const kill = { nested: "KILL_NESTED_CONTAINER", byExecutor: true } as const;
const remove = { nested: "REMOVE_NESTED_CONTAINER", byExecutor: true } as const;
const launch = { nested: "LAUNCH_NESTED_CONTAINER_UNDER_PARENT", byExecutor: true } as const;

const CALLS: Partial<Record<AgentCallType, ContainerAction>> = {
  LAUNCH_NESTED_CONTAINER: { ...launch, id: (call) => call.launch_nested_container?.container_id },
  LAUNCH_CONTAINER: {
    ...launch,
    standalone: "LAUNCH_STANDALONE_CONTAINER",
    id: (call) => call.launch_container?.container_id,
  },
  LAUNCH_NESTED_CONTAINER_SESSION: {
    nested: "LAUNCH_NESTED_CONTAINER_SESSION_UNDER_PARENT",
    byExecutor: true,
    id: (call) => call.launch_nested_container_session?.container_id,
  },
  WAIT_NESTED_CONTAINER: { ...wait, id: (call) => call.wait_nested_container?.container_id },
  WAIT_CONTAINER: {
    ...wait,
    standalone: "WAIT_STANDALONE_CONTAINER",
    id: (call) => call.wait_container?.container_id,
  },
  KILL_NESTED_CONTAINER: { ...kill, id: (call) => call.kill_nested_container?.container_id },
  KILL_CONTAINER: {
    ...kill,
    standalone: "KILL_STANDALONE_CONTAINER",
    id: (call) => call.kill_container?.container_id,
  },
  REMOVE_NESTED_CONTAINER: { ...remove, id: (call) => call.remove_nested_container?.container_id },
  REMOVE_CONTAINER: {
    ...remove,
    standalone: "REMOVE_STANDALONE_CONTAINER",
    id: (call) => call.remove_container?.container_id,
  },
  ATTACH_CONTAINER_OUTPUT: {
    nested: "ATTACH_CONTAINER_OUTPUT",
    byExecutor: true,
    id: (call) => call.attach_container_output?.container_id,
  },
  ATTACH_CONTAINER_INPUT: {
    nested: "ATTACH_CONTAINER_INPUT",
    id: (call) => call.attach_container_input?.container_id,
  },
};

/** What has to be allowed beside it for the user that a new container runs as. */
const AS_USER: Partial<Record<AgentCallType, Action>> = {
  LAUNCH_NESTED_CONTAINER: "LAUNCH_NESTED_CONTAINER_AS_USER",
  LAUNCH_CONTAINER: "LAUNCH_NESTED_CONTAINER_AS_USER",
  LAUNCH_NESTED_CONTAINER_SESSION: "LAUNCH_NESTED_CONTAINER_SESSION_AS_USER",
};

function commandOf(call: AgentCall): CommandInfo | undefined {
  const part = call.launch_nested_container ?? call.launch_container ?? call.launch_nested_container_session;
  return part?.command;
}

/** The user of an executor's container. */
export function userOf(state: AgentState, { info, frameworkId }: ExecutorState): string | undefined {
  return info.command?.user ?? state.frameworks.get(frameworkId)?.info.user;
}

/** Whether the caller may make this call about a container; true for calls about something else. */
export function mayUseContainer(state: AgentState, caller: Caller | undefined, call: AgentCall): boolean {
  const action = call.type && CALLS[call.type];
  if (state.authorizer === undefined || action === undefined) return true;
  const id = action.id(call) ?? { value: "" };
  const root = rootOf(id).value;
  if (isNameless(caller)) return action.byExecutor === true && caller?.claims?.["cid"] === root;
  const executor = executorOf(state, root);
  if (executor === undefined) {
    if (action.standalone !== undefined && id.parent === undefined)
      return may(state, caller, action.standalone);
    // Attaching to what is not there is told so; the rest is asked about by the container's id, as in Mesos.
    const isAttach = action.nested?.startsWith("ATTACH") === true;
    return isAttach || action.nested === undefined || may(state, caller, action.nested, id.value);
  }
  const user = userOf(state, executor);
  if (action.nested !== undefined && !may(state, caller, action.nested, user)) return false;
  const asUser = call.type && AS_USER[call.type];
  return asUser === undefined || may(state, caller, asUser, commandOf(call)?.user ?? user);
}

// What a caller may see of the cluster.
import type { ExecutorInfo, FrameworkInfo, Resource, Task } from "@mezzo/wire";
import type { Approver } from "../../authorization/authorizer.ts";
import type { Framework } from "../framework.ts";
import type { MasterState } from "../state.ts";

export interface Viewer {
  framework(info: FrameworkInfo): boolean;
  task(task: Task, info: FrameworkInfo): boolean;
  executor(executor: ExecutorInfo, info: FrameworkInfo): boolean;
  role(name: string): boolean;
  /** Whether every role that the resource is reserved or allocated to may be seen. */
  resource(resource: Resource): boolean;
  /** The resources that may be seen: the very list where that is all of them. */
  resources(list: readonly Resource[]): readonly Resource[];
  flags(): boolean;
}

/** Everybody, where there are no ACLs. */
export const SEES_EVERYTHING: Viewer = {
  framework: () => true,
  task: () => true,
  executor: () => true,
  role: () => true,
  resource: () => true,
  resources: (list) => list,
  flags: () => true,
};

/** Whether a task of the framework may be seen, which takes seeing both. A framework that is not known may be anybody's. */
export function seesTask(viewer: Viewer, framework: Framework | undefined, task: Task): boolean {
  if (viewer === SEES_EVERYTHING) return true;
  return framework !== undefined && viewer.framework(framework.info) && viewer.task(task, framework.info);
}

function rolesOf({ reservations = [], allocation_info: allocation }: Resource): string[] {
  const roles = reservations.map(({ role }) => role ?? "*");
  return allocation?.role === undefined ? roles : [...roles, allocation.role];
}

/** What the principal may see; undefined is a caller who did not authenticate. @see Mesos src/common/http.hpp ObjectApprovers */
export function viewerOf({ authorizer }: MasterState, principal: string | undefined): Viewer {
  if (authorizer === undefined) return SEES_EVERYTHING;
  const framework: Approver = authorizer.approver(principal, "VIEW_FRAMEWORK");
  const task: Approver = authorizer.approver(principal, "VIEW_TASK");
  const executor: Approver = authorizer.approver(principal, "VIEW_EXECUTOR");
  const role: Approver = authorizer.approver(principal, "VIEW_ROLE");
  const resource = (each: Resource): boolean => rolesOf(each).every((name) => role(name));
  return {
    framework: ({ user }) => framework(user),
    task: ({ user }, info) => task(user ?? info.user),
    executor: ({ command }, info) => executor(command?.user ?? info.user),
    role,
    resource,
    resources: (list) => list.filter(resource),
    flags: () => authorizer.approves(principal, "VIEW_FLAGS"),
  };
}

function seenFramework(framework: Framework, viewer: Viewer): Framework {
  const { info } = framework;
  const isSeen = (task: Task): boolean => viewer.task(task, info);
  const tasksOf = (tasks: Framework["tasks"]): Framework["tasks"] =>
    new Map([...tasks].filter(([, task]) => isSeen(task)));
  return {
    ...framework,
    tasks: tasksOf(framework.tasks),
    unreachableTasks: tasksOf(framework.unreachableTasks),
    completedTasks: framework.completedTasks.filter(isSeen),
    executors: new Map(
      [...framework.executors].map(([agentId, executors]) => [
        agentId,
        new Map([...executors].filter(([, executor]) => viewer.executor(executor, info))),
      ]),
    ),
  };
}

function seenFrameworks(frameworks: Map<string, Framework>, viewer: Viewer): Map<string, Framework> {
  return new Map(
    [...frameworks]
      .filter(([, { info }]) => viewer.framework(info))
      .map(([id, framework]) => [id, seenFramework(framework, viewer)]),
  );
}

/** The state with the frameworks, tasks and executors that may be seen: a copy, unless that is everything. */
export function seenBy(state: MasterState, viewer: Viewer): MasterState {
  if (viewer === SEES_EVERYTHING) return state;
  const { frameworks } = state;
  return {
    ...state,
    frameworks: {
      ...frameworks,
      registered: seenFrameworks(frameworks.registered, viewer),
      completed: seenFrameworks(frameworks.completed, viewer),
    },
  };
}

// What a caller may see of the cluster.
import type { ExecutorInfo, FrameworkInfo, Resource, Task, TaskInfo } from "@mezzo/wire";
import type { Approver, Authorizer } from "./authorizer.ts";

export interface Viewer {
  framework(info: FrameworkInfo): boolean;
  /** A task as it is told about, or as it was asked for. */
  task(task: Task | TaskInfo, info: FrameworkInfo): boolean;
  executor(executor: ExecutorInfo, info: FrameworkInfo): boolean;
  role(name: string): boolean;
  /** The quota of a role. */
  quota(role: string): boolean;
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
  quota: () => true,
  resource: () => true,
  resources: (list) => list,
  flags: () => true,
};

/** A caller who is known to be nobody that rules could be about. */
export const SEES_NOTHING: Viewer = {
  framework: () => false,
  task: () => false,
  executor: () => false,
  role: () => false,
  quota: () => false,
  resource: () => false,
  resources: () => [],
  flags: () => false,
};

function rolesOf({ reservations = [], allocation_info: allocation }: Resource): string[] {
  const roles = reservations.map(({ role }) => role ?? "*");
  return allocation?.role === undefined ? roles : [...roles, allocation.role];
}

function userOf(task: Task | TaskInfo): string | undefined {
  if ("state" in task) return task.user;
  return task.command?.user ?? task.executor?.command?.user;
}

/** What a principal may see; undefined is a caller who did not authenticate. @see Mesos src/common/http.hpp ObjectApprovers */
export function viewerOf(authorizer: Authorizer | undefined, principal: string | undefined): Viewer {
  if (authorizer === undefined) return SEES_EVERYTHING;
  const framework: Approver = authorizer.approver(principal, "VIEW_FRAMEWORK");
  const task: Approver = authorizer.approver(principal, "VIEW_TASK");
  const executor: Approver = authorizer.approver(principal, "VIEW_EXECUTOR");
  const role: Approver = authorizer.approver(principal, "VIEW_ROLE");
  const resource = (each: Resource): boolean => rolesOf(each).every((name) => role(name));
  return {
    framework: ({ user }) => framework(user),
    task: (each, info) => task(userOf(each) ?? info.user),
    executor: ({ command }, info) => executor(command?.user ?? info.user),
    role,
    quota: authorizer.approver(principal, "GET_QUOTA"),
    resource,
    resources: (list) => list.filter(resource),
    flags: () => authorizer.approves(principal, "VIEW_FLAGS"),
  };
}

// Applies a conversion to every resource inside a message: what upgrading calls from older peers and downgrading answers
// for them comes to. Follows `upgradeResources(Message*)` of src/common/resources_utils.cpp. What does not change is shared.
import type { ExecutorInfo, OfferOperation, Resource, TaskInfo } from "../messages.gen.ts";
import { downgradeResource, upgradeResource } from "./upgrade-resources.ts";

/** One resource to another; returns its argument when there is nothing to do. */
export type ConvertResource = (resource: Resource) => Resource;

/** The fields of all messages that may hold resources. */
const RESOURCE_FIELDS: ReadonlySet<string> = new Set([
  "addition",
  "allocated",
  "allocated_resources",
  "checkpointed_resources",
  "converted_resources",
  "guarantee",
  "offered_resources",
  "oversubscribed_resources",
  "resources",
  "source",
  "total",
  "total_resources",
  "volume",
  "volumes",
]);

const RESOURCE_TYPES: ReadonlySet<unknown> = new Set(["SCALAR", "RANGES", "SET"]);

function isResource(value: object): value is Resource {
  return "name" in value && "type" in value && RESOURCE_TYPES.has(value.type);
}

function convertValue(value: unknown, convert: ConvertResource, field: string): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) {
    const items: unknown[] = value;
    const converted = items.map((item) => convertValue(item, convert, field));
    return converted.some((item, i) => item !== items[i]) ? converted : items;
  }
  if (RESOURCE_FIELDS.has(field) && isResource(value)) return convert(value);
  return convertMessageResources(value, convert);
}

/** Converts all resources anywhere in a message of any kind. For tasks there is a faster one below. */
export function convertMessageResources<T extends object>(message: T, convert: ConvertResource): T {
  let changes: Record<string, unknown> | undefined;
  for (const [field, value] of Object.entries(message)) {
    const converted = convertValue(value, convert, field);
    if (converted === value) continue;
    changes ??= {};
    changes[field] = converted;
  }
  return changes === undefined ? message : { ...message, ...changes };
}

function convertList(resources: Resource[], convert: ConvertResource): Resource[] {
  for (let i = 0; i < resources.length; i++) {
    if (convert(resources[i]!) !== resources[i]) return resources.map((resource) => convert(resource));
  }
  return resources;
}

function convertOwn<T extends { resources?: Resource[] }>(message: T, convert: ConvertResource): T {
  if (message.resources === undefined) return message;
  const resources = convertList(message.resources, convert);
  return resources === message.resources ? message : { ...message, resources };
}

/** Converts the resources of an executor. */
export function convertExecutorResources(executor: ExecutorInfo, convert: ConvertResource): ExecutorInfo {
  return convertOwn(executor, convert);
}

/** Converts the resources of a task and of its executor. */
export function convertTaskResources(task: TaskInfo, convert: ConvertResource): TaskInfo {
  const result = convertOwn(task, convert);
  if (result.executor === undefined) return result;
  const executor = convertOwn(result.executor, convert);
  return executor === result.executor ? result : { ...result, executor };
}

function convertTasks(tasks: TaskInfo[], convert: ConvertResource): TaskInfo[] {
  const converted = tasks.map((task) => convertTaskResources(task, convert));
  return converted.some((task, i) => task !== tasks[i]) ? converted : tasks;
}

/** Converts all resources of an offer operation. */
export function convertOperationResources(
  operation: OfferOperation,
  convert: ConvertResource,
): OfferOperation {
  const { launch } = operation;
  if (operation.type !== "LAUNCH" || launch?.task_infos === undefined) {
    return convertMessageResources(operation, convert);
  }
  const tasks = convertTasks(launch.task_infos, convert);
  return tasks === launch.task_infos ? operation : { ...operation, launch: { ...launch, task_infos: tasks } };
}

/** Upgrades all resources of a task and its executor; see `upgradeResource`. */
export function upgradeTask(task: TaskInfo): TaskInfo {
  return convertTaskResources(task, upgradeResource);
}

/** Upgrades all resources of an executor. */
export function upgradeExecutor(executor: ExecutorInfo): ExecutorInfo {
  return convertExecutorResources(executor, upgradeResource);
}

/** Upgrades all resources of an offer operation, which must be valid. */
export function upgradeOperation(operation: OfferOperation): OfferOperation {
  return convertOperationResources(operation, upgradeResource);
}

/** Upgrades all resources of any message. */
export function upgradeMessage<T extends object>(message: T): T {
  return convertMessageResources(message, upgradeResource);
}

/** Downgrades all resources of any message, where they have an old form. */
export function downgradeMessage<T extends object>(message: T): T {
  return convertMessageResources(message, downgradeResource);
}

// What a TaskInfo or a TaskGroupInfo needs, of which only the resources matter here.
import {
  type Resource,
  type Result,
  addResources,
  failure,
  formatResources,
  fromJson,
  parseJson,
  success,
  unallocateResources,
  upgradeResources,
} from "@mezzo/wire";

type Json = Readonly<Record<string, unknown>>;

/** Entries of one list beyond this many are no task but an attack. */
const MAX_ENTRIES = 1000;

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function resourcesIn(holder: Json, name: string): Result<Resource[]> {
  const list = holder["resources"] ?? [];
  if (!Array.isArray(list)) return failure(`'resources' of ${name} is not an array`);
  if (list.length > MAX_ENTRIES) return failure(`${name} has more than ${MAX_ENTRIES} resources`);
  const resources: Resource[] = [];
  for (const each of list as unknown[]) {
    const resource = fromJson("Resource", each);
    if (!resource.ok) return failure(`a resource of ${name} cannot be read: ${resource.error}`);
    resources.push(resource.value);
  }
  return success(unallocateResources(upgradeResources(resources)));
}

/** A task's own resources and those of an executor that it brings. */
function taskNeed(task: Json, name: string): Result<Resource[]> {
  const own = resourcesIn(task, name);
  const { executor } = task;
  if (!own.ok || !isObject(executor)) return own;
  const more = resourcesIn(executor, `the executor of ${name}`);
  return more.ok ? success(addResources(own.value, more.value)) : more;
}

/** Reads a task or a task group (`{"tasks": […]}`), and adds up what it needs. */
export function needOf(value: unknown): Result<Resource[]> {
  if (!isObject(value)) return failure("it is no JSON object; give a TaskInfo or a TaskGroupInfo");
  const tasks = value["tasks"] ?? [value];
  if (!Array.isArray(tasks)) return failure("'tasks' is not an array");
  if (tasks.length > MAX_ENTRIES) return failure(`it has more than ${MAX_ENTRIES} tasks`);
  let need: Resource[] = [];
  for (const [index, task] of (tasks as unknown[]).entries()) {
    const name = Array.isArray(value["tasks"]) ? `task ${index}` : "the task";
    if (!isObject(task)) return failure(`${name} is no JSON object`);
    const part = taskNeed(task, name);
    if (!part.ok) return part;
    need = addResources(need, part.value);
  }
  if (need.length === 0) return failure("it asks for no resources");
  const negative = need.find(({ scalar }) => scalar !== undefined && !(scalar.value > 0));
  return negative === undefined ? success(need) : failure(`it asks for ${formatResources([negative])}`);
}

/** The same from text. */
export function parseNeed(text: string): Result<Resource[]> {
  const json = parseJson(text);
  return json.ok ? needOf(json.value) : json;
}

// Flags of `mezzo explain` to the master's endpoint.
import { type Result, failure, parseResources, success } from "@mezzo/wire";

export interface ExplainWishes {
  framework?: string | undefined;
  agent?: string | undefined;
  role?: string | undefined;
  task?: unknown;
  resources?: string | undefined;
  offset: number;
  limit: number;
}

/** A task of a resource string: nothing else of it matters. */
export function taskOf(text: string): Result<{ resources: object[] }> {
  const resources = parseResources(text);
  return resources.ok ? success({ resources: resources.value }) : failure(resources.error);
}

/** `/explain?…` with everything that was asked for. */
export function explainPath(wishes: ExplainWishes): Result<string> {
  const query = new URLSearchParams();
  let { task } = wishes;
  if (wishes.resources !== undefined) {
    if (task !== undefined) return failure("Flags 'task' and 'resources' say the same: give one of them");
    const made = taskOf(wishes.resources);
    if (!made.ok) return failure(`Flag 'resources' cannot be read: ${made.error}`);
    task = made.value;
  }
  if (wishes.framework !== undefined) query.set("framework_id", wishes.framework);
  if (wishes.agent !== undefined) query.set("agent_id", wishes.agent);
  if (wishes.role !== undefined) query.set("role", wishes.role);
  if (task !== undefined) query.set("task", JSON.stringify(task));
  query.set("offset", String(wishes.offset));
  query.set("limit", String(wishes.limit));
  return success(`/explain?${query.toString()}`);
}

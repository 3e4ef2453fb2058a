// The parameters of GET /explain.
import { type Resource, type Result, failure, success } from "@mezzo/wire";
import type { Query } from "../read/select.ts";
import { parseNeed } from "./task-need.ts";

export interface ExplainQuery {
  frameworkId: string | undefined;
  agentId: string | undefined;
  role: string | undefined;
  need: readonly Resource[] | undefined;
  offset: number;
  limit: number;
}

/** Entries of an answer unless the caller wants more or fewer. */
const DEFAULT_LIMIT = 100;

/** The most entries of one answer: some hundred kilobytes. The rest is a page further. */
const MAX_LIMIT = 1000;

const KNOWN: ReadonlySet<string> = new Set([
  "framework_id",
  "agent_id",
  "role",
  "task",
  "offset",
  "limit",
  "jsonp",
]);

function count(query: Query, name: string, bounds: { standard: number; most: number }): Result<number> {
  const text = query.get(name);
  if (text === undefined) return success(bounds.standard);
  const value = Number(text);
  if (!/^\d{1,9}$/.test(text) || value > bounds.most)
    return failure(`'${name}' is '${text}', expected a whole number from 0 to ${bounds.most}`);
  return success(value);
}

/** Reads and checks them; says what to write instead. */
export function parseExplainQuery(query: Query): Result<ExplainQuery> {
  for (const name of query.keys()) {
    if (!KNOWN.has(name)) return failure(`there is no parameter '${name}', only ${[...KNOWN].join(", ")}`);
  }
  for (const name of ["framework_id", "agent_id", "role", "task"]) {
    if (query.get(name) === "") return failure(`'${name}' is empty`);
  }
  const offset = count(query, "offset", { standard: 0, most: 999_999_999 });
  if (!offset.ok) return offset;
  const limit = count(query, "limit", { standard: DEFAULT_LIMIT, most: MAX_LIMIT });
  if (!limit.ok) return limit;
  const task = query.get("task");
  const need = task === undefined ? undefined : parseNeed(task);
  if (need?.ok === false) return failure(`'task' cannot be used: ${need.error}`);
  const frameworkId = query.get("framework_id");
  const agentId = query.get("agent_id");
  const role = query.get("role");
  if (frameworkId === undefined && agentId === undefined && (role !== undefined || task !== undefined))
    return failure("'role' and 'task' need a 'framework_id' or an 'agent_id'");
  return success({ frameworkId, agentId, role, need: need?.value, offset: offset.value, limit: limit.value });
}

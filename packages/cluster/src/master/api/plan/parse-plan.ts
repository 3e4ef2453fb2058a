// The body of POST /plan: what is to be placed, how often, for whom, and what is supposed to be changed.
import {
  type QuotaConfig,
  type Resource,
  type Result,
  type WeightInfo,
  failure,
  fromJson,
  parseJson,
  success,
} from "@mezzo/wire";
import { checkPolicyRole } from "../../check-policy-role.ts";
import { checkUpdateQuota } from "../../steps/check-quota.ts";
import { checkWeight } from "../../steps/update-weights.ts";
import type { MasterState } from "../../state.ts";
import { needOf } from "../explain/task-need.ts";

export interface PlanQuestion {
  need: readonly Resource[];
  count: number;
  role: string;
  frameworkId: string | undefined;
  quotas: readonly QuotaConfig[];
  weights: readonly { role: string; weight: number }[];
}

/** Copies of a task that are placed one by one, each some ten microseconds. */
export const MAX_COUNT = 10_000;

/** Changes of quota or weights in one question. */
const MAX_CHANGES = 1000;

const MEMBERS: readonly string[] = ["task", "count", "role", "framework_id", "quotas", "weights"];

type Json = Readonly<Record<string, unknown>>;

function bodyOf(text: string): Result<Json> {
  const json = parseJson(text);
  if (!json.ok) return json;
  const { value } = json;
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return failure(`the body is no JSON object with ${MEMBERS.join(", ")}`);
  const body = value as Json;
  const unknown = Object.keys(body).find((name) => !MEMBERS.includes(name));
  return unknown === undefined
    ? success(body)
    : failure(`there is no member '${unknown}', only ${MEMBERS.join(", ")}`);
}

function messages<T>(body: Json, name: string, read: (each: unknown) => Result<T>): Result<T[]> {
  const list = body[name] ?? [];
  if (!Array.isArray(list)) return failure(`'${name}' is not an array`);
  if (list.length > MAX_CHANGES) return failure(`'${name}' has more than ${MAX_CHANGES} entries`);
  const read_: T[] = [];
  for (const each of list as unknown[]) {
    const message = read(each);
    if (!message.ok) return failure(`an entry of '${name}' cannot be read: ${message.error}`);
    read_.push(message.value);
  }
  return success(read_);
}

function checkChanges(
  state: MasterState,
  quotas: readonly QuotaConfig[],
  weights: readonly { role: string; weight: number }[],
): string | undefined {
  for (const weight of weights) {
    const wrong = checkWeight(state, weight);
    if (wrong !== undefined) return wrong;
  }
  // More than there is may be supposed: that is what the question is for.
  return quotas.length === 0 ? undefined : checkUpdateQuota(state, { configs: quotas, force: true })?.body;
}

/** Reads and checks it against what there is; says what to write instead. */
export function parsePlan(state: MasterState, text: string): Result<PlanQuestion> {
  const json = bodyOf(text);
  if (!json.ok) return json;
  const body = json.value;
  const { task, count = 1, role, framework_id: frameworkId } = body;
  if (task === undefined) return failure("'task' is missing: give a TaskInfo or a TaskGroupInfo");
  const need = needOf(task);
  if (!need.ok) return failure(`'task' cannot be used: ${need.error}`);
  if (typeof count !== "number" || !Number.isInteger(count) || count < 1 || count > MAX_COUNT)
    return failure(`'count' is ${JSON.stringify(count)}, expected a whole number from 1 to ${MAX_COUNT}`);
  if (typeof role !== "string")
    return failure("'role' is missing: give the role that the tasks would run in");
  const wrongRole = checkPolicyRole(role);
  if (wrongRole !== undefined) return failure(`'role' cannot be used: ${wrongRole}`);
  if (frameworkId !== undefined && typeof frameworkId !== "string")
    return failure("'framework_id' is not a string");
  const quotas = messages(body, "quotas", (each) => fromJson("QuotaConfig", each));
  if (!quotas.ok) return quotas;
  const infos = messages(body, "weights", (each): Result<WeightInfo> => fromJson("WeightInfo", each));
  if (!infos.ok) return infos;
  const weights = infos.value.map(({ role: of = "", weight }) => ({ role: of.trim(), weight }));
  const wrong = checkChanges(state, quotas.value, weights);
  if (wrong !== undefined) return failure(wrong);
  return success({ need: need.value, count, role, frameworkId, quotas: quotas.value, weights });
}

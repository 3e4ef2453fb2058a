// Whether an agent may keep its id with a changed configuration (`src/slave/compatibility.cpp`).
import { isDeepStrictEqual } from "node:util";
import type { AgentInfo } from "@mezzo/wire";
import { equalResources } from "@mezzo/wire";
import type { AgentOptions } from "../options.ts";
import { equalAttributes } from "./equal-attributes.ts";
import { whyNotAdditive } from "./why-not-additive.ts";

const RULE = "------------------------------------------------------------";

/** Why the policy forbids going from `previous` to `current`, in Mesos' words; undefined when it allows it. */
export function whyIncompatible(
  policy: AgentOptions["reconfigurationPolicy"],
  previous: AgentInfo,
  current: AgentInfo,
): string | undefined {
  return policy === "additive" ? whyNotAdditive(previous, current) : whyNotEqual(previous, current);
}

function whyNotEqual(previous: AgentInfo, current: AgentInfo): string | undefined {
  if (isSame(previous, current)) return undefined;
  const lines = ["Incompatible agent info detected. ", `\n${RULE}`, "Old agent info:"];
  const both = [
    JSON.stringify(previous),
    `\n${RULE}`,
    "New agent info:",
    JSON.stringify(current),
    `\n${RULE}`,
  ];
  return [...lines, ...both].join("\n");
}

/** Resources and attributes may stand in another order. */
function isSame(previous: AgentInfo, current: AgentInfo): boolean {
  const { resources: before = [], attributes: had = [], ...rest } = previous;
  const { resources: after = [], attributes: has = [], ...other } = current;
  return (
    isDeepStrictEqual(withoutUndefined(rest), withoutUndefined(other)) &&
    equalResources(before, after) &&
    equalAttributes(had, has)
  );
}

function withoutUndefined(info: Partial<AgentInfo>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(info).filter(([, value]) => value !== undefined));
}

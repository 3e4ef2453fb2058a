// Attributes of an agent in text: `rack:abc;zone:west;level:10;keys:[1000-1500]`.
// Follows src/common/attributes.cpp and docs/attributes-resources.md.
import type { Attribute } from "../messages.gen.ts";
import { failure, success } from "../result.ts";
import type { Result } from "../result.ts";
import { parseValue } from "../values/parse-value.ts";
import { formatRanges } from "../values/ranges.ts";
import { formatScalar } from "../values/scalars.ts";
import { tokenize } from "../values/tokenize.ts";

function parseOne(pair: string): Result<Attribute> {
  const colon = pair.indexOf(":");
  const name = pair.slice(0, colon);
  const text = pair.slice(colon + 1);
  if (colon <= 0 || text === "") return failure(`Invalid attribute key:value pair '${pair}'`);
  const value = parseValue(text);
  if (!value.ok) return failure(`Failed to parse attribute ${name} text ${text} error ${value.error}`);
  // Mesos prints the number of the type here: a set is the only one that can get this far.
  if (value.value.type === "SET") return failure(`Bad type for attribute ${name} text ${text} type 2`);
  return success({ name, ...value.value });
}

/** Reads attributes: numbers, ranges and texts. Mesos stops at the first error, which is returned here. */
export function parseAttributes(text: string): Result<Attribute[]> {
  const attributes: Attribute[] = [];
  for (const pair of tokenize(text, ";\n")) {
    const parsed = parseOne(pair);
    if (!parsed.ok) return parsed;
    attributes.push(parsed.value);
  }
  return success(attributes);
}

/** Writes one attribute as `rack=abc`. */
export function formatAttribute(attribute: Attribute): string {
  switch (attribute.type) {
    case "SCALAR":
      return `${attribute.name}=${formatScalar(attribute.scalar?.value ?? 0)}`;
    case "RANGES":
      return `${attribute.name}=${formatRanges(attribute.ranges?.range ?? [])}`;
    default:
      return `${attribute.name}=${attribute.text?.value ?? ""}`;
  }
}

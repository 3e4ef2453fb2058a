// Picks what a constraint looks at: a named attribute, or the agent's hostname, region or zone.
import type { AgentInfo, Attribute, Result, SchedulerAttributeConstraintSelector } from "@mezzo/wire";

/** An attribute, the text of a pseudo attribute, or undefined when the agent has none. */
export type Selected = Attribute | string | undefined;

/** Compiles a selector; exactly one of its two fields must be set. */
export function compileSelector(
  selector: SchedulerAttributeConstraintSelector | undefined,
): Result<(info: AgentInfo) => Selected> {
  const name = selector?.attribute_name;
  if (name !== undefined) {
    return { ok: true, value: (info) => info.attributes?.find((attribute) => attribute.name === name) };
  }
  switch (selector?.pseudoattribute_type) {
    case "HOSTNAME":
      return { ok: true, value: (info) => info.hostname };
    case "REGION":
      return { ok: true, value: (info) => info.domain?.fault_domain?.region.name };
    case "ZONE":
      return { ok: true, value: (info) => info.domain?.fault_domain?.zone.name };
    case undefined:
      return {
        ok: false,
        error:
          "Exactly one of 'AttributeConstraint::Selector::name' or " +
          "'AttributeConstraint::Selector::pseudoattribute_type' must be set",
      };
    default:
      return { ok: false, error: "Unknown pseudoattribute type" };
  }
}

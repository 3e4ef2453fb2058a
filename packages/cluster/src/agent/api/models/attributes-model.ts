// Attributes of an agent as the older JSON endpoints show them.
import { formatRanges, formatSet, type Attribute } from "@mezzo/wire";

/** One key an attribute: a number, or text (`src/common/http.cpp` of Mesos). */
export function attributesModel(attributes: readonly Attribute[]): Record<string, number | string> {
  return Object.fromEntries(attributes.map((attribute) => [attribute.name, valueOf(attribute)]));
}

function valueOf({ type, scalar, ranges, set, text }: Attribute): number | string {
  switch (type) {
    case "SCALAR":
      return scalar?.value ?? 0;
    case "RANGES":
      return formatRanges(ranges?.range ?? []);
    case "SET":
      return formatSet(set?.item ?? []);
    default:
      return text?.value ?? "";
  }
}

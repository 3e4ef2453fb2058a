// Attributes of an agent as the older JSON endpoints show them.
import type { Attribute } from "@mezzo/wire";
import { rangesText, setText } from "./resources-model.ts";

/** One key an attribute: a number, or text. @see Mesos src/common/http.cpp */
export function attributesModel(attributes: readonly Attribute[]): Record<string, number | string> {
  const model: Record<string, number | string> = {};
  for (const { name, type, scalar, ranges, set, text } of attributes) {
    if (type === "SCALAR") model[name] = scalar?.value ?? 0;
    if (type === "RANGES") {
      model[name] = rangesText((ranges?.range ?? []).map(({ begin, end }) => [begin, end]));
    }
    if (type === "SET") model[name] = setText(set?.item ?? []);
    if (type === "TEXT") model[name] = text?.value ?? "";
  }
  return model;
}

// Labels: an unordered list of keys with optional values.
import type { Label, Labels } from "../messages.gen.ts";

function equalLabel(left: Label, right: Label): boolean {
  return left.key === right.key && left.value === right.value;
}

/** Whether both hold the same labels in whatever order; follows `operator==(Labels)` of type_utils.cpp. */
export function equalLabels(left: Labels | undefined, right: Labels | undefined): boolean {
  if (left === right) return true;
  if (left === undefined || right === undefined) return false;
  const a = left.labels ?? [];
  const b = right.labels ?? [];
  return a.length === b.length && a.every((label) => b.some((other) => equalLabel(label, other)));
}

/** Writes labels as `{key: value, key}`. */
export function formatLabels(labels: Labels): string {
  const parts = (labels.labels ?? []).map(({ key, value }) =>
    value === undefined ? key : `${key}: ${value}`,
  );
  return `{${parts.join(", ")}}`;
}

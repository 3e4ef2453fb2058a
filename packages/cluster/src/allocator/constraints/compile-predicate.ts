// What a constraint asks of an attribute. Attributes that are not text pass every text predicate, as in Mesos.
import type { Result, SchedulerAttributeConstraintPredicate } from "@mezzo/wire";
import { compileRegex } from "./compile-regex.ts";
import type { RegexLimits } from "./regex-limits.ts";
import type { Selected } from "./select-attribute.ts";

type Predicate = (selected: Selected) => boolean;

/** A test of the text; `missing` is the answer when there is no attribute. */
function onText(missing: boolean, test: (text: string) => boolean): Predicate {
  return (selected) => {
    if (selected === undefined) return missing;
    if (typeof selected === "string") return test(selected);
    return selected.type !== "TEXT" || test(selected.text?.value ?? "");
  };
}

function onRegex(regex: string, limits: RegexLimits, wanted: boolean): Result<Predicate> {
  const matches = compileRegex(regex, limits);
  if (!matches.ok) return matches;
  return { ok: true, value: onText(!wanted, (text) => matches.value(text) === wanted) };
}

/** Compiles a predicate, or says why it cannot. */
export function compilePredicate(
  predicate: SchedulerAttributeConstraintPredicate | undefined,
  limits: RegexLimits,
): Result<Predicate> {
  if (predicate?.exists !== undefined) return { ok: true, value: (selected) => selected !== undefined };
  if (predicate?.not_exists !== undefined) return { ok: true, value: (selected) => selected === undefined };
  if (predicate?.text_equals !== undefined) {
    const { value } = predicate.text_equals;
    return { ok: true, value: onText(false, (text) => text === value) };
  }
  if (predicate?.text_not_equals !== undefined) {
    const { value } = predicate.text_not_equals;
    return { ok: true, value: onText(true, (text) => text !== value) };
  }
  if (predicate?.text_matches !== undefined) return onRegex(predicate.text_matches.regex, limits, true);
  if (predicate?.text_not_matches !== undefined)
    return onRegex(predicate.text_not_matches.regex, limits, false);
  return { ok: false, error: "Unknown predicate type" };
}

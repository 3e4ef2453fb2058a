// `--agent_removal_rate_limit=2/3hrs`.
import { failure, success, type Result } from "@mezzo/wire";
import { parseDuration } from "../../core/duration.ts";
import { parseNumber } from "../../core/parse-number.ts";

const MS_PER_SECOND = 1000;

/** Permits a second, or Mesos' sentence about what is wrong. @see Mesos src/master/main.cpp */
export function parseRemovalRate(text: string): Result<number> {
  const wrong = `Invalid agent_removal_rate_limit: ${text}. Format is <Number of agents>/<Duration>`;
  const [count, duration, ...more] = text.split("/").filter((part) => part !== "");
  if (count === undefined || duration === undefined || more.length > 0) return failure(wrong);
  const permits = parseNumber(count);
  if (!permits.ok) return failure(`${wrong}: ${permits.error}`);
  const periodMs = parseDuration(duration);
  if (!periodMs.ok) return failure(`${wrong}: ${periodMs.error}`);
  return success(permits.value / (periodMs.value / MS_PER_SECOND));
}

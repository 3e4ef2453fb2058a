// The value of `--rate_limits`. @see Mesos docs/framework-rate-limiting.md, src/master/master.cpp Master::initialize
import { type RateLimits, type Result, failure, fromJson, success } from "@mezzo/wire";

function wrongRate(name: string, rate: number | undefined): string | undefined {
  return rate === undefined || rate > 0
    ? undefined
    : `Invalid ${name}: ${rate}. It must be a positive number`;
}

/** The limits; undefined when the flag is absent. The words are Mesos'. */
export function parseRateLimits(json: unknown): Result<RateLimits | undefined> {
  if (json === undefined) return success(undefined);
  if (typeof json !== "object" || json === null || Array.isArray(json)) {
    return failure("Failed to parse --rate_limits: it is not a JSON object");
  }
  const parsed = fromJson("RateLimits", json);
  if (!parsed.ok) return failure(`Failed to parse --rate_limits: ${parsed.error}`);
  const seen = new Set<string>();
  for (const { principal, qps } of parsed.value.limits ?? []) {
    if (seen.has(principal)) {
      return failure(`Duplicate principal ${principal} found in RateLimits configuration`);
    }
    seen.add(principal);
    const wrong = wrongRate("qps", qps);
    if (wrong !== undefined) return failure(wrong);
  }
  const wrong = wrongRate("aggregate_default_qps", parsed.value.aggregate_default_qps);
  return wrong === undefined ? parsed : failure(wrong);
}

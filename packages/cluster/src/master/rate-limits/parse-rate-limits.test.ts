// What `--rate_limits` takes, and the words for what it does not.
import assert from "node:assert/strict";
import { test } from "node:test";
import { parseRateLimits } from "./parse-rate-limits.ts";

const WRONG: readonly [json: unknown, words: RegExp][] = [
  [[], /^Failed to parse --rate_limits: it is not a JSON object$/],
  [{ limits: [{ qps: 1 }] }, /^Failed to parse --rate_limits: .*principal/],
  [
    { limits: [{ principal: "p" }, { principal: "p" }] },
    /^Duplicate principal p found in RateLimits configuration$/,
  ],
  [{ limits: [{ principal: "p", qps: 0 }] }, /^Invalid qps: 0. It must be a positive number$/],
  [{ aggregate_default_qps: -1 }, /^Invalid aggregate_default_qps: -1. It must be a positive number$/],
];

for (const [json, words] of WRONG) {
  test(`--rate_limits is refused: ${JSON.stringify(json)}`, () => {
    const parsed = parseRateLimits(json);
    assert.ok(!parsed.ok);
    assert.match(parsed.error, words);
  });
}

test("--rate_limits may be absent, and a principal may have no limit", () => {
  assert.deepEqual(parseRateLimits(undefined), { ok: true, value: undefined });
  assert.deepEqual(parseRateLimits({ limits: [{ principal: "p" }] }), {
    ok: true,
    value: { limits: [{ principal: "p" }] },
  });
});

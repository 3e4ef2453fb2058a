// Tests of the tokens of executors.
import assert from "node:assert/strict";
import { test } from "node:test";
import { createToken, verifyToken } from "./json-web-token.ts";

const of = { key: "key", nowMs: 2_000_000 };
const CLAIMS = { cid: "c", eid: "e", fid: "f" };

test("verifyToken() believes what was signed with its key", () => {
  assert.deepEqual(verifyToken(createToken(CLAIMS, "key"), of), { claims: CLAIMS });
  assert.deepEqual(verifyToken(createToken(CLAIMS, "other"), of), {
    error: "Token signature does not match",
  });
});

test("verifyToken() says what is wrong with a token", () => {
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");
  const cases: [string, string][] = [
    ["a.b", "Expected 3 components in token, got 2"],
    [`${part({ alg: "none" })}.${part({})}.`, `Token 'alg' value "none" does not match, expected "HS256"`],
    [`${part({ alg: "x" })}.${part({})}.`, "Unsupported token algorithm: x"],
    [`${part({ alg: "HS256" })}.${part({ exp: 1999 })}.`, "Token has expired: exp(1999) < now(2000)"],
  ];
  for (const [token, error] of cases) assert.deepEqual(verifyToken(token, of), { error });
});

// Which secrets an agent without a secret resolver takes.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Secret } from "@mezzo/wire";
import { assertResolvable } from "./resolve-secrets.ts";

test("assertResolvable() takes secrets that bring their value, and refuses others", () => {
  const check = (secret: Secret): void =>
    assertResolvable({ environment: { variables: [{ name: "KEY", type: "SECRET", secret }] } });
  check({ type: "VALUE", value: { data: "" } });
  assertResolvable({ environment: { variables: [{ name: "PLAIN", value: "a" }] } });
  assert.throws(() => check({ type: "REFERENCE", reference: { name: "vault" } }), {
    message: "Default secret resolver cannot resolve references",
  });
  assert.throws(() => check({}), { message: "Secret has no value" });
});

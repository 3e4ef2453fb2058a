// Which variables of a command reach its process.
import assert from "node:assert/strict";
import { test } from "node:test";
import { variablesOf } from "./executor-environment.ts";

void test("variablesOf() reads secrets that bring their value and leaves others out", () => {
  const data = Buffer.from("hush").toString("base64");
  const variables = [
    { name: "PLAIN", value: "a" },
    { name: "EMPTY" },
    { name: "SECRET", type: "SECRET" as const, secret: { type: "VALUE" as const, value: { data } } },
    {
      name: "ELSEWHERE",
      type: "SECRET" as const,
      secret: { type: "REFERENCE" as const, reference: { name: "x" } },
    },
  ];
  assert.deepEqual(variablesOf({ variables }), { PLAIN: "a", EMPTY: "", SECRET: "hush" });
});

// Who basic authentication lets in.
import assert from "node:assert/strict";
import { test } from "node:test";
import { authenticateBasic } from "./basic-auth.ts";

const options = { realm: "mesos-master-readonly", credentials: new Map([["ops", "pw"]]) };
const basic = (text: string): string => `Basic ${Buffer.from(text).toString("base64")}`;

void test("authenticateBasic() gives the principal of a right secret", () => {
  assert.deepEqual(authenticateBasic(basic("ops:pw"), options), { principal: "ops" });
});

for (const header of [
  undefined,
  "",
  basic("ops:no"),
  basic("nobody:pw"),
  basic("ops"),
  basic("ops:pw:more"),
  "Basic !!!",
  "Bearer x",
  "basic b3BzOnB3",
  "Basic  b3BzOnB3",
]) {
  void test(`authenticateBasic() refuses ${header ?? "no header"}`, () => {
    assert.deepEqual(authenticateBasic(header, options), {
      unauthorized: {
        status: 401,
        headers: { "WWW-Authenticate": 'Basic realm="mesos-master-readonly"' },
        body: "401 Unauthorized.",
      },
    });
  });
}

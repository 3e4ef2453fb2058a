// How a mask of the kernel's becomes names of capabilities.
import assert from "node:assert/strict";
import { test } from "node:test";
import { capabilitiesIn } from "./kernel-capabilities.ts";

void test("capabilitiesIn() names the bits of a mask", () => {
  assert.deepEqual(capabilitiesIn("0000000000000000"), []);
  assert.deepEqual(capabilitiesIn("0000000000002001"), ["CAP_CHOWN", "CAP_NET_RAW"]);
  assert.equal(capabilitiesIn("000001ffffffffff").length, 41);
});

// What counts as an IPv4 address.
import assert from "node:assert/strict";
import { test } from "node:test";
import { isIPv4 } from "./is-ipv4.ts";

test("isIPv4() reads addresses as inet_pton(3) does", () => {
  for (const text of ["0.0.0.0", "127.0.0.1", "255.255.255.255", "10.200.30.99"])
    assert.ok(isIPv4(text), text);
  for (const text of ["", "1.2.3", "1.2.3.4.5", "256.1.1.1", "01.2.3.4", "1.2.3.4 ", "::1", "localhost"]) {
    assert.ok(!isIPv4(text), text);
  }
});

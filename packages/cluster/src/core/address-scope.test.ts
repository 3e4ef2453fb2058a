// Which addresses reach this machine alone, a private network, or everybody.
import assert from "node:assert/strict";
import { it } from "node:test";
import { addressScope } from "./address-scope.ts";

void it("addressScope() says how far an address reaches", () => {
  const cases: [string, string | undefined][] = [
    ["127.0.0.1", "loopback"],
    ["127.9.9.9", "loopback"],
    ["::1", "loopback"],
    ["10.1.2.3", "private"],
    ["172.31.0.1", "private"],
    ["172.32.0.1", "public"],
    ["192.168.1.1", "private"],
    ["fe80::1", "private"],
    ["fd00::1", "private"],
    ["8.8.8.8", "public"],
    ["2001:db8::1", "public"],
    ["0.0.0.0", "any"],
    ["::", "any"],
    ["localhost", undefined],
    ["1.2.3", undefined],
  ];
  for (const [address, scope] of cases) assert.equal(addressScope(address), scope, address);
});

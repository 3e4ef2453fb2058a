// What `--firewall_rules` takes.
import assert from "node:assert/strict";
import { test } from "node:test";
import { parseFirewallRules } from "./parse-firewall-rules.ts";

void test("parseFirewallRules() reads the paths and refuses other forms", () => {
  const paths = ["/files/browse", "/metrics/snapshot"];
  assert.deepEqual(parseFirewallRules({ disabled_endpoints: { paths } }), { ok: true, value: paths });
  assert.deepEqual(parseFirewallRules(undefined), { ok: true, value: undefined });
  for (const value of [
    null,
    {},
    [],
    { disabled_endpoints: {} },
    { disabled_endpoints: { paths: ["files"] } },
  ]) {
    const parsed = parseFirewallRules(value);
    assert.match(parsed.ok ? "" : parsed.error, /Failed to parse the firewall rules/, JSON.stringify(value));
  }
});

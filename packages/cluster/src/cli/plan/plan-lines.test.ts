// What `mezzo plan` prints about those who hold what would have to be freed.
import assert from "node:assert/strict";
import { test } from "node:test";
import { planLines } from "./plan-lines.ts";

test("planLines() names the holders that may be seen", () => {
  const lines = planLines({
    role: "r",
    task: "cpus:2",
    count: 1,
    fits: 0,
    agents: [],
    agents_used: 0,
    more: { offers_returned: 1, everything_freed: 0, never: 0 },
    obstacles: [],
    to_free: [
      {
        agent_id: "s",
        hostname: "host",
        lacks: "cpus:1",
        count: 1,
        holders: [
          { resources: "cpus:3", offered: false },
          { framework_id: "f", role: "r", resources: "cpus:1", offered: true },
        ],
      },
    ],
  });
  assert.deepEqual(lines, [
    "0 of 1 fit now: cpus:2 each, in role r",
    "  1 more when frameworks give back what they have been offered",
    "",
    "what would have to be freed:",
    "  cpus:1 on s (host), for the first of 1: another framework has cpus:3; " +
      "framework f in role r has cpus:1, some of it only offered",
  ]);
});

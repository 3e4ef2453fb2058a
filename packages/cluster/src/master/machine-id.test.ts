// Machines by host name and address: which are the same, and how they are written.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { MachineID } from "@mezzo/wire";
import { machineJson, machineKey, machineText } from "./machine-id.ts";

test("machineKey() is the same for names in any case, not for parts that are missing", () => {
  assert.equal(
    machineKey({ hostname: "Host", ip: "1.2.3.4" }),
    machineKey({ ip: "1.2.3.4", hostname: "hOST" }),
  );
  const different: MachineID[] = [
    {},
    { hostname: "" },
    { hostname: "a" },
    { ip: "" },
    { hostname: "a", ip: "" },
  ];
  assert.equal(new Set(different.map(machineKey)).size, different.length);
});

test("machineJson() and machineText() name a machine as Mesos does", () => {
  assert.equal(machineJson({ ip: "1.2.3.4", hostname: "A" }), '{"hostname":"A","ip":"1.2.3.4"}');
  assert.equal(machineJson({ ip: "1.2.3.4" }), '{"ip":"1.2.3.4"}');
  assert.equal(machineText({ hostname: "a", ip: "1.2.3.4" }), "a (1.2.3.4)");
  assert.equal(machineText({ hostname: "a" }), "a");
  assert.equal(machineText({ ip: "1.2.3.4" }), "(1.2.3.4)");
});

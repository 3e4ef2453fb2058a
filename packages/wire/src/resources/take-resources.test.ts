// What of an offer a task takes: reserved resources first, ranges by their numbers, nothing when something lacks.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { allocateResources, formatResources, parseResources, type Resource } from "@mezzo/wire";
import { takeResources } from "./take-resources.ts";

function resources(text: string): Resource[] {
  const parsed = parseResources(text);
  assert.ok(parsed.ok, parsed.ok ? "" : parsed.error);
  return parsed.value;
}

function taken(offered: string, wanted: string, role = "*"): string | undefined {
  const offer = allocateResources(resources(offered), role);
  const got = takeResources(offer, { wanted: resources(wanted), role });
  return got === undefined ? undefined : formatResources(got);
}

void describe("takeResources()", () => {
  const cases: [string, string, string, string | undefined][] = [
    ["cpus:4;mem:100", "cpus:1;mem:32", "*", "cpus:1; mem:32"],
    ["cpus:4", "cpus:5", "*", undefined],
    ["cpus:4", "gpus:1", "*", undefined],
    ["ports:[31000-31010]", "ports:[31005-31006]", "*", "ports:[31005-31006]"],
    ["ports:[31000-31010]", "ports:[31009-31011]", "*", undefined],
    ["cpus(r):1;cpus:4", "cpus:3", "r", "cpus(reservations: [(STATIC,r)]):1; cpus:2"],
    ["cpus:4;cpus(r):1", "cpus:1", "r", "cpus(reservations: [(STATIC,r)]):1"],
  ];
  for (const [offered, wanted, role, expected] of cases) {
    void it(`takes ${wanted} of ${offered} for ${role}`, () => {
      assert.equal(taken(offered, wanted, role), expected);
    });
  }
});

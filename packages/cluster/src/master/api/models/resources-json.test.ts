// The fast way to the text of resources gives the same as the model.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Resource } from "@mezzo/wire";
import fc from "fast-check";
import { resourcesJson } from "./resources-json.ts";
import { resourcesModel } from "./resources-model.ts";

const scalar = fc.record({
  name: fc.constantFrom("cpus", "mem", "disk", "gpus", "licences"),
  type: fc.constant("SCALAR" as const),
  scalar: fc.record({ value: fc.integer({ min: 0, max: 1e9 }).map((thousandths) => thousandths / 1000) }),
});
const revocable = scalar.map((resource) => ({ ...resource, revocable: {} }));
const ports = fc.constant<Resource>({
  name: "ports",
  type: "RANGES",
  ranges: { range: [{ begin: 1, end: 3 }] },
});

test("resourcesJson() is the text of resourcesModel()", () => {
  fc.assert(
    fc.property(fc.array(fc.oneof({ weight: 5, arbitrary: scalar }, revocable, ports)), (resources) => {
      assert.equal(resourcesJson(resources), JSON.stringify(resourcesModel(resources)));
    }),
  );
});

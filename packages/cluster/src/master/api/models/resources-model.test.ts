// Resources as the older endpoints sum them up.
import assert from "node:assert/strict";
import { test } from "node:test";
import { resourcesModel } from "./resources-model.ts";

test("resourcesModel() sums scalars, joins ranges and sets, and keeps what is revocable apart", () => {
  const model = resourcesModel(
    [
      { name: "cpus", type: "SCALAR", scalar: { value: 0.1 } },
      { name: "cpus", type: "SCALAR", scalar: { value: 0.2 } },
      { name: "cpus", type: "SCALAR", scalar: { value: 2 }, revocable: {} },
      { name: "ports", type: "RANGES", ranges: { range: [{ begin: 5, end: 9 }] } },
    ],
    [
      {
        name: "ports",
        type: "RANGES",
        ranges: {
          range: [
            { begin: 1, end: 4 },
            { begin: 20, end: 20 },
          ],
        },
      },
      { name: "racks", type: "SET", set: { item: ["b", "a"] } },
    ],
  );
  assert.deepEqual(model, {
    disk: 0,
    mem: 0,
    gpus: 0,
    cpus: 0.3,
    cpus_revocable: 2,
    ports: "[1-9, 20-20]",
    racks: "{a, b}",
  });
});

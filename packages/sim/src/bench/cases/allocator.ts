// The allocator alone, in this process.
import { benchAllocator } from "../../../../cluster/src/allocator/allocator.bench.ts";
import type { Benchmark } from "../benchmark.ts";
import { atMost } from "../figure.ts";

export const allocator: Benchmark = {
  name: "allocator",
  summary: "cycles and single events of the allocator, up to 10,000 agents and 1,000 frameworks",
  run: () =>
    Promise.resolve(
      benchAllocator().map(({ name, value, unit, target }) => ({
        name: name.replace("allocator: ", ""),
        value,
        unit,
        target: atMost(target),
      })),
    ),
};

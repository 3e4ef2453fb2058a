// What `npm run sim` takes, and the words for what it does not.
import assert from "node:assert/strict";
import { test } from "node:test";
import { parseArguments } from "./parse-arguments.ts";

test("parseArguments() reads one seed with its size", () => {
  assert.deepEqual(parseArguments(["--seed", "7", "--masters", "3", "--agents", "30", "--faults=network"]), {
    kind: "one",
    scenario: { seed: 7, masters: 3, agents: 30, frameworks: 5, minutes: 5, faults: "network" },
  });
  assert.deepEqual(parseArguments(["--trace", "out.txt"]), {
    kind: "one",
    scenario: { seed: 1, masters: 1, agents: 1000, frameworks: 5, minutes: 5, faults: "all" },
    traceFile: "out.txt",
  });
});

test("parseArguments() reads many seeds", () => {
  assert.deepEqual(parseArguments(["--seeds", "200"]), {
    kind: "many",
    firstSeed: 1,
    count: 200,
    fixed: {},
  });
  assert.deepEqual(parseArguments(["--seeds=2", "--seed=9", "--masters=3", "--agents=200"]), {
    kind: "many",
    firstSeed: 9,
    count: 2,
    fixed: { masters: 3, agents: 200 },
  });
  assert.deepEqual(parseArguments(["--help"]), { kind: "help" });
});

for (const [args, reason] of [
  [["--agents", "0"], /Cannot use --agents=0/],
  [["--seed", "x"], /Cannot use --seed=x/],
  [["--faults=some"], /Cannot use --faults=some/],
  [["--seeds", "3", "--trace", "out.txt"], /Cannot use --trace with --seeds/],
  [["--masters", "10"], /Cannot use --masters=10/],
  [["--speed", "3"], /--speed/],
  [["stray"], /stray/],
] as const) {
  test(`parseArguments() refuses ${args.join(" ")}`, () => {
    assert.throws(() => parseArguments(args), reason);
  });
}

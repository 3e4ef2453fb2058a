// What only asks whether amounts keep to bounds says what the bounds themselves say, in whatever cluster.
/* oxlint-disable no-restricted-imports -- the allocator imports nothing of Node, its tests do */
import assert from "node:assert/strict";
import { test } from "node:test";
import { array, assert as assertProperty, constantFrom, integer, property, tuple } from "fast-check";
import type { QuantityVector } from "../quantity-vector.ts";
import { QUOTA_ROLES, RandomRun, operations } from "../testing/random-run.ts";
import {
  NOTHING_OWED,
  guaranteeBounds,
  headroomBounds,
  isWithinHeadroom,
  isWithinLimits,
  limitBounds,
} from "./quota-bounds.ts";
import { type Bounds, quotaOf } from "./quota-ledger.ts";

const QUOTAS = constantFrom(
  ["", ""],
  ["cpus:1", "cpus:3;mem:96"],
  ["", "cpus:2"],
  ["mem:64", "mem:128"],
  ["cpus:20;gpus:1", ""],
);

/** Steps in which amounts are tried, so that some are exactly what a bound allows. */
const STEP = 500;

function isWithin(amounts: QuantityVector, bounds: Bounds): boolean {
  return amounts.every((amount, index) => amount <= (bounds[index] ?? Infinity));
}

void test("isWithinHeadroom() and isWithinLimits() agree with guaranteeBounds() and limitBounds()", () => {
  const quotas = tuple(QUOTAS, QUOTAS, QUOTAS);
  const someAmounts = array(
    array(
      integer({ min: 0, max: 300 }).map((steps) => steps * STEP),
      { maxLength: 4 },
    ),
    { minLength: 1, maxLength: 8 },
  );
  const met = { headroom: 0, noHeadroom: 0, limits: 0, noLimits: 0 };
  assertProperty(
    property(quotas, operations, someAmounts, (configs, all, amountsTried) => {
      const run = new RandomRun();
      const { state } = run.cluster;
      QUOTA_ROLES.forEach((role, index) =>
        run.cluster.quota(role, configs[index]?.[0] ?? "", configs[index]?.[1]),
      );
      for (const operation of all) {
        run.apply(operation);
        if (operation[2] % 2 === 0) run.allocate();
      }
      const { quota: ledger } = state;
      if (ledger === undefined) return;
      const owed = [...ledger.roles.values()].map((role) => quotaOf(ledger, role)?.unsatisfied ?? []);
      // Also what the bounds allow at most, and a little more.
      const exact = headroomBounds(ledger).map((bound) => (bound === Infinity ? STEP : bound));
      const tried = [...amountsTried, exact, exact.map((amount) => amount + 1)];
      for (const amounts of tried) {
        for (const unsatisfied of [NOTHING_OWED, ...owed]) {
          const isIn = isWithin(amounts, guaranteeBounds(headroomBounds(ledger), unsatisfied));
          assert.equal(isWithinHeadroom(ledger, amounts, unsatisfied), isIn);
          met[isIn ? "headroom" : "noHeadroom"]++;
        }
        for (const { clients } of state.frameworks.values()) {
          for (const client of clients.values()) {
            const isIn = isWithin(amounts, limitBounds(ledger, client));
            assert.equal(isWithinLimits(ledger, client, amounts), isIn);
            met[isIn ? "limits" : "noLimits"]++;
          }
        }
      }
    }),
    { numRuns: 200 },
  );
  for (const [answer, count] of Object.entries(met)) assert.ok(count > 100, `${answer}: only ${count}`);
});

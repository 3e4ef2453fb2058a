// Guarantees along the tree of roles, and quota in the older form and the newer.
import assert from "node:assert/strict";
import { test } from "node:test";
import { type QuotaConfig, formatQuantities } from "@mezzo/wire";
import { QuotaTree } from "./quota-tree.ts";
import { isNoQuota, normalizeQuota, quotaStatus } from "./quota.ts";

const config = (role: string, cpus: number): QuotaConfig => ({ role, guarantees: { cpus: { value: cpus } } });

void test("QuotaTree wants a parent to be guaranteed what its children are", () => {
  assert.equal(new QuotaTree([config("a", 3), config("a/b", 1), config("a/c", 2)]).check(), undefined);
  assert.equal(
    new QuotaTree([config("a", 2), config("a/b", 1), config("a/c", 2)]).check(),
    "Invalid quota configuration. Parent role 'a' with guarantees (cpus:2) does not contain the sum of its " +
      "children's guarantees (cpus:3)",
  );
  assert.match(
    new QuotaTree([config("a/b/c", 1)]).check() ?? "",
    /^Invalid quota configuration. Parent role 'b'/,
  );
});

void test("QuotaTree sums up the uppermost roles, the last quota of each", () => {
  const tree = new QuotaTree([config("a", 3), config("a/b", 1), config("c", 2), config("c", 4)]);
  assert.equal(formatQuantities(tree.total()), "cpus:7");
});

void test("normalizeQuota() drops guarantees of nothing and keeps limits of nothing", () => {
  const zeros = { role: "r", guarantees: { cpus: { value: 0 } }, limits: { mem: { value: 0 } } };
  assert.deepEqual(normalizeQuota(zeros), { role: "r", limits: { mem: { value: 0 } } });
  assert.equal(isNoQuota(zeros), false);
  assert.equal(isNoQuota({ role: "r", guarantees: { cpus: { value: 0 } } }), true);
});

void test("quotaStatus() shows every quota in both forms", () => {
  assert.deepEqual(quotaStatus(new Map()), {});
  assert.deepEqual(
    quotaStatus(
      new Map([
        ["r", config("r", 1)],
        ["s", { role: "s" }],
      ]),
    ),
    {
      infos: [
        { role: "r", guarantee: [{ name: "cpus", type: "SCALAR", scalar: { value: 1 } }] },
        { role: "s" },
      ],
      configs: [config("r", 1), { role: "s" }],
    },
  );
});

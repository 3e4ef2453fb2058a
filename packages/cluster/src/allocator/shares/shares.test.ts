// The order of shares, as scripts: the counterparts of Mesos' sorter_tests.cpp.
/* oxlint-disable no-restricted-imports -- the allocator imports nothing of Node, its tests do */
import assert from "node:assert/strict";
import { test } from "node:test";
import { runShareScript } from "../testing/share-script.ts";

const CLUSTER = "cpus:100;mem:100";

const cases: [name: string, script: string, orders: string[]][] = [
  [
    "the smaller dominant share chooses first",
    `?
     add a
     give a cpus:5;mem:5
     add b
     give b cpus:6;mem:6
     ?
     add c
     give c cpus:1;mem:1
     add d
     give d cpus:3;mem:1
     ?
     remove a
     take b cpus:4;mem:4
     ?`,
    ["", "a b", "c d a b", "c b d"],
  ],
  [
    "a cluster that grows or shrinks changes which resource dominates",
    `add b
     give b cpus:4;mem:1
     add e
     give e cpus:1;mem:5
     ?
     spare more mem:400
     ?
     unspare more
     ?`,
    ["b e", "e b", "b e"],
  ],
  [
    "weights divide shares, also those set before their role is there",
    `weight d 10
     add a
     give a cpus:5;mem:5
     add b
     give b cpus:6;mem:6
     ?
     weight b 2
     ?
     add d
     give d cpus:10;mem:20
     ?
     give d cpus:10;mem:25
     ?
     remove b
     ?`,
    ["a b", "b a", "d b a", "b d a", "d a"],
  ],
  [
    "equal shares are ordered by the number of allocations, then by name; neither taking back nor suppression resets it",
    `add a
     add b
     add c
     add d
     add e
     ?
     give a cpus:3;mem:3
     give b cpus:3;mem:3
     give c cpus:1;mem:1
     give c cpus:1;mem:1
     give c cpus:1;mem:1
     give d cpus:2;mem:2
     give d cpus:1;mem:1
     give e cpus:3;mem:3
     ?
     take c cpus:3;mem:3
     ?
     give c cpus:3;mem:3
     ?
     suppress c
     ?
     revive c
     ?
     suppress a
     take a cpus:1;mem:3
     give a cpus:1;mem:3
     ?
     revive a
     ?`,
    ["a b c d e", "a b e d c", "c a b e d", "a b e d c", "a b e d", "a b e d c", "b e d c", "b e a d c"],
  ],
  [
    "a subtree competes with its sum, and its children among themselves",
    `add a
     add b/c
     add b/d
     ?
     give a cpus:6;mem:6
     ?
     give b/c cpus:4;mem:4
     give b/d cpus:3;mem:3
     ?
     give a cpus:2;mem:2
     ?
     add b/e/f
     ?
     give b/e/f cpus:3.5;mem:3.5
     ?
     remove b/e/f
     ?
     take b/c cpus:3;mem:3
     ?`,
    [
      "a b/c b/d",
      "b/c b/d a",
      "a b/d b/c",
      "b/d b/c a",
      "b/e/f b/d b/c a",
      "a b/d b/e/f b/c",
      "b/d b/c a",
      "b/c b/d a",
    ],
  ],
  [
    "a role's own frameworks compete with its sub-roles, without the role's weight",
    `add a/b
     add c
     add d
     add d/e
     ?
     give c cpus:8;mem:8
     give d cpus:3;mem:3
     give d/e cpus:2;mem:2
     ?
     give a/b cpus:6;mem:6
     ?
     weight a 10
     weight d/e 0.5
     ?`,
    ["a/b c d d/e", "a/b d/e d c", "d/e d a/b c", "a/b d d/e c"],
  ],
  [
    "a leaf that gets a sub-role keeps its allocation and count, and loses the sub-role without trace",
    `add a
     give a cpus:10;mem:10
     add b
     give b cpus:6;mem:6
     add a/c
     ?
     give a/c cpus:1;mem:1
     ?
     remove a/c
     ?
     take a cpus:5;mem:5
     ?`,
    ["b a/c a", "b a/c a", "b a", "a b"],
  ],
  [
    "a leaf that loses its own frameworks leaves its sub-role alone, and has its weight among its siblings only",
    `add a
     give a cpus:10;mem:10
     add b
     give b cpus:6;mem:6
     add a/c
     give a/c cpus:1;mem:1
     ?
     remove a
     ?
     add a
     give a cpus:10;mem:10
     ?
     weight a 3
     ?`,
    ["b a/c a", "a/c b", "b a/c a", "a/c a b"],
  ],
  [
    "a role whose own frameworks come after its sub-roles competes with them while they are there",
    `add x/a
     give x/a cpus:10;mem:10
     add x/b
     give x/b cpus:6;mem:6
     ?
     add x
     give x cpus:7;mem:7
     ?
     add z
     give z cpus:20;mem:20
     ?
     remove x
     ?`,
    ["x/b x/a", "x/b x x/a", "z x/b x x/a", "x/b x/a z"],
  ],
  [
    "a suppressed leaf that gets a sub-role stays suppressed; a suppressed role counts in its parent",
    `add a
     give a cpus:10;mem:10
     suppress a
     add b
     give b cpus:2;mem:2
     add a/c
     ?
     revive a
     ?
     suppress a/c
     suppress a
     ?`,
    ["b a/c", "b a/c a", "b"],
  ],
];

for (const [name, script, orders] of cases) {
  void test(`share order: ${name}`, () => assert.deepEqual(runShareScript(CLUSTER, script), orders));
}

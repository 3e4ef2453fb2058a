// Operators who change quota at the same moment: what is shown, what is enforced and what is kept stay the same.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { QuotaConfig } from "@mezzo/wire";
import fc from "fast-check";
import { checkQuotas } from "../quota-invariants.ts";
import type { QuotaInput } from "../quota-inputs.ts";
import { isNoQuota } from "../quota.ts";
import { decodeRegistry } from "../registry/decode-registry.ts";
import { step } from "../step.ts";
import { registerAgent, scalar } from "../testing/cast.ts";
import { keepRecords } from "../testing/keep-records.ts";
import { Stage } from "../testing/stage.ts";

/** A stage with an agent of 4 CPUs. */
function fourCpus(): Stage {
  const stage = new Stage();
  registerAgent(stage);
  return stage;
}

const update = (role: string, cpus: number): QuotaInput => ({
  type: "update-quota",
  request: 7,
  configs: [{ role, guarantees: { cpus: { value: cpus } } }],
  force: false,
});

const set = (role: string, cpus: number): QuotaInput => ({
  type: "set-quota",
  request: 7,
  quota: { role, guarantee: [scalar("cpus", cpus)] },
});

const remove = (role: string): QuotaInput => ({ type: "remove-quota", request: 7, role });

/** Roles and the CPUs that they are guaranteed. */
function cpusOf(configs: Iterable<QuotaConfig>): (string | number | undefined)[][] {
  return [...configs].map(({ role, guarantees }) => [role, guarantees?.["cpus"]?.value]);
}

/** The changes at once: the answers, and what master and registry have afterwards. The stage checks the allocator. */
function race(first: QuotaInput, ...others: QuotaInput[]): unknown {
  const stage = fourCpus();
  const answers = stage.take(first, ...others);
  const records = new Map<string, Uint8Array>();
  keepRecords(stage, records);
  const kept = cpusOf(decodeRegistry(records).quota_configs ?? []);
  assert.deepEqual(cpusOf(stage.state.quotas.values()), kept);
  return { answers: answers.map((line) => line.slice(0, "answer 200".length)), kept };
}

test("UPDATE_QUOTA and SET_QUOTA at the same moment: the role has a quota by the time of the second", () => {
  assert.deepEqual(race(update("r", 1), set("r", 2)), {
    answers: ["answer 200", "answer 400"],
    kept: [["r", 1]],
  });
});

test("SET_QUOTA and UPDATE_QUOTA at the same moment: both hold, one after the other", () => {
  assert.deepEqual(race(set("r", 2), update("r", 1)), {
    answers: ["answer 200", "answer 200"],
    kept: [["r", 1]],
  });
});

test("UPDATE_QUOTA and REMOVE_QUOTA at the same moment: there is something to remove by then", () => {
  assert.deepEqual(race(update("r", 1), remove("r")), { answers: ["answer 200", "answer 200"], kept: [] });
});

test("an UPDATE_QUOTA between two others is what REMOVE_QUOTA removes", () => {
  assert.deepEqual(race(update("r", 1), update("r", 2), remove("r")), {
    answers: ["answer 200", "answer 200", "answer 200"],
    kept: [],
  });
});

test("two roles that are promised more together than there is: the second is refused", () => {
  assert.deepEqual(race(update("a", 3), update("b", 3)), {
    answers: ["answer 200", "answer 400"],
    kept: [["a", 3]],
  });
  assert.deepEqual(race(set("a", 3), set("b", 3), update("b", 1)), {
    answers: ["answer 200", "answer 409", "answer 200"],
    kept: [
      ["a", 3],
      ["b", 1],
    ],
  });
});

test("nothing holds before it is written", () => {
  const { state, now } = fourCpus();
  step(state, set("r", 1), now);
  assert.deepEqual(cpusOf(state.quotas.values()), []);
  assert.equal(state.allocator.quota, undefined);
});

test("more changes of quota than anybody could mean are refused", () => {
  const { state, now } = fourCpus();
  for (let count = 0; count < 101; count++) step(state, update("r", 1), now);
  assert.deepEqual(step(state, update("r", 1), now), [
    { type: "respond", request: 7, status: 503, body: "Too many changes of quota are waiting" },
  ]);
});

test("whatever operators do at the same moment, master, allocator and registry agree", () => {
  const roles = fc.constantFrom("a", "b");
  const cpus = fc.integer({ min: 0, max: 4 });
  const change = fc.oneof(
    fc.tuple(roles, cpus).map(([role, count]) => update(role, count)),
    fc.tuple(roles, cpus).map(([role, count]) => set(role, count + 1)),
    roles.map(remove),
  );
  const bursts = fc.array(fc.array(change, { minLength: 1, maxLength: 5 }), { maxLength: 6 });
  fc.assert(
    fc.property(bursts, (all) => {
      const stage = fourCpus();
      const records = new Map<string, Uint8Array>();
      for (const [first, ...others] of all) {
        if (first !== undefined) stage.take(first, ...others);
        keepRecords(stage, records);
      }
      const shown = [...stage.state.quotas.values()].filter((config) => !isNoQuota(config));
      const kept = decodeRegistry(records).quota_configs ?? [];
      assert.deepEqual(
        new Map(cpusOf(shown) as [string, number][]),
        new Map(cpusOf(kept) as [string, number][]),
      );
      assert.ok(cpusOf(kept).reduce((sum, [, count]) => sum + Number(count), 0) <= 4);
    }),
  );
});

const BROKEN: readonly [words: RegExp, breakIt: (stage: Stage) => void][] = [
  [
    /another quota of r: cpus:1; .* for cpus:2; /,
    ({ state }) => state.quotas.set("r", { role: "r", guarantees: { cpus: { value: 2 } } }),
  ],
  [
    /another quota of r: .* for cpus:1; .*, cpus:3; /,
    ({ state }) =>
      state.quotas.set("r", {
        role: "r",
        guarantees: { cpus: { value: 1 } },
        limits: { cpus: { value: 3 } },
      }),
  ],
  [/the allocator alone has a quota of r/, ({ state }) => state.quotas.delete("r")],
  [
    /the allocator has no quota of s/,
    ({ state }) => state.quotas.set("s", { role: "s", guarantees: { other: { value: 1 } } }),
  ],
];

for (const [words, breakIt] of BROKEN) {
  test(`checkQuotas() objects: ${words.source}`, () => {
    const stage = fourCpus();
    stage.take(update("r", 1));
    assert.deepEqual([...checkQuotas(stage.state)], []);
    breakIt(stage);
    const [broken = ""] = checkQuotas(stage.state);
    assert.match(broken, words);
  });
}

// What is remembered of runs that are over.
import assert from "node:assert/strict";
import { test } from "node:test";
import { EndedRuns } from "./ended-runs.ts";

/** Two frameworks, an executor with two runs among theirs. */
function filled(): EndedRuns {
  const runs = new EndedRuns();
  for (const name of ["F/e/1", "F/e/2", "F/d/3", "G/e/4"]) {
    const [frameworkId = "", executorId = "", containerId = ""] = name.split("/");
    runs.add({ frameworkId, executorId, containerId });
  }
  return runs;
}

const idsOf = (runs: EndedRuns): string => [...runs.all()].map(({ containerId }) => containerId).join("");

void test("EndedRuns finds runs by executor and by container", () => {
  const runs = filled();
  assert.deepEqual(
    runs.of({ frameworkId: "F", executorId: "e" }).map(({ containerId }) => containerId),
    ["1", "2"],
  );
  assert.deepEqual(runs.of({ frameworkId: "F", executorId: "none" }), []);
  assert.equal(runs.find("4")?.frameworkId, "G");
  assert.equal(runs.find("5"), undefined);
});

void test("EndedRuns forgets what lay in a directory that is gone", () => {
  const cases: [Parameters<EndedRuns["forget"]>[0], string][] = [
    [{ frameworkId: "F" }, "4"],
    [{ frameworkId: "F", executorId: "e" }, "34"],
    [{ frameworkId: "F", executorId: "e", containerId: "1" }, "234"],
    [{ frameworkId: "F", executorId: "e", containerId: "4" }, "1234"],
    [{ frameworkId: "H" }, "1234"],
  ];
  for (const [path, left] of cases) {
    const runs = filled();
    runs.forget(path);
    assert.equal(idsOf(runs), left, JSON.stringify(path));
    for (const id of "1234") assert.equal(runs.find(id) !== undefined, left.includes(id), id);
  }
});

// What `--acls` takes, and the words for what it does not.
import assert from "node:assert/strict";
import { test } from "node:test";
import { parseAcls } from "./validate-acls.ts";

const ANY = { type: "ANY" };
const SOME = { values: ["a"] };

const WRONG: readonly [name: string, json: unknown, words: RegExp][] = [
  ["no object", [], /^Failed to parse --acls: it is not a JSON object$/],
  ["a list that nobody knows", { run_task: [] }, /^Failed to parse --acls: there is no list 'run_task'$/],
  ["a rule without objects", { run_tasks: [{ principals: ANY }] }, /^Failed to parse --acls: .*users/],
  [
    "a type that is none",
    { run_tasks: [{ principals: { type: "ALL" }, users: ANY }] },
    /^Failed to parse --acls: /,
  ],
  [
    "some flags",
    { view_flags: [{ principals: ANY, flags: SOME }] },
    /^Failed to create authorizer: ACL.ViewFlags type must be either NONE or ANY$/,
  ],
  [
    "some machines",
    { get_maintenance_statuses: [{ principals: ANY, machines: SOME }] },
    /^Failed to create authorizer: ACL.GetMaintenanceStatus type must be either NONE or ANY$/,
  ],
  [
    "an endpoint that cannot be guarded",
    { get_endpoints: [{ principals: ANY, paths: { values: ["/containers", "/state"] } }] },
    /^Failed to create authorizer: Path: '\/state' is not an authorizable path$/,
  ],
];

for (const [name, json, words] of WRONG) {
  test(`--acls is refused: ${name}`, () => {
    const parsed = parseAcls(json);
    assert.ok(!parsed.ok);
    assert.match(parsed.error, words);
  });
}

test("--acls is read with its defaults, and may be absent", () => {
  assert.deepEqual(parseAcls(undefined), { ok: true, value: undefined });
  const json = { permissive: false, mark_agents_gone: [{ principals: { values: ["a"] }, agents: ANY }] };
  assert.deepEqual(parseAcls(json), { ok: true, value: json });
});

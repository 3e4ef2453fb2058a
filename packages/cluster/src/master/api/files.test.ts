// The master's log over the operator API.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import type { ACLs, MasterCall } from "@mezzo/wire";
import { Stage } from "../testing/stage.ts";
import { answerFilesCall, isFilesCall, masterFiles } from "./files.ts";

/** The status and body of an answer to somebody. */
async function ask(
  { logFile, acls }: { logFile?: string; acls?: ACLs },
  call: MasterCall,
): Promise<[number, unknown]> {
  const { state } = new Stage({ ...(logFile !== undefined && { logFile }), ...(acls && { acls }) });
  assert.ok(isFilesCall(call));
  const files = masterFiles(state)("somebody");
  const answer = await answerFilesCall(files, call, { type: "application/json", logFile });
  const text = answer.body === undefined ? "" : Buffer.from(answer.body as string).toString();
  return [answer.status, answer.status === 200 ? JSON.parse(text) : text];
}

void test("answerFilesCall() reads the log by its path and by READ_LOG", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "mezzo-master-log-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const logFile = join(folder, "log");
  writeFileSync(logFile, "12345");
  const all = { size: 5, data: "MTIzNDU=" };
  const cases: [MasterCall, object][] = [
    [{ type: "READ_LOG", read_log: {} }, { read_log: all }],
    [{ type: "READ_LOG", read_log: { offset: 3, length: 1 } }, { read_log: { size: 5, data: "NA==" } }],
    [{ type: "READ_LOG", read_log: { offset: 9 } }, { read_log: { size: 5, data: "" } }],
    [{ type: "READ_FILE", read_file: { path: "/master/log", offset: 0 } }, { read_file: all }],
    [{ type: "LIST_FILES", list_files: { path: "/master/log" } }, { list_files: {} }],
  ];
  for (const [call, expected] of cases) {
    assert.deepEqual(await ask({ logFile }, call), [200, { type: call.type, ...expected }]);
  }
});

void test("answerFilesCall() says why there is no log", async () => {
  const call: MasterCall = { type: "READ_LOG", read_log: {} };
  assert.deepEqual(await ask({}, call), [
    404,
    "There is no log file: neither --log_dir nor --external_log_file was given",
  ]);
  assert.deepEqual(await ask({ logFile: "/no/such" }, call), [404, "There is no log file at '/no/such'"]);
  const acls: ACLs = { access_mesos_logs: [{ principals: { type: "NONE" }, logs: { type: "ANY" } }] };
  assert.deepEqual(await ask({ logFile: "/no/such", acls }, call), [403, ""]);
});

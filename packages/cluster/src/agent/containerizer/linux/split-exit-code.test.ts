// Which exit codes of a runtime stand for signals.
import assert from "node:assert/strict";
import { test } from "node:test";
import { splitExitCode } from "./split-exit-code.ts";

void test("splitExitCode() takes codes above 128 for signals, as far as there are signals", () => {
  assert.deepEqual(splitExitCode(0), { exitCode: 0 });
  assert.deepEqual(splitExitCode(128), { exitCode: 128 });
  assert.deepEqual(splitExitCode(137), { signal: 9 });
  assert.deepEqual(splitExitCode(192), { signal: 64 });
  assert.deepEqual(splitExitCode(255), { exitCode: 255 });
});

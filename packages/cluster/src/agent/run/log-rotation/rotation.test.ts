// Tests of the settings of rotation.
import assert from "node:assert/strict";
import { test } from "node:test";
import { readRotation, rotationOf } from "./rotation.ts";

const MEGABYTE = 1024 * 1024;

test("readRotation() reads the parameters of Mesos' module", () => {
  const parameters = new Map([
    ["max_stdout_size", "2MB"],
    ["logrotate_stdout_options", "rotate 4"],
  ]);
  assert.deepEqual(readRotation(parameters), {
    ok: true,
    value: {
      stdout: { maxBytes: 2 * MEGABYTE, keep: 4 },
      stderr: { maxBytes: 10 * MEGABYTE, keep: 0 },
      variablePrefix: "CONTAINER_LOGGER_",
    },
  });
});

test("readRotation() refuses what it cannot do", () => {
  for (const [key, value] of [
    ["max_stdout_size", "1KB"],
    ["max_stderr_size", "much"],
    ["logrotate_stdout_options", "rotate 2\ncompress"],
  ] as const) {
    assert.equal(readRotation(new Map([[key, value]])).ok, false);
  }
});

test("rotationOf() listens to the container's environment", () => {
  const agent = readRotation(new Map());
  assert.ok(agent.ok);
  const variables = [
    { name: "CONTAINER_LOGGER_MAX_STDERR_SIZE", value: "1MB" },
    { name: "CONTAINER_LOGGER_LOGROTATE_STDERR_OPTIONS", value: "rotate 3" },
    { name: "CONTAINER_LOGGER_MAX_STDOUT_SIZE", value: "nonsense" },
  ];
  const { stdout, stderr } = rotationOf(agent.value, { variables });
  assert.deepEqual([stdout, stderr], [agent.value.stdout, { maxBytes: MEGABYTE, keep: 3 }]);
});

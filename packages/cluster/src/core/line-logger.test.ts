// What a line of the log looks like, as text and as JSON.
import assert from "node:assert/strict";
import { it } from "node:test";
import { createLineLogger, type LineLoggerOptions } from "./line-logger.ts";

const clock = { now: () => 0, after: () => ({ cancel: () => undefined }) };

function setUp(options: LineLoggerOptions) {
  const lines: string[] = [];
  return { lines, logger: createLineLogger(options, { clock, write: (line) => void lines.push(line) }) };
}

void it("createLineLogger() writes a line a message, facts behind the sentence", () => {
  const { lines, logger } = setUp({ level: "INFO", format: "text" });
  logger.debug("dropped");
  logger.info("Added agent", { id: "S0", hostname: "my host", count: 2, absent: undefined });
  logger.warn("Went wrong", { error: new Error("no\nway") });
  assert.deepEqual(lines, [
    '1970-01-01T00:00:00.000Z INFO    Added agent id=S0 hostname="my host" count=2\n',
    '1970-01-01T00:00:00.000Z WARNING Went wrong error="no\\nway"\n',
  ]);
});

void it("createLineLogger() writes JSON, and follows a change of level", () => {
  const { lines, logger } = setUp({ level: "ERROR", format: "json" });
  logger.info("dropped");
  logger.level = "DEBUG";
  logger.debug("kept", { a: 1 });
  assert.deepEqual(
    lines.map((line) => JSON.parse(line) as unknown),
    [{ time: "1970-01-01T00:00:00.000Z", level: "DEBUG", message: "kept", a: 1 }],
  );
});

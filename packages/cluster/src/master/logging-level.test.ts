// The level of the log, raised for a while and back.
import assert from "node:assert/strict";
import { test } from "node:test";
import { createLineLogger } from "../core/line-logger.ts";
import { silentLogger } from "../core/logger.ts";
import { ManualClock } from "../net/testing/manual-clock.ts";
import { LoggingLevel } from "./logging-level.ts";
import { Timers } from "./timers.ts";

void test("LoggingLevel raises the logger's level for as long as was asked", () => {
  const clock = new ManualClock();
  const logger = createLineLogger({ level: "WARNING", format: "text" }, { clock, write: () => {} });
  const logging = new LoggingLevel({ logger, timers: new Timers(clock) });
  logging.set(2, 1000);
  assert.deepEqual([logging.level, logger.level], [2, "DEBUG"]);
  clock.advance(600);
  logging.set(1, 1000);
  clock.advance(600);
  assert.deepEqual([logging.level, logger.level], [1, "DEBUG"]);
  clock.advance(400);
  assert.deepEqual([logging.level, logger.level], [0, "WARNING"]);
});

void test("LoggingLevel goes back at once for level 0", () => {
  const clock = new ManualClock();
  const logging = new LoggingLevel({ logger: silentLogger, timers: new Timers(clock) });
  logging.set(3, 1000);
  logging.set(0, 1000);
  assert.deepEqual([logging.level, clock.pendingCount], [0, 0]);
});

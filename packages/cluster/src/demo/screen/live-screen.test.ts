import assert from "node:assert/strict";
import { test } from "node:test";
import { LiveScreen } from "./live-screen.ts";

const frameworks = [
  { name: "words", weight: 1, total: 2, done: 1, running: 1, failed: 0, phase: "map", shares: [] },
];

function recorder(isTTY: boolean): { isTTY: boolean; written: string[]; write: (text: string) => void } {
  const written: string[] = [];
  return { isTTY, written, write: (text) => void written.push(text) };
}

test("LiveScreen redraws in place on a terminal", () => {
  const terminal = recorder(true);
  const screen = new LiveScreen(terminal);
  screen.show({ elapsedMs: 0, frameworks });
  screen.show({ elapsedMs: 1, frameworks });
  assert.ok(!terminal.written[0]?.startsWith("\u001b[2A"));
  assert.ok(terminal.written[1]?.startsWith("\u001b[2A"));
});

test("LiveScreen writes a line a second into a log, and the last view always", () => {
  const log = recorder(false);
  const screen = new LiveScreen(log);
  for (const elapsedMs of [0, 10, 999, 1000, 1500]) screen.show({ elapsedMs, frameworks });
  screen.finish({ elapsedMs: 1600, frameworks });
  assert.deepEqual(
    log.written.map((line) => Number.parseFloat(line)),
    [0, 1, 1.6],
  );
});

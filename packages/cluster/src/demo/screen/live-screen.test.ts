// The demo's screen on a terminal and in a log.
import assert from "node:assert/strict";
import { test } from "node:test";
import { LiveScreen } from "./live-screen.ts";

const frameworks = [
  { name: "words", weight: 1, total: 2, done: 1, running: 1, failed: 0, phase: "map", shares: [] },
];

interface Recorder {
  isTTY: boolean;
  columns?: number;
  written: string[];
  write: (text: string) => void;
}

function recorder(isTTY: boolean, columns?: number): Recorder {
  const written: string[] = [];
  const write = (text: string): void => void written.push(text);
  return { isTTY, written, write, ...(columns !== undefined && { columns }) };
}

test("LiveScreen redraws in place on a terminal", () => {
  const terminal = recorder(true);
  const screen = new LiveScreen({ color: true }, terminal);
  screen.show({ elapsedMs: 0, frameworks });
  screen.show({ elapsedMs: 1, frameworks });
  assert.ok(!terminal.written[0]?.startsWith("\u001b[3A"));
  assert.ok(terminal.written[1]?.startsWith("\u001b[3A"));
  assert.ok(terminal.written[0]?.includes("\u001b[36m"), "in colour");
});

test("LiveScreen gives the cursor back", () => {
  const terminal = recorder(true);
  const screen = new LiveScreen({ color: false }, terminal);
  screen.show({ elapsedMs: 0, frameworks });
  screen.close();
  screen.close();
  assert.equal(terminal.written.join("").split("\u001b[?25l").length, 2);
  assert.equal(terminal.written.join("").split("\u001b[?25h").length, 2);
  assert.ok(!terminal.written.join("").includes("\u001b[36m"), "without colour");
});

test("LiveScreen writes a line a second into a log, and the last view always", () => {
  for (const log of [recorder(false), recorder(true, 40)]) {
    const screen = new LiveScreen({ color: true }, log);
    for (const elapsedMs of [0, 10, 999, 1000, 1500]) screen.show({ elapsedMs, frameworks });
    screen.finish({ elapsedMs: 1600, frameworks });
    assert.deepEqual(
      log.written.map((line) => Number.parseFloat(line)),
      [0, 1, 1.6],
    );
  }
});

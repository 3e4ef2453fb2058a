// Who writes what a container prints to its sandbox, and whether that container waits for its readers.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { ManualClock } from "../../net/testing/manual-clock.ts";
import type { ContainerStreams, OutputName } from "../containerizer/container-streams.ts";
import { openSwitchboard } from "./open-switchboard.ts";

/** More than any client may leave unread. */
const MUCH = Buffer.alloc(512 * 1024, "z");

/** A terminal that prints that much to a client that reads nothing. */
function print(t: TestContext, extra: Partial<ContainerStreams>): { stdout: string; paused: boolean } {
  const sandbox = mkdtempSync(join(tmpdir(), "mezzo-switchboard-"));
  t.after(() => rmSync(sandbox, { recursive: true }));
  writeFileSync(join(sandbox, "stdout"), "");
  let listener: (name: OutputName, data: Uint8Array) => void = () => undefined;
  let end = (): void => undefined;
  let paused = false;
  const streams: ContainerStreams = {
    terminal: true,
    onOutput: (one) => void (listener = one),
    onEnd: (one) => void (end = one),
    pause: () => void (paused = true),
    resume: () => undefined,
    write: () => Promise.resolve(),
    endInput: () => undefined,
    resize: () => Promise.resolve(),
    close: () => undefined,
    ...extra,
  };
  const clock = new ManualClock();
  const switchboard = openSwitchboard(sandbox, { streams, heartbeatIntervalMs: 60_000, clock });
  switchboard.attachOutput("application/json");
  listener("STDOUT", MUCH);
  end();
  return { stdout: readFileSync(join(sandbox, "stdout"), "latin1"), paused };
}

void test("openSwitchboard() writes to the sandbox, and the container waits for its readers", (t) => {
  assert.deepEqual(print(t, {}), { stdout: MUCH.toString("latin1"), paused: true });
});

void test("openSwitchboard() leaves both to whoever writes there already", (t) => {
  assert.deepEqual(print(t, { copied: true }), { stdout: "", paused: false });
});

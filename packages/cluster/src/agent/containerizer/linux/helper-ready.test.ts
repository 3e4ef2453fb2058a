// What becomes of a terminal whose helper does not say that it is connected.
import assert from "node:assert/strict";
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { test } from "node:test";
import { ManualClock } from "../../../net/testing/manual-clock.ts";
import { helperReady } from "./helper-ready.ts";

const helper = (script: string): ChildProcess =>
  spawn("/bin/sh", ["-c", script], { stdio: ["ignore", "ignore", "ignore", "pipe"] });

void test("helperReady() resolves with its word, and leaves no timer", async () => {
  const clock = new ManualClock();
  await helperReady(helper("echo >&3"), { clock });
  assert.equal(clock.pendingCount, 0);
});

void test("helperReady() kills one that says nothing, and refuses one that ends", async () => {
  const clock = new ManualClock();
  const silent = helper("exec sleep 1000");
  const ended = once(silent, "exit");
  const ready = helperReady(silent, { clock });
  clock.advance(60_000);
  await assert.rejects(ready, {
    message: "Cannot give the container a terminal: its helper does not connect",
  });
  assert.deepEqual(await ended, [null, "SIGKILL"]);
  await assert.rejects(helperReady(helper("exit 1"), { clock }), /its helper ended/);
  assert.equal(clock.pendingCount, 0);
});

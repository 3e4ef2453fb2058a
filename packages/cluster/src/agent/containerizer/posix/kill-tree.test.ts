// Real processes that hide in sessions of their own are ended, too.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { test } from "node:test";
import { setImmediate } from "node:timers/promises";
import { readProcess } from "./processes.ts";
import { killTree } from "./kill-tree.ts";

test("killTree() ends what a process started, in other sessions too", { timeout: 20_000 }, async () => {
  const script = "sleep 1000 & echo $!; setsid sh -c 'sleep 1000 & echo $!; wait' & echo $!; wait";
  const child = spawn("/bin/sh", ["-c", script], { detached: true, stdio: ["ignore", "pipe", "ignore"] });
  let output = "";
  while (output.split("\n").length < 4) output += String(await once(child.stdout, "data"));
  const started = output.trim().split("\n").map(Number);
  assert.ok(started.every((pid) => readProcess(pid) !== undefined));
  killTree(child.pid ?? 0);
  // The pipe closes with the last process that holds it.
  await once(child, "close");
  // A moment after it has closed its files; the timeout is this test's own.
  while (started.some((pid) => readProcess(pid) !== undefined)) await setImmediate();
});

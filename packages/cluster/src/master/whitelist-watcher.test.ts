// The whitelist's file, read again and again.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { pathToFileURL } from "node:url";
import type { Clock } from "../core/clock.ts";
import { silentLogger } from "../core/logger.ts";
import { registerAgent, subscribe } from "./testing/cast.ts";
import { Stage } from "./testing/stage.ts";
import { WhitelistWatcher } from "./whitelist-watcher.ts";

const folder = mkdtempSync(join(tmpdir(), "whitelist-"));
after(() => rmSync(folder, { recursive: true }));

/** A clock whose only timer is run by hand; `read` resolves when the file has been read again. */
function watch(path: string) {
  const heard: (readonly string[])[] = [];
  const errors: string[] = [];
  let next: (() => void) | undefined;
  let waiting: (() => void) | undefined;
  const clock: Clock = {
    now: () => 0,
    after: (_, run) => {
      next = run;
      waiting?.();
      return { cancel: () => (next = undefined) };
    },
  };
  const logger = { ...silentLogger, error: (message: string) => void errors.push(message) };
  const watcher = new WhitelistWatcher(path, { clock, logger, onChange: (names) => heard.push(names) });
  const read = async (): Promise<void> => {
    const done = new Promise<void>((resolve) => (waiting = resolve));
    next?.();
    await done;
  };
  return { watcher, heard, errors, read, isWatching: () => next !== undefined };
}

test("names are told when they change, and a file that cannot be read changes nothing", async () => {
  const path = join(folder, "hosts");
  writeFileSync(path, "b\na\n\na\n");
  const { watcher, heard, errors, read, isWatching } = watch(pathToFileURL(path).href);
  await watcher.start();
  assert.deepEqual(heard, [["a", "b"]]);
  await read();
  assert.equal(heard.length, 1);
  rmSync(path);
  await read();
  assert.deepEqual([heard.length, errors.length], [1, 1]);
  writeFileSync(path, "");
  await read();
  assert.deepEqual(heard.at(-1), []);
  watcher.stop();
  assert.ok(!isWatching());
});

test("a star is no whitelist", async () => {
  const { watcher, heard, isWatching } = watch("*");
  await watcher.start();
  assert.deepEqual([heard, isWatching()], [[], false]);
});

test("agents on the whitelist alone are offered", () => {
  const stage = new Stage();
  stage.take({ type: "update-whitelist", hostnames: [] });
  subscribe(stage);
  registerAgent(stage);
  stage.allocate();
  assert.equal(stage.state.offers.size, 0);
  stage.take({ type: "update-whitelist", hostnames: ["host"] });
  stage.allocate();
  assert.equal(stage.state.offers.size, 1);
});

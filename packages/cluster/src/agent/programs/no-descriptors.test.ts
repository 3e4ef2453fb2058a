// Programs that are started while the agent has no descriptors left fail, and the agent goes on.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";

const execute = promisify(execFile);

const folder = import.meta.dirname;

const NO_DESCRIPTORS = /EMFILE|Too many open files/i;

/** Expressions that start a program (`m`: the module at the path), and what they reject with. */
const CASES: readonly [path: string, expression: string, message?: RegExp][] = [
  ["run-program.ts", `m.runProgram(["true"], { signal: new AbortController().signal, missing: "" })`],
  ["../fetcher/program-output.ts", `events.once(m.programOutput("true", []), "close")`],
  [
    "../run/probes/connect-inside.ts",
    `events.once(m.connectInside({ namespace: "", host: "", port: 1 }), "close")`,
    /ECONNREFUSED/,
  ],
  [
    "../containerizer/linux/isolators/network/cni-plugin.ts",
    `m.runPlugin({ config: { type: "true" }, pluginsDir: "/bin" }, { clock })`,
  ],
  [
    "../containerizer/linux/helper-ready.ts",
    `m.helperReady(childProcess.spawn("true", { stdio: ["ignore", "ignore", "ignore", "pipe"] }), { clock })`,
  ],
  [
    "../containerizer/linux/start-conmon.ts",
    `m.startConmon({ program: "true", runtime: { program: "", root: "" }, containerId: "", runtimeDir: "/", stdio: [] })`,
  ],
];

void test("a program that cannot be started for want of descriptors is an error that says so", async () => {
  for (const [path, expression, message = NO_DESCRIPTORS] of CASES) {
    const script = `
      import childProcess from "node:child_process";
      import { openSync } from "node:fs";
      import events from "node:events";
      import * as m from ${JSON.stringify(join(folder, path))};
      import { systemClock as clock } from ${JSON.stringify(join(folder, "../../core/clock.ts"))};
      const taken = [];
      try { for (;;) taken.push(openSync("/dev/null")); } catch {}
      await Promise.resolve().then(() => ${expression}).catch((error) => console.log(error.message));
    `;
    const node = [process.execPath, "--conditions=source", "--input-type=module", "--eval", script];
    const { stdout } = await execute("/bin/sh", ["-c", 'ulimit -n 64; exec "$@"', "sh", ...node]);
    assert.match(stdout, message, path);
  }
});

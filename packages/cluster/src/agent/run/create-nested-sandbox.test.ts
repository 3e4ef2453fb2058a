// Tests that the sandbox of a task in a group is made where it belongs, whatever lies in its executor's.
import assert from "node:assert/strict";
import {
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import type { ContainerInfo } from "@mezzo/wire";
import type { LaunchContainerEffect } from "../effects.ts";
import { sandboxAndVictim } from "../testing/sandbox-and-victim.ts";
import { createNestedSandbox } from "./create-nested-sandbox.ts";

function folders(context: TestContext): { parentSandbox: string; victim: string } {
  const { sandbox: parentSandbox, victim } = sandboxAndVictim(context, "runs/executor");
  writeFileSync(join(victim, "precious"), "kept");
  return { parentSandbox, victim };
}

function create(parentSandbox: string, container?: ContainerInfo): Promise<ContainerInfo | undefined> {
  const sandbox = join(parentSandbox, "containers/member");
  const effect = { sandbox, ...(container && { container }) } as LaunchContainerEffect;
  return createNestedSandbox(effect, { parentSandbox, taskId: "precious", mounts: false });
}

void test("createNestedSandbox() makes a private sandbox and names it after its task", async (context) => {
  const { parentSandbox } = folders(context);
  for (const _ of ["once", "again"]) await create(parentSandbox);
  const sandbox = join(parentSandbox, "containers/member");
  assert.equal(statSync(sandbox).mode & 0o7777, 0o750);
  assert.equal(readlinkSync(join(parentSandbox, "tasks/precious")), sandbox);
});

for (const [name, words] of [
  ["tasks", ""],
  ["containers", "Failed to create directory: "],
] as const) {
  void test(`createNestedSandbox() refuses a link in the place of '${name}'`, async (context) => {
    const { parentSandbox, victim } = folders(context);
    await create(parentSandbox);
    renameSync(join(parentSandbox, name), join(parentSandbox, "x"));
    symlinkSync(victim, join(parentSandbox, name));
    await assert.rejects(create(parentSandbox), {
      message: `${words}Cannot enter '${join(parentSandbox, name)}': it is a link`,
    });
    assert.deepEqual(readdirSync(victim), ["precious"]);
    assert.equal(readFileSync(join(victim, "precious"), "utf8"), "kept");
  });
}

void test("createNestedSandbox() links volumes, and none that a link leads out of the sandbox", async (context) => {
  const { parentSandbox, victim } = folders(context);
  const volume = (path: string): ContainerInfo => ({
    type: "MESOS",
    volumes: [
      {
        mode: "RW",
        container_path: `at/${path.replaceAll("/", "-")}`,
        source: { type: "SANDBOX_PATH", sandbox_path: { type: "PARENT", path } },
      },
    ],
  });
  const left = await create(parentSandbox, volume("a/b"));
  assert.deepEqual(left?.volumes, []);
  assert.equal(readlinkSync(join(parentSandbox, "containers/member/at/a-b")), join(parentSandbox, "a/b"));
  symlinkSync(victim, join(parentSandbox, "out"));
  await assert.rejects(create(parentSandbox, volume("out/new")), /'out\/new' is outside the sandbox/);
  assert.deepEqual(readdirSync(victim), ["precious"]);
});

// Tests of how sandboxes are made and given away, and as whom their containers run.
import assert from "node:assert/strict";
import { mkdirSync, readdirSync, renameSync, symlinkSync } from "node:fs";
import { mkdtemp, readlink, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { sandboxAndVictim } from "../testing/sandbox-and-victim.ts";
import { createSandbox, createSandboxDirectory } from "./create-sandbox.ts";
import { describeSystemError } from "../../core/describe-system-error.ts";
import { isInside } from "./is-inside.ts";
import { switchUser } from "./switch-user.ts";
import { lookUpUser } from "./user.ts";

const root = process.getuid?.() === 0;
const directory = await mkdtemp(join(tmpdir(), "mezzo-sandbox-"));
after(() => rm(directory, { recursive: true }));

void test("createSandbox() makes a private directory and points latest to it", async () => {
  const first = join(directory, "runs/one");
  await createSandbox(first);
  assert.equal((await stat(first)).mode & 0o7777, 0o750);
  const second = join(directory, "runs/two");
  await createSandbox(second);
  assert.equal(await readlink(join(directory, "runs/latest")), second);
});

void test("createSandbox() gives it to the user", { skip: !root && "needs root" }, async () => {
  const sandbox = join(directory, "runs/nobody");
  await createSandbox(sandbox, { user: "nobody" });
  assert.equal((await stat(sandbox)).uid, (await lookUpUser("nobody"))?.uid);
});

void test("createSandbox() names a user that does not exist and leaves nothing", async () => {
  const sandbox = join(directory, "runs/ghost");
  await assert.rejects(createSandbox(sandbox, { user: "no-such-user" }), {
    message: `Failed to create executor directory '${sandbox}': Failed to chown directory to 'no-such-user': No such user 'no-such-user'`,
  });
  await assert.rejects(stat(sandbox), { code: "ENOENT" });
});

void test("createSandboxDirectory() makes and removes nothing that a link leads to meanwhile", async (context) => {
  const { sandbox: around, victim } = sandboxAndVictim(context);
  const containers = join(around, "containers");
  mkdirSync(containers);
  mkdirSync(join(victim, "nested"));
  const made = createSandboxDirectory(join(containers, "nested"), { user: "no-such-user" });
  renameSync(containers, join(around, "moved"));
  symlinkSync(victim, containers);
  await assert.rejects(made, /No such user/);
  assert.deepEqual(readdirSync(victim), ["nested"]);
  assert.deepEqual(readdirSync(join(around, "moved")), []);
});

void test("createSandbox() says why a directory cannot be made", async () => {
  await writeFile(join(directory, "file"), "");
  await assert.rejects(createSandbox(join(directory, "file/sandbox")), /Not a directory$/);
});

void test("switchUser() knows who the agent is already and who is nobody", async () => {
  assert.equal(await switchUser(undefined), undefined);
  assert.equal(await switchUser(root ? "root" : (process.env["USER"] ?? "")), undefined);
  await assert.rejects(switchUser("no-such-user"), /Failed to get the uid of user 'no-such-user'/);
});

void test("isInside() compares whole segments", () => {
  assert.ok(!isInside("/a/b", "/a/bc"));
  assert.ok(isInside("/a/b", "/a/b/..c"));
});

void test("describeSystemError() uses the words of the C library", async () => {
  const error: unknown = await stat("/nothing/here").catch((error: unknown) => error);
  assert.equal(describeSystemError(error), "No such file or directory");
  assert.equal(describeSystemError(new Error("other")), "other");
});

// Tests of the ways into sandboxes.
import assert from "node:assert/strict";
import { mkdirSync, readdirSync, renameSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { sandboxAndVictim } from "../testing/sandbox-and-victim.ts";
import { atPlace } from "./at-place.ts";
import { enterSandbox, makeSandbox } from "./enter-sandbox.ts";
import { removeSandboxTree, removeTree } from "./remove-tree.ts";

function folders(context: TestContext): { sandbox: string; victim: string } {
  const { sandbox, victim } = sandboxAndVictim(context);
  mkdirSync(join(sandbox, "real/deep"), { recursive: true });
  return { sandbox, victim };
}

const outside = (): Error => new Error("outside");

void test("atPlace() follows links that stay in the sandbox, and no others", async (context) => {
  const { sandbox, victim } = folders(context);
  symlinkSync("real/deep", join(sandbox, "in"));
  symlinkSync("../..", join(sandbox, "real/deep/up"));
  symlinkSync(join(sandbox, "real"), join(sandbox, "absolute"));
  symlinkSync(victim, join(sandbox, "out"));
  symlinkSync("../../victim", join(sandbox, "away"));
  symlinkSync("round", join(sandbox, "round"));
  for (const name of ["in/x", "in/up/real/deep/x", "absolute/deep/x", "real/../real/deep/x"]) {
    const [place, folder] = [join(sandbox, "real/deep/x"), join(sandbox, "real/deep")];
    await atPlace({ sandbox, name, outside }, (found) => {
      assert.equal(join(found.folder.realPath, found.name), place, name);
      assert.equal(found.folder.stat().ino, statSync(folder).ino);
    });
  }
  for (const name of ["..", "/etc/x", "a\0b", "out/x", "away/x", "round/x", "a/../../x"]) {
    const makes = true;
    await assert.rejects(
      atPlace({ sandbox, name, makes, outside }, () => undefined),
      /outside/,
      name,
    );
  }
  await atPlace({ sandbox, name: "out", outside }, ({ name }) => assert.equal(name, "out"));
  await assert.rejects(
    atPlace({ sandbox, name: "out", isFolder: true, outside }, () => undefined),
    /outside/,
  );
  assert.deepEqual(readdirSync(victim), []);
});

void test("atPlace() follows a last link when it is asked to, and none out of the sandbox", async (context) => {
  const { sandbox, victim } = folders(context);
  const follows = true;
  writeFileSync(join(sandbox, "file"), "");
  const found: [target: string, path: string][] = [
    ["../file", "file"],
    ["deep", "real/deep"],
    ["deep/..", "real"],
    [".", "real"],
    ["missing", "real/missing"],
    [join(sandbox, "file"), "file"],
  ];
  for (const [index, [target, path]] of found.entries()) {
    symlinkSync(target, join(sandbox, `real/${index}`));
    await atPlace({ sandbox, name: `real/${index}`, follows, outside }, ({ folder, name }) =>
      assert.equal(join(folder.realPath, name), join(sandbox, path)),
    );
  }
  for (const [index, target] of ["../..", "..", "../victim", victim, "out2", "/"].entries()) {
    symlinkSync(target, join(sandbox, `out${index}`));
  }
  for (const index of [0, 1, 2, 3, 4, 5]) {
    await assert.rejects(
      atPlace({ sandbox, name: `out${index}`, follows, outside }, () => undefined),
      /outside/,
    );
  }
});

void test("atPlace() stays where it is when the way there changes", async (context) => {
  const { sandbox, victim } = folders(context);
  await atPlace({ sandbox, name: "a/b/file", makes: true, outside }, ({ path }) => {
    renameSync(join(sandbox, "a"), join(sandbox, "moved"));
    symlinkSync(victim, join(sandbox, "a"));
    writeFileSync(path, "text");
  });
  assert.deepEqual([readdirSync(join(sandbox, "moved/b")), readdirSync(victim)], [["file"], []]);
});

void test("sandboxes in sandboxes are entered through no links", (context) => {
  const { sandbox, victim } = folders(context);
  const nested = join(sandbox, "containers/one/containers/two");
  makeSandbox(nested).close();
  enterSandbox(nested).close();
  renameSync(join(sandbox, "containers"), join(sandbox, "moved"));
  mkdirSync(join(victim, "one/containers/two"), { recursive: true });
  symlinkSync(victim, join(sandbox, "containers"));
  for (const enter of [enterSandbox, makeSandbox]) {
    assert.throws(() => enter(nested), { message: `Cannot enter '${sandbox}/containers': it is a link` });
  }
});

void test("removeTree() removes links and leaves what they lead to", async (context) => {
  const { sandbox, victim } = folders(context);
  writeFileSync(join(victim, "file"), "");
  symlinkSync(victim, join(sandbox, "real/out"));
  await removeTree(sandbox);
  await removeTree(sandbox);
  assert.equal(statSync(sandbox, { throwIfNoEntry: false }), undefined);
  assert.deepEqual(readdirSync(victim), ["file"]);
});

void test("removeSandboxTree() removes nothing through a link", async (context) => {
  const { sandbox, victim } = folders(context);
  writeFileSync(join(victim, "file"), "");
  makeSandbox(join(sandbox, "containers/one")).close();
  await removeSandboxTree(join(sandbox, "containers/one"));
  assert.deepEqual(readdirSync(join(sandbox, "containers")), []);
  renameSync(join(sandbox, "containers"), join(sandbox, "moved"));
  await removeSandboxTree(join(sandbox, "containers/one"));
  symlinkSync(victim, join(sandbox, "containers"));
  await assert.rejects(removeSandboxTree(join(sandbox, "containers/file")), /it is a link/);
  assert.deepEqual(readdirSync(victim), ["file"]);
});

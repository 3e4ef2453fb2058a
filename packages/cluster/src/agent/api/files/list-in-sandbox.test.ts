// Listings of a sandbox whose owner plants links.
import assert from "node:assert/strict";
import { mkdirSync, renameSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { listFiles } from "../../../net/files/read-files.ts";
import { sandboxAndVictim } from "../../testing/sandbox-and-victim.ts";
import { listInSandbox } from "./list-in-sandbox.ts";
import { resolveInSandbox } from "./resolve-in-sandbox.ts";

void test("listInSandbox() tells of links that lead out themselves, and of others what they lead to", async (context) => {
  const { sandbox, victim } = sandboxAndVictim(context);
  mkdirSync(join(sandbox, "folder"));
  writeFileSync(join(sandbox, "file"), "text");
  writeFileSync(join(victim, "secret"), "");
  const links = {
    "folder/in": "../file",
    "folder/up": "..",
    "folder/aside": ".",
    "folder/absolute": join(sandbox, "file"),
    "folder/none": "../none",
    "folder/round": "round",
    "folder/out": join(victim, "secret"),
    "folder/away": "../../../victim/secret",
    "folder/nothing": join(victim, "nothing"),
    door: victim,
    "folder/through": "../door/secret",
    "folder/past": "../door/nothing",
  };
  for (const [name, target] of Object.entries(links)) symlinkSync(target, join(sandbox, name));
  const listed = new Map(
    (await listInSandbox(sandbox, "folder")).map(({ name, stats }) => [name, stats] as const),
  );
  assert.deepEqual(
    ["in", "absolute", "up", "aside"].map((name) => listed.get(name)?.ino),
    ["file", "file", "", "folder"].map((name) => statSync(join(sandbox, name)).ino),
  );
  const shown = [...listed].filter(([, stats]) => stats.isSymbolicLink()).map(([name]) => name);
  assert.deepEqual(shown.toSorted(), ["away", "nothing", "out", "past", "round", "through"]);
  assert.ok(!listed.has("none"), "it leads nowhere");
});

void test("a link that takes a folder's place after it was found does not lead out", async (context) => {
  const { sandbox, victim } = sandboxAndVictim(context);
  writeFileSync(join(victim, "secret"), "");
  mkdirSync(join(sandbox, "a/b"), { recursive: true });
  writeFileSync(join(sandbox, "a/b/own"), "");
  const names = async (swap: () => void): Promise<unknown> => {
    const found = await resolveInSandbox(sandbox, "a/b");
    swap();
    const listed = await listFiles(
      { resolve: () => Promise.resolve(found), attached: () => ({}) },
      "/shown/a/b",
    );
    return Array.isArray(listed) ? listed.map(({ path }) => path) : listed;
  };
  assert.deepEqual(await names(() => undefined), ["/shown/a/b/own"]);
  const swapped = await names(() => {
    renameSync(join(sandbox, "a/b"), join(sandbox, "a/moved"));
    symlinkSync(victim, join(sandbox, "a/b"));
  });
  assert.deepEqual(swapped, []);
});

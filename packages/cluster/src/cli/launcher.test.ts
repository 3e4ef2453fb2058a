// The script bin/mezzo: it finds Node and the command, and says what to do where it cannot.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";

const bin = fileURLToPath(new URL("../../bin", import.meta.url));
/** What a shell script finds on any machine; no Node is among it. */
const SYSTEM_PATH = "/usr/bin:/bin";

function run(command: string, ...args: string[]) {
  const environment = { PATH: SYSTEM_PATH, HOME: process.env["HOME"] };
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: "utf8", env: environment });
  return { status, stdout, stderr };
}

void describe("bin/mezzo", () => {
  let folder = "";
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "mezzo-bin-"));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  void it("finds Node, through links, from any folder", () => {
    const link = join(folder, "mezzo");
    symlinkSync(join(bin, "mesos"), link);
    const { status, stdout } = run(link, "version");
    assert.match(stdout, /^mezzo \S+ \(mesos 1\.11\.0, node v2[4-9]/);
    assert.equal(status, 0);
  });

  void it("runs the command it is named after", () => {
    const { status, stderr } = run(join(bin, "mesos-agent"), "--no_such_flag=x");
    assert.match(stderr, /^Failed to load unknown flag 'no_such_flag'\n\nSee `mezzo agent --help`/);
    assert.equal(status, 1);
  });

  void it("lists its commands, and refuses others", () => {
    assert.match(run(join(bin, "mezzo"), "--help").stdout, /^Usage: mezzo <command>/);
    const { status, stderr } = run(join(bin, "mezzo"), "fly");
    assert.match(stderr, /^Cannot run 'fly': there is no such command/);
    assert.equal(status, 1);
  });

  void it("says what to do where Node is missing or too old", () => {
    const copy = join(folder, "alone", "bin");
    mkdirSync(copy, { recursive: true });
    copyFileSync(join(bin, "mezzo"), join(copy, "mezzo"));
    writeFileSync(join(copy, "node"), "#!/bin/sh\necho v20.1.0\n");
    chmodSync(join(copy, "node"), 0o755);
    const { status, stderr } = spawnSync(join(copy, "mezzo"), [], {
      encoding: "utf8",
      env: { PATH: `${copy}:${SYSTEM_PATH}` },
    });
    assert.match(
      stderr,
      /^Cannot start Mezzo: it needs Node 24 or newer, and this machine has v20\.1\.0\.\nRun `npm ci`/,
    );
    assert.equal(status, 1);
  });
});

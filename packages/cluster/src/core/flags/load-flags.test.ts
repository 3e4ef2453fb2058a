// Flags from the command line, the environment and files: types, defaults, old names, and what is wrong with them.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { failure, success } from "@mezzo/wire";
import type { FlagTable } from "./flag.ts";
import { loadFlags } from "./load-flags.ts";

const table = {
  work_dir: { type: "path", help: "" },
  port: { type: "port", default: "5050", help: "" },
  quiet: { type: "bool", default: "false", help: "" },
  gc_delay: { type: "duration", default: "1weeks", help: "", alias: "old_delay" },
  acls: { type: "json", help: "" },
  zk: { type: "string", help: "", refused: "there is no ZooKeeper" },
  sorter: { type: "string", default: "drf", help: "", refused: "there is one sorter" },
  own_flag: { type: "int", default: "1", help: "", own: true },
} as const satisfies FlagTable;

const files: Record<string, string> = { "/etc/acls": '{"a":1}\n', "/etc/zk": "zk://x" };
const readText = (path: string) =>
  files[path] === undefined ? failure("No such file or directory") : success(files[path]);

function load(args: string[], environment: Record<string, string> = {}) {
  return loadFlags(table, { args, prefix: "MESOS_", environment, readText });
}

function values(args: string[], environment: Record<string, string> = {}) {
  const loaded = load(args, environment);
  assert.ok(loaded.ok, loaded.ok ? "" : loaded.error);
  return loaded.value.values;
}

void describe("loadFlags()", () => {
  void it("gives defaults, typed", () => {
    const got = values([]);
    assert.deepEqual(
      [got.port, got.quiet, got.gc_delay, got.work_dir],
      [5050, false, 604_800_000, undefined],
    );
  });

  void it("reads every way to write a flag", () => {
    for (const args of [["--work_dir=/w"], ["--work-dir=/w"], ["--work_dir", "/w"], ["--WORK_DIR=/w"]]) {
      assert.equal(values(args).work_dir, "/w");
    }
    for (const args of [["--quiet"], ["--quiet=true"], ["--quiet=1"], ["--quiet="]]) {
      assert.equal(values(args).quiet, true);
    }
    for (const args of [["--no-quiet"], ["--quiet=false"], ["--quiet=0"]])
      assert.equal(values(args).quiet, false);
  });

  void it("reads files for JSON values, and paths as they are", () => {
    assert.deepEqual(values(["--acls=file:///etc/acls"]).acls, { a: 1 });
    assert.deepEqual(values(["--acls=/etc/acls"]).acls, { a: 1 });
    assert.equal(values(["--work_dir=file:///etc/acls"]).work_dir, "file:///etc/acls");
  });

  void it("reads the environment, after the command line", () => {
    assert.equal(values([], { MESOS_PORT: "1", MESOS_NATIVE_LIBRARY: "x" }).port, 1);
    assert.equal(values(["--port=2"], { MESOS_PORT: "1" }).port, 2);
    assert.equal(values(["--no-quiet"], { MESOS_QUIET: "true" }).quiet, false);
  });

  void it("shows values as Mesos prints them, and Mezzo's own flags only when given", () => {
    const loaded = load(["--gc_delay=60secs", "--acls=/etc/acls"]);
    assert.ok(loaded.ok);
    assert.deepEqual(loaded.value.texts, {
      port: "5050",
      quiet: "false",
      gc_delay: "1mins",
      acls: '{"a":1}',
      sorter: "drf",
    });
    const own = load(["--own_flag=2"]);
    assert.equal(own.ok && own.value.texts["own_flag"], "2");
  });

  void it("warns of an old name", () => {
    const loaded = load(["--old_delay=1secs"]);
    assert.deepEqual(loaded.ok && loaded.value.warnings, ["Loaded deprecated flag 'old_delay'"]);
  });

  const refusals: [string[], string][] = [
    [["--nope=1"], "Failed to load unknown flag 'nope'"],
    [["--no-nope"], "Failed to load unknown flag 'nope' via 'no-nope'"],
    [["--port"], "Failed to load non-boolean flag 'port': Missing value"],
    [["--port", "--quiet"], "Failed to load non-boolean flag 'port': Missing value"],
    [["--no-port"], "Failed to load non-boolean flag 'port' via 'no-port'"],
    [["--no-quiet=x"], "Failed to load boolean flag 'quiet' via 'no-quiet' with value 'x'"],
    [["--quiet=maybe"], "Failed to load flag 'quiet': Expecting a boolean (e.g., true or false)"],
    [["--port=70000"], "Failed to load flag 'port': Failed to convert into required type"],
    [["--port=-1"], "Failed to load flag 'port': Failed to convert into required type"],
    [["--gc_delay=soon"], "Failed to load flag 'gc_delay': Failed to convert '' to number"],
    [["--acls=/nope"], "Failed to load flag 'acls': Error reading file '/nope': No such file or directory"],
    [["--port=1", "--port=2"], "Flag 'port' is already loaded via name 'port'"],
    [["--gc_delay=1secs", "--old_delay=1secs"], "Flag 'old_delay' is already loaded via name 'gc_delay'"],
    [["--zk=zk://x"], "Flag --zk is not supported by Mezzo yet: there is no ZooKeeper"],
    [["--sorter=random"], "Flag --sorter is not supported by Mezzo yet: there is one sorter"],
    [["master"], "Cannot use the argument 'master': flags have the form --name=value"],
    [["--zz=1", "--aa=1"], "Failed to load unknown flag 'aa'"],
  ];
  for (const [args, error] of refusals) {
    void it(`refuses ${args.join(" ")}`, () => assert.deepEqual(load(args), { ok: false, error }));
  }

  void it("accepts a refused flag's default, since nothing has to be done for it", () => {
    assert.equal(values(["--sorter=drf"]).sorter, "drf");
  });

  void it("names the environment variable that is wrong", () => {
    const loaded = load([], { MESOS_ZK: "zk://x" });
    assert.match(loaded.ok ? "" : loaded.error, /^Flag --zk .* \(from the environment variable MESOS_ZK\)$/);
  });
});

// `mezzo execute` as mesos-execute is used: commands, signals, terminals, packages, and what it says when it cannot.
import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { startAgent, startMaster, type Server } from "../support/cluster.ts";
import type { Child } from "../support/child.ts";
import { mezzo, Story } from "../support/story.ts";

/** Stands in for Hadoop's program: HDFS is a folder beside it. */
function makeHadoop(home: string): void {
  const lines = [
    "#!/bin/sh",
    'at() { echo "$0.files/${1#hdfs://namenode:9000/}"; }',
    'case "$1 $2" in',
    '"version ") ;;',
    '"fs -test") test -e "$(at "$4")" ;;',
    '"fs -rm") rm "$(at "$3")" ;;',
    '"fs -copyFromLocal") mkdir -p "$(dirname "$(at "$4")")" && cp "$3" "$(at "$4")" ;;',
    '"fs -copyToLocal") cp "$(at "$3")" "$4" ;;',
    "*) exit 2 ;;",
    "esac",
  ];
  mkdirSync(join(home, "bin"), { recursive: true });
  writeFileSync(join(home, "bin/hadoop"), lines.join("\n"), { mode: 0o755 });
}

void describe("mezzo execute", () => {
  const story = new Story({ after });
  const hadoopHome = join(story.folder, "hadoop");
  let master: Server;

  before(async () => {
    master = await startMaster(story);
    makeHadoop(hadoopHome);
    await startAgent(story, master, { flags: [`--hadoop_home=${hadoopHome}`] });
  });

  async function execute(...flags: string[]): Promise<Child & { code: number | null }> {
    const child = story.start([mezzo, "execute", ...flags]);
    const { code } = await child.ended;
    return Object.assign(child, { code });
  }

  const runs = (command: string, ...more: string[]) =>
    execute(
      `--master=${master.address}`,
      "--name=t",
      `--command=${command}`,
      "--resources=cpus:0.1;mem:32",
      ...more,
    );

  void it("prints the states of a command that succeeds, and ends with 0", async () => {
    const { code, output, errors } = await runs("echo hi");
    assert.equal(code, 0, errors);
    assert.match(output, /TASK_(STARTING|RUNNING) for task 't'/);
    assert.match(output, /TASK_FINISHED for task 't'/);
    assert.ok(output.indexOf("TASK_RUNNING") < output.indexOf("TASK_FINISHED"));
  });

  void it("says with which status a command failed, and ends with another code", async () => {
    const { code, output } = await runs("exit 3");
    assert.notEqual(code, 0);
    assert.match(output, /TASK_FAILED for task 't'/);
    assert.match(output, /message: 'Command exited with status 3'/);
  });

  void it("says which signal ended a command", async () => {
    const { code, output } = await runs("kill -KILL $$");
    assert.notEqual(code, 0);
    assert.match(output, /message: 'Command terminated with signal Killed'/);
  });

  void it("runs without a shell when told so", async () => {
    const { code, output } = await runs("/bin/false", "--no-shell");
    assert.notEqual(code, 0);
    assert.match(output, /message: 'Command exited with status 1'/);
  });

  void it("sets environment variables", async () => {
    const { code, output } = await runs('test "$GREETING" = hello', '--env={"GREETING":"hello"}');
    assert.equal(code, 0, output);
  });

  void it("gives a command a terminal", async () => {
    const { code, output } = await runs("test -t 0 && test -t 1 && test -t 2", "--tty");
    assert.equal(code, 0, output);
    assert.equal((await runs("test -t 0 || test -t 1")).code, 1);
  });

  void it("speaks protobuf as well", async () => {
    const { code, output } = await runs("true", "--content_type=protobuf");
    assert.equal(code, 0, output);
    assert.match(output, /TASK_FINISHED/);
  });

  void it("brings a package into the command's sandbox by way of HDFS, once unless told otherwise", async () => {
    const file = join(story.folder, "package.txt");
    writeFileSync(file, "from the package");
    const hadoop = `--hadoop=${join(hadoopHome, "bin/hadoop")}`;
    const flags = [`--package=${file}`, hadoop, "--hdfs=namenode:9000"];
    const { code, output, errors } = await runs("grep -q 'from the package' package.txt", ...flags);
    assert.equal(code, 0, output + errors);
    const again = await runs("true", ...flags);
    assert.equal(again.code, 1);
    assert.match(again.errors, /File already exists \(see --overwrite\)/);
    writeFileSync(file, "another");
    const overwritten = await runs("grep -q another package.txt", ...flags, "--overwrite");
    assert.equal(overwritten.code, 0, overwritten.output + overwritten.errors);
    const missing = await runs("true", `--package=${file}.not`, hadoop);
    assert.match(missing.errors, /Failed to copy package: Failed to find '.*package\.txt\.not'/);
  });

  void it("kills a command after the time it is given", async () => {
    const { output } = await runs("sleep 1000", "--kill_after=100ms");
    assert.match(output, /TASK_KILLED for task 't'/);
  });

  void it("ends its task when it is interrupted", async () => {
    const child = story.start([
      mezzo,
      "execute",
      `--master=${master.address}`,
      "--name=long",
      "--command=sleep 1000",
    ]);
    await child.sees(/TASK_RUNNING for task 'long'/);
    const { code } = await child.stop("SIGINT");
    assert.equal(code, 130);
  });

  void it("names a flag that it does not know", async () => {
    const { code, errors } = await runs("true", "--frobnicate=1");
    assert.equal(code, 1);
    assert.match(errors, /frobnicate/);
    assert.match(errors, /Usage: mezzo execute/);
  });

  void it("asks for what is missing", async () => {
    const cases = [
      { flags: ["--name=t", "--command=true"], missing: /'master' is required/ },
      { flags: [`--master=${master.address}`, "--command=true"], missing: /name/ },
      { flags: [`--master=${master.address}`, "--name=t"], missing: /command/ },
    ];
    for (const { flags, missing } of cases) {
      const { code, errors } = await execute(...flags);
      assert.equal(code, 1);
      assert.match(errors, missing);
    }
  });

  void it("waits for a master that is not there, and says so", async () => {
    const child = story.start([mezzo, "execute", "--master=127.0.0.1:9", "--name=t", "--command=true"]);
    await child.sees(/Trying again: .*127\.0\.0\.1:9|ECONNREFUSED/);
    const { code } = await child.stop("SIGINT");
    assert.notEqual(code, 0);
  });
});

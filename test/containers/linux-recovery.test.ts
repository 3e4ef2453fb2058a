// The linux launcher when something dies: the agent, conmon, both, in the middle of a launch.
import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { test } from "node:test";
import { until } from "../stories/support/until.ts";
import { Containers, resources } from "./support/containers.ts";
import { cgroupsOf, machineState } from "./support/machine.ts";

const conmonOf = (runtimeDir: string): number => {
  const record: { conmon: { pid: number } } = JSON.parse(readFileSync(join(runtimeDir, "record"), "utf8"));
  return record.conmon.pid;
};

void test("containers run on without their agent, and their ends are told with exit codes", async (t) => {
  const containers = new Containers(t);
  const stays = await containers.launch("while ! test -e go; do sleep 0.02; done; exit 5");
  const leaves = await containers.launch("while ! test -e go; do sleep 0.02; done; exit 6");
  await containers.driver.close();
  writeFileSync(join(leaves.sandbox, "go"), "");
  await until("it has ended", () => existsSync(join(containers.runtimeDirOf("c2"), "c2")));
  assert.deepEqual(await containers.restart(["c1", "c2"]), ["c1"]);
  assert.equal((await leaves.ended).exitCode, 6);
  writeFileSync(join(stays.sandbox, "go"), "");
  assert.equal((await stays.ended).exitCode, 5);
});

void test("what the kernel killed for memory while there was no agent is told so", async (t) => {
  const containers = new Containers(t);
  const { ended } = await containers.launch("while ! test -e go; do sleep 0.02; done; tail /dev/zero", {
    resources: resources({ mem: 40 }),
  });
  await containers.driver.close();
  writeFileSync(join(containers.directory, "sandboxes", "c1", "go"), "");
  await until("it has ended", () => existsSync(join(containers.runtimeDirOf("c1"), "c1")));
  await containers.restart(["c1"]);
  assert.equal((await ended).reason, "REASON_CONTAINER_LIMITATION_MEMORY");
});

void test("who shares a limit that was exceeded while there was no agent is ended, too", async (t) => {
  const containers = new Containers(t);
  const shared = {
    parent: "executor",
    resources: resources({ mem: 32 }),
    around: { resources: resources({ mem: 64 }) },
  };
  const quiet = await containers.launch("exec sleep 1000", shared);
  const hog = await containers.launch("while ! test -e go; do sleep 0.02; done; tail /dev/zero", shared);
  await containers.driver.close();
  writeFileSync(join(hog.sandbox, "go"), "");
  await until("it has ended", () => existsSync(join(containers.runtimeDirOf("c2"), "c2")));
  assert.deepEqual(await containers.restart(["c1", "c2"]), ["c1"]);
  for (const { ended } of [hog, quiet]) {
    assert.equal((await ended).reason, "REASON_CONTAINER_LIMITATION_MEMORY");
  }
});

void test("what ends while isolators find again what they know is given back by them", async (t) => {
  const containers = new Containers(t);
  const { pid, ended } = await containers.launch("exec sleep 1000");
  const happened: string[] = [];
  await containers.restart(["c1"], {
    name: "test/slow",
    recover: async (live) => {
      process.kill(pid, "SIGKILL");
      await until("it has ended", () => existsSync(join(containers.runtimeDirOf("c1"), "c1")));
      // A turn of its own, in which it would be seen to have ended.
      await setImmediate();
      happened.push(`recovered ${[...live].join()}`);
    },
    cleanup: async (containerId) => void happened.push(`gave back ${containerId}`),
  });
  assert.equal((await ended).signal, 9);
  assert.deepEqual(
    happened.filter((what) => !what.includes("probe")),
    ["recovered c1", "gave back c1"],
  );
});

void test("a container without its conmon runs on; nobody knows how it ended", async (t) => {
  const containers = new Containers(t);
  const { ended, sandbox, pid } = await containers.launch(
    "while ! test -e go; do sleep 0.02; done; touch done",
  );
  process.kill(conmonOf(containers.runtimeDirOf("c1")), "SIGKILL");
  process.kill(pid, 0);
  writeFileSync(join(sandbox, "go"), "");
  const { exitCode, signal, message } = await ended;
  assert.deepEqual([exitCode, signal], [undefined, undefined]);
  assert.equal(message, "The exit status of the container could not be observed");
  assert.ok(existsSync(join(sandbox, "done")));
});

void test("without agent and conmon a container is adopted all the same", async (t) => {
  const containers = new Containers(t);
  const { ended } = await containers.launch("sleep 1000");
  await containers.driver.close();
  process.kill(conmonOf(containers.runtimeDirOf("c1")), "SIGKILL");
  assert.deepEqual(await containers.restart(["c1"]), ["c1"]);
  await containers.driver.destroy("c1");
  await ended;
});

void test("nothing is left of containers that nobody waits for", async (t) => {
  const before = machineState();
  const containers = new Containers(t);
  const kept = await containers.launch("sleep 1000");
  const orphan = await containers.launch("setsid sleep 1000 & trap '' TERM; sleep 1000");
  assert.deepEqual(await containers.restart(["c1"]), ["c1"]);
  await until("the orphan is gone", () => {
    try {
      return !process.kill(orphan.pid, 0);
    } catch {
      return true;
    }
  });
  assert.ok(!existsSync(containers.runtimeDirOf("c2")));
  assert.deepEqual(readdirSync(join(containers.runtimeDir, Containers.runtime)), ["c1"]);
  assert.ok(cgroupsOf(containers.cgroupsRoot).every((path) => path.endsWith("/c1")));
  await containers.driver.destroy("c1");
  await kept.ended;
  assert.deepEqual(machineState(), before);
});

void test("a launch that an agent did not live to finish is over, and so is one it did not begin", async (t) => {
  const containers = new Containers(t);
  const runtimeDir = containers.runtimeDirOf("c8");
  mkdirSync(runtimeDir, { recursive: true });
  writeFileSync(join(runtimeDir, "record"), '{"containerId":"c8"');
  const ended = new Promise<void>((resolve) =>
    containers.onExit(({ containerId }) => containerId === "c8" && resolve()),
  );
  assert.deepEqual(await containers.restart(["c8"]), []);
  await ended;
});

void test("a task without checkpoints ends with its agent", async (t) => {
  const containers = new Containers(t);
  const { pid, read } = await containers.launch("echo up; sleep 1000", { survivesAgent: false });
  await until("its command runs, so that its first process is tied", () => read("stdout") === "up\n");
  process.kill(conmonOf(containers.runtimeDirOf("c1")), "SIGKILL");
  await until("its first process is gone", () => {
    try {
      return readFileSync(`/proc/${pid}/stat`, "latin1").includes(") Z ");
    } catch {
      return true;
    }
  });
});

// The linux launcher: what a container sees, what it may do, how it ends, what it leaves.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { userInfo } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { oomScoreAdjOf } from "../../packages/cluster/src/agent/containerizer/oom-score.ts";
import { until } from "../stories/support/until.ts";
import { Containers, resources } from "./support/containers.ts";
import { cgroupFile, isV2, machineState } from "./support/machine.ts";

/** The requests of half a CPU and 64 MB, limits of two CPUs and no memory limit, as the kernel has them. */
function assertFigures(path: string): void {
  if (isV2) {
    assert.equal(cgroupFile("cpu", `${path}/cpu.weight`), "20");
    assert.equal(cgroupFile("cpu", `${path}/cpu.max`), "200000 100000");
    assert.equal(cgroupFile("memory", `${path}/memory.low`), String(64 * 1024 * 1024));
    assert.equal(cgroupFile("memory", `${path}/memory.max`), "max");
    return;
  }
  assert.equal(cgroupFile("cpu", `${path}/cpu.shares`), "512");
  assert.equal(cgroupFile("cpu", `${path}/cpu.cfs_quota_us`), "200000");
  assert.equal(cgroupFile("memory", `${path}/memory.soft_limit_in_bytes`), String(64 * 1024 * 1024));
  assert.ok(Number(cgroupFile("memory", `${path}/memory.limit_in_bytes`)) > 2 ** 50);
}

void test("a container leaves the machine as it was: devices, mounts, terminals", async (t) => {
  const before = machineState();
  const containers = new Containers(t);
  const { ended, read } = await containers.launch(
    "echo out; echo err >&2; readlink /proc/self/ns/pid; exit 3",
  );
  assert.equal((await ended).exitCode, 3);
  assert.match(read("stdout"), /^out\npid:/);
  assert.equal(read("stderr"), "err\n");
  assert.deepEqual(machineState(), before);
});

void test("it sees its own processes alone, and its first one takes signals", async (t) => {
  const containers = new Containers(t);
  const { ended, read, containerId } = await containers.launch(
    "ls /proc | grep -c '^[0-9]'; exec sleep 1000",
  );
  await until("it has counted", () => read("stdout").includes("\n"));
  assert.ok(Number(read("stdout")) < 10);
  assert.equal(await containers.driver.kill(containerId, "SIGTERM"), true);
  assert.equal((await ended).signal, 15);
});

void test("memory beyond the limit ends it with the reason and the figures", async (t) => {
  const containers = new Containers(t);
  const { ended } = await containers.launch("tail -c 200m /dev/zero | tail", {
    resources: resources({ cpus: 0.5, mem: 40 }),
  });
  const { reason, message, limited } = await ended;
  assert.equal(reason, "REASON_CONTAINER_LIMITATION_MEMORY");
  assert.match(
    message ?? "",
    /^Memory limit exceeded: Requested: 40MB Maximum Used: \S+\n\nMEMORY STATISTICS: \n/,
  );
  assert.equal(limited?.[0]?.name, "mem");
});

void test("a process that is killed for memory takes the rest of its container along", async (t) => {
  const containers = new Containers(t);
  const { ended } = await containers.launch("tail -c 200m /dev/zero | tail; sleep 1000", {
    resources: resources({ mem: 40 }),
  });
  assert.equal((await ended).reason, "REASON_CONTAINER_LIMITATION_MEMORY");
});

void test("requests and limits become the kernel's figures, and usage is read from them", async (t) => {
  const containers = new Containers(t, { cgroupsEnableCfs: true });
  const { containerId, pid } = await containers.launch("sleep 1000", {
    resources: resources({ cpus: 0.5, mem: 64 }),
    limits: { cpus: 2, mem: Infinity },
    isTask: true,
  });
  const path = `${containers.cgroupsRoot}/${containerId}`;
  assertFigures(path);
  const score = readFileSync(`/proc/${pid}/oom_score_adj`, "utf8").trim();
  assert.equal(score, String(oomScoreAdjOf(64 * 1024 * 1024)));
  const usage = await containers.driver.usage(containerId);
  assert.equal(usage?.cpus_soft_limit, 0.5);
  assert.equal(usage?.cpus_limit, 2);
  assert.ok((usage?.mem_rss_bytes ?? -1) >= 0 && (usage?.cpus_user_time_secs ?? -1) >= 0);
  await until("both its processes are counted", async () => {
    return ((await containers.driver.usage(containerId))?.processes ?? 0) >= 2;
  });
  await containers.driver.destroy(containerId);
});

void test("--cgroups_limit_swap leaves no swap beyond the memory", async (t) => {
  for (const cgroupsLimitSwap of [true, false]) {
    const containers = new Containers(t, { cgroupsLimitSwap });
    const { containerId, ended } = await containers.launch("sleep 1000", {
      resources: resources({ mem: 64 }),
    });
    const path = `${containers.cgroupsRoot}/${containerId}`;
    const limit = isV2
      ? cgroupFile("memory", `${path}/memory.swap.max`)
      : cgroupFile("memory", `${path}/memory.memsw.limit_in_bytes`);
    const none = isV2 ? "0" : String(64 * 1024 * 1024);
    assert.equal(limit === none, cgroupsLimitSwap, limit);
    await containers.driver.destroy(containerId);
    await ended;
  }
});

void test("a fork bomb stays within its container", async (t) => {
  const containers = new Containers(t);
  const { containerId, ended } = await containers.launch("f() { f | f & f; }; f", {
    resources: resources({ cpus: 0.2, mem: 64 }),
  });
  const neighbour = await containers.launch("echo alive");
  assert.equal((await neighbour.ended).exitCode, 0);
  await containers.driver.destroy(containerId);
  await ended;
});

void test("another user has no capabilities, and those asked for are given", async (t) => {
  const containers = new Containers(t);
  const command = "id -un; grep CapEff /proc/self/status; grep NoNewPrivs /proc/self/status";
  const plain = await containers.launch(command, { user: "nobody" });
  await plain.ended;
  assert.match(plain.read("stdout"), /^nobody\nCapEff:\t0{16}\nNoNewPrivs:\t1\n/);
  const capable = await containers.launch(command, {
    user: "nobody",
    container: { type: "MESOS", linux_info: { effective_capabilities: { capabilities: ["NET_RAW"] } } },
  });
  await capable.ended;
  assert.match(capable.read("stdout"), /CapEff:\t0{12}2000\n/);
});

void test("another user may divide the container's cgroup, and not change its limits", async (t) => {
  if (isV2) return t.skip("version 2 has files for that, which are not given away");
  const containers = new Containers(t);
  const { containerId, ended, read } = await containers.launch(
    'own=/sys/fs/cgroup/memory$(sed -n "s/.*:memory://p" /proc/self/cgroup); ' +
      "(echo 1 > $own/memory.limit_in_bytes) || echo refused; " +
      "mkdir $own/mine && sh -c 'echo $$ > '$own/mine/cgroup.procs && echo done; sleep 1000",
    { user: "nobody", resources: resources({ mem: 64 }) },
  );
  await until("it has tried", () => read("stdout") === "refused\ndone\n");
  await containers.driver.destroy(containerId);
  await ended;
});

void test("capabilities beyond those that the agent allows are refused", async (t) => {
  const containers = new Containers(t, { boundingCapabilities: { capabilities: ["NET_RAW"] } });
  const container = {
    type: "MESOS" as const,
    linux_info: { effective_capabilities: { capabilities: ["SYS_ADMIN" as const] } },
  };
  await assert.rejects(containers.launch("true", { container }), {
    message: "Requested capabilities '{ SYS_ADMIN }', but only '{ NET_RAW }' are allowed",
  });
});

void test("rlimits are set as far as the agent may", async (t) => {
  const containers = new Containers(t);
  const container = {
    type: "MESOS" as const,
    hostname: "somebody",
    rlimit_info: {
      rlimits: [{ type: "RLMT_NOFILE" as const, soft: 77, hard: 88 }, { type: "RLMT_CORE" as const }],
    },
  };
  const { ended, read } = await containers.launch("ulimit -Sn; ulimit -Hn; hostname", { container });
  await ended;
  assert.equal(read("stdout"), "77\n88\nsomebody\n");
});

void test("devices other than the harmless ones cannot be read", async (t) => {
  const containers = new Containers(t);
  const { ended, read } = await containers.launch(
    "head -c1 /dev/zero | wc -c; mknod k c 1 11 && head -c1 k || echo refused",
  );
  await ended;
  assert.equal(read("stdout"), "1\nrefused\n");
});

void test("a program that is not there is told in stderr, as by other launchers", async (t) => {
  const containers = new Containers(t);
  const { ended, read } = await containers.launch("", { command: { shell: false, value: "/no/such" } });
  assert.equal((await ended).exitCode, 1);
  assert.match(read("stderr"), /Failed to execute '\/no\/such': No such file or directory/);
});

void test("a check runs in the container's namespaces", async (t) => {
  const containers = new Containers(t);
  const { containerId, sandbox, read } = await containers.launch("readlink /proc/self/ns/pid; sleep 1000");
  await until("it has said which", () => read("stdout").includes("\n"));
  const { signal } = new AbortController();
  const command = { value: "readlink /proc/self/ns/pid > seen; exit 4" };
  const inside = { command, environment: { PATH: "/bin:/usr/bin" }, sandbox, signal };
  assert.equal(await containers.driver.runInside(containerId, inside), 4);
  assert.equal(read("seen"), read("stdout"));
  const endless = new AbortController();
  const running = containers.driver.runInside(containerId, {
    ...inside,
    command: { value: "touch begun; sleep 1000" },
    signal: endless.signal,
  });
  await until("it runs", () => read("begun") === "");
  endless.abort();
  assert.notEqual(await running, 0);
  await containers.driver.destroy(containerId);
});

void test("a session is in its container and ends with it", async (t) => {
  const containers = new Containers(t);
  const { containerId, read } = await containers.launch("readlink /proc/self/ns/pid; sleep 1000");
  await until("it has said which", () => read("stdout").includes("\n"));
  const sandbox = join(containers.directory, "session");
  const session = await containers.driver.launch({
    containerId: "session",
    // crun sizes a terminal a moment after the command has started.
    command: {
      value:
        'readlink /proc/self/ns/pid; tty; while [ "$(stty size)" = "0 0" ]; do sleep 0.05; done; stty size; exec cat',
    },
    environment: { PATH: "/bin:/usr/bin" },
    sandbox: containers.directory,
    runtimeDir: sandbox,
    resources: [],
    parent: containerId,
    session: true,
    attached: true,
    container: { type: "MESOS", tty_info: { window_size: { rows: 33, columns: 44 } } },
  });
  let text = "";
  session.streams?.onOutput((_, data) => (text += Buffer.from(data).toString()));
  await until("it has said where it is", () => text.includes("33 44"));
  assert.ok(text.includes(read("stdout").trim()));
  assert.match(text, /\/dev\/pts\//);
  const over = new Promise<void>((resolve) => session.streams?.onEnd(resolve));
  await containers.driver.destroy(containerId);
  await over;
});

void test("who runs is the agent itself when nobody is named", async (t) => {
  const containers = new Containers(t, { isolation: "filesystem/linux" });
  const { ended, read } = await containers.launch("id -un; readlink /proc/self/ns/pid");
  await ended;
  assert.equal(read("stdout").split("\n")[0], userInfo().username);
});

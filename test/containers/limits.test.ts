// What containers may use together: members of a group, what is nested in an executor, an executor whose tasks come and go.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { startAgent, startMaster } from "../stories/support/cluster.ts";
import { Framework, scalars } from "../stories/support/framework.ts";
import { Story } from "../stories/support/story.ts";
import { until } from "../stories/support/until.ts";
import { Containers, resources } from "./support/containers.ts";
import { cgroupFile, cgroupsOf, isV2, removeCgroups } from "./support/machine.ts";

const MB = 1024 * 1024;
const HOG = "tail -c 400m /dev/zero | tail";
const apart = { type: "MESOS" as const, linux_info: { share_cgroups: false } };
const executorScript = join(import.meta.dirname, "../stories/driver-executor/driver-executor.ts");

/** The memory limit of a cgroup in megabytes; Infinity without one. */
function limitOf(path: string): number {
  const text = cgroupFile("memory", join(path, isV2 ? "memory.max" : "memory.limit_in_bytes"));
  return text === "max" || Number(text) > 2 ** 60 ? Infinity : Number(text) / MB;
}

/** Its share of the processors, in CPUs that were asked for. */
function cpusOf(path: string): number {
  if (!isV2) return Number(cgroupFile("cpu", join(path, "cpu.shares"))) / 1024;
  return Math.round((Number(cgroupFile("cpu", join(path, "cpu.weight"))) * 262_142) / 9999 / 102.4) / 10;
}

void test("a running container is fitted to other amounts, and never gets less memory than it had", async (t) => {
  const containers = new Containers(t);
  const { containerId, ended } = await containers.launch("exec sleep 1000", {
    resources: resources({ cpus: 0.5, mem: 64 }),
  });
  const path = `${containers.cgroupsRoot}/${containerId}`;
  const amounts = { resources: resources({ cpus: 1, mem: 128 }) };
  await containers.driver.update(containerId, amounts);
  assert.deepEqual([limitOf(path), cpusOf(path)], [128, 1]);
  await containers.driver.update(containerId, { resources: resources({ cpus: 0.5, mem: 64 }) });
  assert.deepEqual([limitOf(path), cpusOf(path)], [128, 0.5]);
  const usage = await containers.driver.usage(containerId);
  assert.deepEqual([usage?.mem_limit_bytes, usage?.mem_soft_limit_bytes], [128 * MB, 64 * MB]);
  await containers.restart([containerId]);
  assert.equal((await containers.driver.usage(containerId))?.mem_limit_bytes, 128 * MB);
  await containers.driver.update(containerId, { resources: amounts.resources, limits: { mem: Infinity } });
  assert.equal(limitOf(path), Infinity);
  await containers.driver.destroy(containerId);
  await ended;
});

void test("a container is fitted to other amounts even where its record cannot be written", async (t) => {
  const containers = new Containers(t);
  const { containerId, ended } = await containers.launch("exec sleep 1000", {
    resources: resources({ mem: 64 }),
  });
  mkdirSync(join(containers.runtimeDirOf(containerId), "record.tmp"));
  await containers.driver.update(containerId, { resources: resources({ mem: 128 }) });
  assert.equal(limitOf(`${containers.cgroupsRoot}/${containerId}`), 128);
  assert.equal((await containers.driver.usage(containerId))?.mem_limit_bytes, 128 * MB);
  await containers.driver.destroy(containerId);
  await ended;
});

void test("who hears of a member's end can lower what is around it at once", async (t) => {
  const containers = new Containers(t, { cgroupsEnableCfs: true });
  const around = { resources: resources({ cpus: 2.6 }) };
  const of = { parent: "executor", around, container: apart };
  const quiet = await containers.launch("exec sleep 1000", { ...of, resources: resources({ cpus: 0.5 }) });
  const large = await containers.launch("exec sleep 1000", { ...of, resources: resources({ cpus: 2 }) });
  const after = { resources: resources({ cpus: 0.6 }) };
  if (!isV2) {
    await assert.rejects(containers.driver.update("executor", after), {
      message: "Cannot write '60000' to cpu.cfs_quota_us of the cgroup: invalid argument",
    });
  }
  const updated = Promise.withResolvers<void>();
  containers.onExit(({ containerId }) => {
    if (containerId === large.containerId)
      containers.driver.update("executor", after).then(updated.resolve, updated.reject);
  });
  await containers.driver.kill(large.containerId, "SIGKILL");
  await updated.promise;
  await containers.driver.destroy(quiet.containerId);
  await quiet.ended;
  await until("nothing is left", () => cgroupsOf(containers.cgroupsRoot).length === 0);
});

void test("members of a group share one limit; who is over it takes the others along", async (t) => {
  const containers = new Containers(t);
  const own = { parent: "executor", resources: resources({ cpus: 0.1, mem: 32 }) };
  const around = { resources: resources({ cpus: 0.3, mem: 96 }) };
  const quiet = await containers.launch("exec sleep 1000", { ...own, around });
  const apart64 = await containers.launch("exec sleep 1000", { ...own, around, container: apart });
  const path = `${containers.cgroupsRoot}/executor`;
  assert.equal(limitOf(path), 96);
  assert.equal(limitOf(`${path}/${quiet.containerId}`), Infinity);
  assert.equal(limitOf(`${path}/${apart64.containerId}`), 32, "this one asked for limits of its own");
  // More than it asked for itself, and less than there is for all.
  const large = await containers.launch("tail -c 50m /dev/zero | tail | wc -c", { ...own, around });
  assert.equal((await large.ended).exitCode, 0);
  const hog = await containers.launch(HOG, { ...own, around });
  for (const { ended } of [hog, quiet]) {
    const { reason, message } = await ended;
    assert.equal(reason, "REASON_CONTAINER_LIMITATION_MEMORY");
    assert.match(message ?? "", /^Memory limit exceeded: Requested: 96MB /);
  }
  assert.ok(await containers.driver.kill(apart64.containerId, "SIGKILL"), "it runs on");
  await apart64.ended;
  await until("nothing is left", () => cgroupsOf(containers.cgroupsRoot).length === 0);
});

void test("what is nested in a container is bound by it", async (t) => {
  const containers = new Containers(t);
  const amounts = { resources: resources({ cpus: 0.1, mem: 64 }) };
  const outer = await containers.launch("exec sleep 1000", amounts);
  const nested = await containers.launch(HOG, { parent: outer.containerId, around: amounts });
  assert.equal((await nested.ended).reason, "REASON_CONTAINER_LIMITATION_MEMORY");
  // Version 2 has them beside one another: each with the same limit.
  if (isV2) await containers.driver.destroy(outer.containerId);
  assert.equal((await outer.ended).reason, isV2 ? undefined : "REASON_CONTAINER_LIMITATION_MEMORY");
});

async function cluster(t: TestContext): Promise<{
  framework: Framework;
  agent: Awaited<ReturnType<typeof startAgent>>;
  cgroupsRoot: string;
}> {
  const cgroupsRoot = `mezzo-limits-${process.pid}-${Math.trunc(performance.now())}`;
  t.after(() => removeCgroups(cgroupsRoot));
  const story = new Story(t);
  const master = await startMaster(story);
  const agent = await startAgent(story, master, {
    flags: [
      ...["--launcher=linux", "--isolation=cgroups/cpu,cgroups/mem,filesystem/linux"],
      ...[`--cgroups_root=${cgroupsRoot}`, "--resources=cpus:8;mem:2048;disk:1024"],
    ],
  });
  const framework = new Framework({ master: master.address });
  await framework.subscribe();
  return { framework, agent, cgroupsRoot };
}

/** The cgroups right below the root where memory is limited. */
function containersOf(cgroupsRoot: string): string[] {
  const below = join("/sys/fs/cgroup", isV2 ? "" : "memory");
  return cgroupsOf(cgroupsRoot)
    .filter((path) => path.startsWith(join(below, cgroupsRoot)))
    .map((path) => path.slice(below.length + 1));
}

void test("a custom executor's container grows with its tasks", async (t) => {
  const { framework, cgroupsRoot, agent } = await cluster(t);
  const executor = {
    executor_id: { value: "driver" },
    command: { value: `exec '${process.execPath}' --conditions=source '${executorScript}'` },
    framework_id: { value: framework.id },
    resources: scalars({ cpus: 0.5, mem: 256 }),
  };
  const launch = async (id: string): Promise<void> => {
    const { command: _, ...task } = framework.command(id, "");
    const { agent_id, ...offer } = await framework.largeOffer();
    const made = { ...task, agent_id, executor, resources: scalars({ cpus: 0.5, mem: 128 }) };
    await framework.accept({ agent_id, ...offer }, [{ type: "LAUNCH", launch: { task_infos: [made] } }]);
    await framework.sees(id, "TASK_RUNNING");
  };
  await launch("one");
  const [path = ""] = containersOf(cgroupsRoot);
  assert.deepEqual([limitOf(path), cpusOf(path)], [384, 1]);
  await launch("two");
  assert.deepEqual([limitOf(path), cpusOf(path)], [512, 1.5]);
  await framework.must({
    type: "KILL",
    kill: { task_id: { value: "two" }, agent_id: { value: agent.id } },
  });
  await framework.sees("two", "TASK_KILLED");
  assert.deepEqual([limitOf(path), cpusOf(path)], [512, 1]);
  await framework.teardown();
  await until("nothing is left", () => cgroupsOf(cgroupsRoot).length === 0);
});

void test("a default executor's tasks and what is nested in it over the API have its limit together", async (t) => {
  const { framework, agent, cgroupsRoot } = await cluster(t);
  const { agent_id, ...offer } = await framework.largeOffer();
  const [small, large] = [32, 64].map((mem) =>
    framework.command(`m${mem}`, "exec sleep 1000", { resources: scalars({ cpus: 0.1, mem }) }),
  );
  assert.ok(small && large);
  await framework.accept({ agent_id, ...offer }, [framework.group("group", [small, large], { agent_id })]);
  for (const id of ["m32", "m64"]) await framework.sees(id, "TASK_RUNNING");
  const [path = ""] = containersOf(cgroupsRoot);
  // 32 MB of them are the executor's.
  assert.equal(limitOf(path), 128);
  const root = framework.updates("m32").at(-1)?.container_status?.container_id?.parent?.value ?? "";
  assert.equal(path, `${cgroupsRoot}/${root}`);
  const answer = await fetch(`http://${agent.address}/api/v1`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({
      type: "LAUNCH_NESTED_CONTAINER",
      launch_nested_container: {
        container_id: { value: "nested", parent: { value: root } },
        command: { value: HOG },
      },
    }),
  });
  assert.equal(answer.status, 200, await answer.text());
  for (const id of ["m32", "m64"]) {
    const { reason, message } = await framework.sees(id, "TASK_FAILED");
    assert.equal(reason, "REASON_CONTAINER_LIMITATION_MEMORY");
    assert.match(message ?? "", /Memory limit exceeded: Requested: 128MB/);
  }
  await framework.teardown();
  await until("nothing is left", () => cgroupsOf(cgroupsRoot).length === 0);
});

// An agent with the linux launcher: many tasks over a kill -9, task groups, flags.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { promisify } from "node:util";
import { readLinuxRecord } from "../../packages/cluster/src/agent/containerizer/linux/container-record.ts";
import { startAgent, startMaster } from "../stories/support/cluster.ts";
import { Framework, scalars } from "../stories/support/framework.ts";
import { Story, mezzo } from "../stories/support/story.ts";
import { until } from "../stories/support/until.ts";
import { cgroupsOf, machineState, removeCgroups } from "./support/machine.ts";

/** Enough for a restart to be worth measuring. */
const TASKS = 200;
/**
 * What is promised. It takes less than one second, but where others use the machine all takes longer, also launching the same
 * containers a moment before: a restart takes a fifth of that, and one container after the other would take more.
 */
const RESTART_MS = 2000;
/** What conmon and a container's first process may take beside each task. */
const MAX_HELPERS_MB = 3;
const execute = promisify(execFile);
const isolation =
  "cgroups/cpu,cgroups/mem,cgroups/pids,cgroups/devices,namespaces/pid,filesystem/linux,volume/sandbox_path";

function linuxFlags(t: TestContext, more = ""): { flags: string[]; cgroupsRoot: string } {
  const cgroupsRoot = `mezzo-story-${process.pid}-${Math.trunc(performance.now())}`;
  t.after(() => removeCgroups(cgroupsRoot));
  const resources = "--resources=cpus:64;mem:8192;disk:1024;ports:[31000-31099]";
  const flags = [
    "--launcher=linux",
    `--isolation=${isolation}${more}`,
    `--cgroups_root=${cgroupsRoot}`,
    resources,
  ];
  return { flags, cgroupsRoot };
}

async function cluster(t: TestContext): Promise<{
  story: Story;
  framework: Framework;
  agent: Awaited<ReturnType<typeof startAgent>>;
  again: () => Promise<void>;
  cgroupsRoot: string;
}> {
  const { flags, cgroupsRoot } = linuxFlags(t);
  const story = new Story(t);
  const master = await startMaster(story);
  const agent = await startAgent(story, master, { flags });
  const framework = new Framework({ master: master.address });
  await framework.subscribe();
  const again = async (): Promise<void> => {
    await startAgent(story, master, { flags, port: agent.port });
  };
  return { story, framework, agent, again, cgroupsRoot };
}

/** The share of memory that is theirs alone or their part of what is shared (Pss), by container: conmon and the first process. */
function helpersBytes(containers: string): number[] {
  const bytesOf = (pid: number): number => {
    const pss = /^Pss:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, "utf8"))?.[1];
    return Number(pss) * 1024;
  };
  return readdirSync(containers).map((name) => {
    const { conmon, leader } = readLinuxRecord(join(containers, name)) ?? {};
    if (!conmon || !leader) throw new Error(`Cannot find the processes of container ${name}`);
    return bytesOf(conmon.pid) + bytesOf(leader.pid);
  });
}

void test("tasks run on over a kill -9 of their agent, and every end is told once", async (t) => {
  const before = machineState();
  const { story, framework, agent, again, cgroupsRoot } = await cluster(t);
  // A pipe without a writer: those who read it wait and take no CPU.
  const go = join(story.folder, "go");
  await execute("mkfifo", [go]);
  const ids = Array.from({ length: TASKS }, (_, index) => `t${index}`);
  const tasks = ids.map((id, index) =>
    framework.command(id, `cat ${go}; exit ${index % 3}`, { resources: scalars({ cpus: 0.1, mem: 32 }) }),
  );
  const launchedAt = performance.now();
  await framework.launch(tasks);
  for (const id of ids) await framework.sees(id, "TASK_RUNNING");
  const launchMs = performance.now() - launchedAt;
  const helpers = helpersBytes(join(story.folder, "agent-run/containers"));
  assert.equal(helpers.length, TASKS);
  const megabytes = helpers.reduce((sum, bytes) => sum + bytes, 0) / TASKS / 1024 / 1024;
  t.diagnostic(`conmon and init take ${megabytes.toFixed(2)} MB beside each task`);
  assert.ok(megabytes <= MAX_HELPERS_MB, `conmon and init take ${megabytes} MB beside each task`);
  await agent.child.stop("SIGKILL");
  const from = performance.now();
  await again();
  const tookMs = performance.now() - from;
  const measured =
    `${TASKS} containers are back after ${Math.round(tookMs)} ms, ` +
    `launching them took ${Math.round(launchMs)} ms`;
  t.diagnostic(measured);
  assert.ok(tookMs <= Math.max(RESTART_MS, launchMs), measured);
  writeFileSync(go, "");
  for (const [index, id] of ids.entries()) {
    const { message } = await framework.sees(id, index % 3 === 0 ? "TASK_FINISHED" : "TASK_FAILED");
    assert.equal(message, `Command exited with status ${index % 3}`);
    assert.equal(framework.states(id).length, 3);
  }
  await until("no cgroup is left", () => cgroupsOf(cgroupsRoot).length === 0);
  await framework.teardown();
  assert.deepEqual(machineState(), before);
});

void test("a task group shares its volume, each task in its own pid namespace", async (t) => {
  const { framework } = await cluster(t);
  const { agent_id, ...offer } = await framework.largeOffer();
  const volumes = [
    {
      mode: "RW" as const,
      container_path: "shared",
      source: { type: "SANDBOX_PATH" as const, sandbox_path: { type: "PARENT" as const, path: "shared" } },
    },
  ];
  const member = (id: string, value: string): ReturnType<Framework["command"]> =>
    framework.command(id, value, { container: { type: "MESOS", volumes } });
  const both = [
    member("one", "readlink /proc/self/ns/pid > shared/one; while ! test -e shared/two; do sleep 0.05; done"),
    member(
      "two",
      "while ! test -e shared/one; do sleep 0.05; done; readlink /proc/self/ns/pid > shared/two; " +
        'test "$(cat shared/one)" != "$(cat shared/two)"',
    ),
  ];
  await framework.accept({ agent_id, ...offer }, [framework.group("group", both, { agent_id })]);
  await framework.sees("one", "TASK_FINISHED");
  await framework.sees("two", "TASK_FINISHED");
  await framework.teardown();
});

void test("rlimits and system calls are what a task says, and no task begins with limits that make no sense", async (t) => {
  const { flags } = linuxFlags(t, ",posix/rlimits,linux/seccomp");
  const story = new Story(t);
  const rules = [{ names: ["uname"], action: "SCMP_ACT_ERRNO", args: [], includes: {}, excludes: {} }];
  const archMap = [
    { architecture: "SCMP_ARCH_X86_64", subArchitectures: ["SCMP_ARCH_X86", "SCMP_ARCH_X32"] },
    { architecture: "SCMP_ARCH_AARCH64", subArchitectures: ["SCMP_ARCH_ARM"] },
    { architecture: "SCMP_ARCH_S390X", subArchitectures: ["SCMP_ARCH_S390"] },
  ];
  const profile = { defaultAction: "SCMP_ACT_ALLOW", archMap, syscalls: rules };
  writeFileSync(join(story.folder, "no-uname"), JSON.stringify(profile));
  const master = await startMaster(story);
  const own = [`--seccomp_config_dir=${story.folder}`, "--seccomp_profile_name=no-uname"];
  await startAgent(story, master, { flags: [...flags, ...own] });
  const framework = new Framework({ master: master.address });
  await framework.subscribe();
  const of = (id: string, value: string, container: object): ReturnType<Framework["command"]> =>
    framework.command(id, value, { container: { type: "MESOS", ...container } });
  await framework.launch([
    of("half", "true", { rlimit_info: { rlimits: [{ type: "RLMT_CORE", soft: 1 }] } }),
    of("upside-down", "true", { rlimit_info: { rlimits: [{ type: "RLMT_CPU", soft: 100, hard: 1 }] } }),
    of("too-long", "while true; do true; done", {
      rlimit_info: { rlimits: [{ type: "RLMT_CPU", soft: 1, hard: 1 }] },
    }),
    of("confined", "uname", {}),
    of("unconfined", "uname", { linux_info: { seccomp: { unconfined: true } } }),
  ]);
  for (const id of ["half", "upside-down"]) {
    assert.equal((await framework.sees(id, "TASK_FAILED")).reason, "REASON_EXECUTOR_TERMINATED");
    assert.deepEqual(framework.states(id), ["TASK_FAILED"]);
  }
  const { message } = await framework.sees("too-long", "TASK_FAILED");
  assert.equal(message, "Command terminated with signal Killed");
  assert.match((await framework.sees("confined", "TASK_FAILED")).message ?? "", /exited with status 1/);
  await framework.sees("unconfined", "TASK_FINISHED");
  await framework.teardown();
});

void test("flags that cannot be honoured are refused by name", async (t) => {
  const story = new Story(t);
  const where = ["--ip=127.0.0.1", "--port=0", "--master=127.0.0.1:1", `--work_dir=${story.folder}/work`];
  const isolated = ["--launcher=linux", "--isolation=cgroups/no"];
  const child = story.start([mezzo, "agent", ...where, ...isolated], {});
  await until("it has ended", () => !child.isRunning);
  assert.match(child.errors, /isolator 'cgroups\/no'/);
  const plain = story.start([mezzo, "agent", ...where, "--isolation=cgroups/mem"], {});
  await until("it has ended", () => !plain.isRunning);
  assert.match(plain.errors, /The 'cgroups\/mem' isolator requires the linux launcher: set --launcher=linux/);
});

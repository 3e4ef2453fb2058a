// What isolators make of a specification, without a container.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { RLimitInfoRLimit } from "@mezzo/wire";
import type { ContainerConfig } from "../../containerizer.ts";
import { LauncherError } from "../../launcher-error.ts";
import { baseSpec } from "../base-spec.ts";
import type { Isolator, Launch } from "../isolator.ts";
import type { OciSpec } from "../oci-spec.ts";
import { cpuIsolator } from "./cgroups-cpu.ts";
import { memoryIsolator } from "./cgroups-mem.ts";
import { systemClock } from "../../../../core/clock.ts";
import { silentLogger } from "../../../../core/logger.ts";
import { createIsolators } from "./create-isolators.ts";
import { ipcNamespaceIsolator } from "./namespaces-ipc.ts";
import { pidNamespaceIsolator } from "./namespaces-pid.ts";
import { rlimitsIsolator } from "./posix-rlimits.ts";

const MB = 1024 * 1024;
const amounts = [
  { name: "cpus", type: "SCALAR" as const, scalar: { value: 0.5 } },
  { name: "mem", type: "SCALAR" as const, scalar: { value: 64 } },
];

function prepared(
  isolator: Isolator,
  config: Partial<ContainerConfig> = {},
  extra: Partial<Pick<Launch, "parent" | "rootfs">> = {},
): OciSpec {
  const whole: ContainerConfig = {
    containerId: "c",
    command: { value: "true" },
    environment: { A: "b" },
    sandbox: "/sandbox",
    runtimeDir: "/run/c",
    resources: amounts,
    ...config,
  };
  const spec = baseSpec({
    config: whole,
    line: { executable: "/bin/sh", argv: ["sh", "-c", "true"] },
    init: undefined,
    environment: whole.environment,
    identity: { uid: 1000, gid: 1000, groups: [1000] },
    rootfs: extra.rootfs,
    hasOwnTmp: true,
    sandboxSource: "/sandbox",
    sandbox: "/sandbox",
    workingDirectory: "/sandbox",
    cgroup: "/mesos/c",
    capabilities: ["CAP_CHOWN"],
  });
  Object.assign(spec.linux.resources, isolator.bounds?.(whole));
  void isolator.prepare?.({ config: whole, spec, sandbox: "/sandbox", held: [], expected: [], ...extra });
  return spec;
}

void test("a container without an image binds the machine's root and, on its own, its /dev", () => {
  const spec = prepared({ name: "none" });
  assert.deepEqual(
    spec.mounts.map(({ destination, type }) => [destination, type]),
    [
      ["/", "bind"],
      ["/dev", "bind"],
    ],
  );
  assert.deepEqual(spec.process.capabilities.effective, []);
  assert.deepEqual(spec.process.env, ["A=b"]);
});

const cpuOptions = { revocableLast: true, countsProcesses: false };

void test("cgroups/cpu gives shares, and a quota to what is limited", () => {
  assert.deepEqual(prepared(cpuIsolator({ ...cpuOptions, enableCfs: false })).linux.resources.cpu, {
    shares: 512,
  });
  assert.equal(prepared(cpuIsolator({ ...cpuOptions, enableCfs: true })).linux.resources.cpu?.quota, 50_000);
  const limited = (cpus: number): number | undefined =>
    prepared(cpuIsolator({ ...cpuOptions, enableCfs: true }), { limits: { cpus } }).linux.resources.cpu
      ?.quota;
  assert.equal(limited(2), 200_000);
  assert.equal(limited(Infinity), undefined);
  assert.equal(limited(0.001), 1000);
});

void test("cgroups/cpu serves revocable CPUs last, unless it is not to", () => {
  const [cpus] = amounts;
  const resources = cpus === undefined ? [] : [{ ...cpus, revocable: {} }];
  const sharesOf = (revocableLast: boolean): number | undefined => {
    const isolator = cpuIsolator({ ...cpuOptions, enableCfs: false, revocableLast });
    return prepared(isolator, { resources }).linux.resources.cpu?.shares;
  };
  assert.equal(sharesOf(true), 5);
  assert.equal(sharesOf(false), 512);
});

void test("cgroups/cpu gives no more shares than the kernel knows", () => {
  const resources = [{ name: "cpus", type: "SCALAR" as const, scalar: { value: 300 } }];
  const isolator = cpuIsolator({ ...cpuOptions, enableCfs: false });
  assert.equal(prepared(isolator, { resources }).linux.resources.cpu?.shares, 262_144);
});

void test("cgroups/mem has the kernel kill tasks first that may use more than they asked for", () => {
  const isolator = memoryIsolator({ limitSwap: false, version: 1 });
  const scoreOf = (config: Partial<ContainerConfig>): number | undefined =>
    prepared(isolator, config).process.oomScoreAdj;
  const score = scoreOf({ limits: { mem: Infinity }, isTask: true }) ?? 0;
  assert.ok(score > 0 && score <= 1000);
  assert.equal(scoreOf({ limits: { mem: 128 }, parent: "p" }), score);
  assert.equal(scoreOf({ isTask: true }), undefined, "its request is its limit");
  assert.equal(scoreOf({ limits: { mem: 128 } }), undefined, "an executor has the others to look after");
});

void test("cgroups/mem limits at the request or at the limit, never below what a process needs", () => {
  const of = (limits?: Record<string, number>): object | undefined =>
    prepared(memoryIsolator({ limitSwap: false, version: 1 }), limits ? { limits } : {}).linux.resources
      .memory;
  assert.deepEqual(of(), { reservation: 64 * MB, limit: 64 * MB });
  assert.deepEqual(of({ mem: 128 }), { reservation: 64 * MB, limit: 128 * MB });
  assert.deepEqual(of({ mem: Infinity }), { reservation: 64 * MB, limit: -1 });
  const little = [{ name: "mem", type: "SCALAR" as const, scalar: { value: 1 } }];
  const { memory } = prepared(memoryIsolator({ limitSwap: true, version: 1 }), { resources: little }).linux
    .resources;
  assert.deepEqual(memory, { reservation: 32 * MB, limit: 32 * MB, swap: 32 * MB });
});

void test("namespaces/pid gives a namespace with a /proc, shares one that is asked for, refuses the agent's", () => {
  const isolator = pidNamespaceIsolator({ disallowSharing: true });
  const own = prepared(isolator);
  assert.deepEqual(own.linux.namespaces.at(-1), { type: "pid" });
  assert.equal(own.mounts.at(-1)?.destination, "/proc");
  const container = { type: "MESOS" as const, linux_info: { share_pid_namespace: true } };
  assert.throws(() => prepared(isolator, { container }), /Sharing agent pid namespace/);
  const shared = prepared(isolator, { container }, { parent: { containerId: "p", pid: 7 } });
  assert.deepEqual(shared.linux.namespaces.at(-1), { type: "pid", path: "/proc/7/ns/pid" });
});

void test("namespaces/ipc: top-level containers have their own, nested ones their parent's", () => {
  const isolator = ipcNamespaceIsolator({ disallowSharing: false, shmSizeBytes: 1024 });
  const own = prepared(isolator);
  assert.deepEqual(own.linux.namespaces.at(-1), { type: "ipc" });
  assert.ok(own.mounts.at(-1)?.options?.includes("size=1024"));
  const nested = prepared(isolator, {}, { parent: { containerId: "p", pid: 7 } });
  assert.deepEqual(nested.linux.namespaces.at(-1), { type: "ipc", path: "/proc/7/ns/ipc" });
});

void test("posix/rlimits clamps to the agent's own hard limits when it may not raise them", () => {
  const limits = "Max open files            1024                 20000                files     \n";
  const rlimits = [{ type: "RLMT_NOFILE" as const, soft: 50_000, hard: 50_000 }];
  const container = { type: "MESOS" as const, rlimit_info: { rlimits } };
  const { process } = prepared(rlimitsIsolator(limits), { container });
  assert.deepEqual(process.rlimits, [{ type: "RLIMIT_NOFILE", soft: 20_000, hard: 20_000 }]);
});

void test("posix/rlimits: limits that make no sense end the container before it begins, in Mesos' words", () => {
  const refusals: [RLimitInfoRLimit, string][] = [
    [{ type: "RLMT_CORE", soft: 1 }, "Failed to set RLMT_CORE limit: Invalid rlimit values"],
    [{ type: "RLMT_CPU", soft: 100, hard: 1 }, "Failed to set RLMT_CPU limit: Invalid argument"],
    [{}, "Failed to set UNKNOWN limit: Could not convert rlimit: Unknown rlimit type"],
  ];
  for (const [limit, message] of refusals) {
    const container = { type: "MESOS" as const, rlimit_info: { rlimits: [limit] } };
    assert.throws(
      () => prepared(rlimitsIsolator(""), { container }),
      (error) => error instanceof LauncherError && error.message === message,
    );
  }
});

void test("createIsolators() knows the names that stand for several", () => {
  const names = (isolation: string): string[] =>
    createIsolators(
      {
        isolation,
        cgroupsEnableCfs: false,
        cgroupsLimitSwap: false,
        revocableCpuLowPriority: true,
        disallowSharingAgentPidNamespace: false,
        disallowSharingAgentIpcNamespace: false,
        workDir: "/work",
        runtimeDir: "/run",
        countsProcesses: false,
        networkCniRootDirPersist: false,
        networkCniMetrics: true,
      },
      { provisioner: undefined, hierarchy: new Map(), clock: systemClock, logger: silentLogger },
    ).flatMap(({ name }) => (name === "network/cni" ? [] : [name]));
  assert.deepEqual(names("cgroups"), ["cgroups/cpu", "cgroups/mem"]);
  assert.deepEqual(names("process"), ["posix/cpu", "posix/mem"]);
  assert.deepEqual(names("cgroups/all,linux/nnp"), [
    "cgroups/cpu",
    "cgroups/mem",
    "cgroups/pids",
    "cgroups/devices",
    "linux/nnp",
  ]);
  assert.deepEqual(names("filesystem/linux"), [
    "filesystem/linux",
    "volume/host_path",
    "volume/sandbox_path",
    "volume/image",
  ]);
});

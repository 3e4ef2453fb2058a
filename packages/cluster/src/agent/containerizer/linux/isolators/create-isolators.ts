// Every isolator of the linux launcher, in the order in which they are asked.
import { join } from "node:path";
import type { CapabilityInfo, DeviceWhitelist } from "@mezzo/wire";
import type { Clock } from "../../../../core/clock.ts";
import type { Logger } from "../../../../core/logger.ts";
import type { ContainerDns } from "../../container-dns.ts";
import type { ImageProvisioner } from "../../image-provisioner.ts";
import type { Hierarchy } from "../cgroups/hierarchy.ts";
import type { Isolator } from "../isolator.ts";
import { cpuIsolator } from "./cgroups-cpu.ts";
import { devicesIsolator } from "./cgroups-devices.ts";
import { memoryIsolator } from "./cgroups-mem.ts";
import { pidsIsolator } from "./cgroups-pids.ts";
import { GpuIsolator } from "./gpu-nvidia.ts";
import { capabilitiesIsolator } from "./linux-capabilities.ts";
import { linuxDevicesIsolator } from "./linux-devices.ts";
import { noNewPrivilegesIsolator } from "./linux-nnp.ts";
import { seccompIsolator } from "./linux-seccomp.ts";
import { ipcNamespaceIsolator } from "./namespaces-ipc.ts";
import { pidNamespaceIsolator } from "./namespaces-pid.ts";
import type { CniFolders } from "./network/cni-config.ts";
import { CniIsolator } from "./network/network-cni.ts";
import { posixCpuIsolator, posixMemoryIsolator } from "./posix-measures.ts";
import { rlimitsIsolator } from "./posix-rlimits.ts";
import { hostPathIsolator } from "./volumes/host-path.ts";
import { imageVolumeIsolator } from "./volumes/image.ts";
import { persistentVolumeIsolator } from "./volumes/persistent.ts";
import { sandboxPathIsolator } from "./volumes/sandbox-path.ts";
import { secretIsolator } from "./volumes/secret.ts";

/** What flags say about isolators. */
export interface IsolatorOptions {
  /** `--isolation`. */
  isolation: string;
  cgroupsEnableCfs: boolean;
  cgroupsLimitSwap: boolean;
  revocableCpuLowPriority: boolean;
  disallowSharingAgentPidNamespace: boolean;
  disallowSharingAgentIpcNamespace: boolean;
  defaultContainerShmSize?: number;
  effectiveCapabilities?: CapabilityInfo;
  boundingCapabilities?: CapabilityInfo;
  allowedDevices?: DeviceWhitelist;
  /** The GPUs that containers are given, N of `/dev/nvidiaN`. */
  gpuDevices?: readonly number[];
  /** Count processes and threads with `cgroups/cpu`. */
  countsProcesses: boolean;
  seccompConfigDir?: string;
  seccompProfileName?: string;
  dockerIgnoreRuntime?: boolean;
  workDir: string;
  runtimeDir: string;
  /** Of networks that containers may join. */
  cni?: CniFolders;
  networkCniRootDirPersist: boolean;
  networkCniMetrics: boolean;
  containerDns?: ContainerDns;
  /** Folders below which host paths are made on demand. */
  hostPathVolumeForceCreation?: readonly string[];
}

/** Older names that stand for two. @see Mesos src/slave/containerizer/mesos/containerizer.cpp */
const ALIASES: Readonly<Record<string, readonly string[]>> = {
  process: ["posix/cpu", "posix/mem"],
  cgroups: ["cgroups/cpu", "cgroups/mem"],
};

/** What `filesystem/linux` brings along. */
const IMPLIED = ["volume/host_path", "volume/image", "volume/sandbox_path"] as const;

/** What isolators share with the launcher. */
interface Parts {
  provisioner: ImageProvisioner | undefined;
  hierarchy: Hierarchy;
  clock: Clock;
  logger: Logger;
}

/** How each is made; cgroups/all stands for all that begin so. */
const MAKERS: Readonly<Record<string, (options: IsolatorOptions & Parts) => Isolator>> = {
  "filesystem/linux": ({ workDir }) => persistentVolumeIsolator({ workDir }),
  "volume/host_path": (options) => hostPathIsolator({ creatable: options.hostPathVolumeForceCreation ?? [] }),
  "volume/sandbox_path": () => sandboxPathIsolator(),
  "volume/image": ({ provisioner }) => imageVolumeIsolator(provisioner),
  "volume/secret": () => secretIsolator(),
  "cgroups/cpu": (options) =>
    cpuIsolator({
      enableCfs: options.cgroupsEnableCfs,
      revocableLast: options.revocableCpuLowPriority,
      countsProcesses: options.countsProcesses,
    }),
  "cgroups/mem": (options) =>
    memoryIsolator({
      limitSwap: options.cgroupsLimitSwap,
      version: options.hierarchy.get("memory")?.version ?? 1,
    }),
  "cgroups/pids": () => pidsIsolator(),
  "cgroups/devices": (options) => devicesIsolator({ allowed: options.allowedDevices }),
  "posix/cpu": () => posixCpuIsolator(),
  "posix/mem": () => posixMemoryIsolator(),
  "posix/rlimits": () => rlimitsIsolator(),
  "linux/capabilities": (options) =>
    capabilitiesIsolator({
      effective: options.effectiveCapabilities,
      bounding: options.boundingCapabilities,
    }),
  "linux/seccomp": (options) =>
    seccompIsolator({ directory: options.seccompConfigDir, profile: options.seccompProfileName }),
  // After cgroups/devices, which begins by allowing nothing.
  "linux/devices": (options) => linuxDevicesIsolator({ allowed: options.allowedDevices }),
  "gpu/nvidia": (options) =>
    new GpuIsolator({
      devices: options.gpuDevices ?? [],
      root: join(options.runtimeDir, "isolators/gpu/nvidia"),
    }),
  "linux/nnp": () => noNewPrivilegesIsolator(),
  "docker/runtime": () => ({ name: "docker/runtime" }),
  "namespaces/ipc": (options) =>
    ipcNamespaceIsolator({
      disallowSharing: options.disallowSharingAgentIpcNamespace,
      shmSizeBytes: options.defaultContainerShmSize,
    }),
  "namespaces/pid": (options) =>
    pidNamespaceIsolator({ disallowSharing: options.disallowSharingAgentPidNamespace }),
  "network/cni": ({ clock, logger, ...options }) =>
    new CniIsolator(
      {
        folders: options.cni,
        root: join(
          options.networkCniRootDirPersist ? options.workDir : options.runtimeDir,
          "isolators/network/cni",
        ),
        measures: options.networkCniMetrics,
        dns: options.containerDns,
      },
      { clock, logger },
    ),
};

/** In Mesos' words. */
function assertFitForGpus(wanted: ReadonlySet<string>): void {
  if (!wanted.has("cgroups/devices") && !wanted.has("cgroups/all")) {
    throw new Error(
      "The 'cgroups/devices' or 'cgroups/all' isolator must be enabled in order to use the 'gpu/nvidia' isolator",
    );
  }
  if (!wanted.has("filesystem/linux")) {
    throw new Error(
      "The 'filesystem/linux' isolator must be enabled in order to use the 'gpu/nvidia' isolator",
    );
  }
}

/** Those that `--isolation` names. Names that stand for what the launcher does anyhow have no isolator. */
export function createIsolators(options: IsolatorOptions, parts: Parts): Isolator[] {
  const wanted = new Set(options.isolation.split(",").flatMap((name) => ALIASES[name] ?? [name]));
  if (options.dockerIgnoreRuntime === true) wanted.delete("docker/runtime");
  if (wanted.has("gpu/nvidia")) assertFitForGpus(wanted);
  // Mesos has it wherever no other isolator of networks is wanted.
  wanted.add("network/cni");
  // Mesos has them wherever file systems of containers are made.
  if (wanted.has("filesystem/linux")) for (const name of IMPLIED) wanted.add(name);
  return Object.entries(MAKERS)
    .filter(([name]) => wanted.has(name) || (name.startsWith("cgroups/") && wanted.has("cgroups/all")))
    .map(([, make]) => make({ ...options, ...parts }));
}

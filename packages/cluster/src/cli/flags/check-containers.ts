// Which containerizers, launchers and isolators an agent can be asked for.
import { NO_DOCKER, NO_LINUX_CONTAINERIZER } from "./reasons.ts";

/** Isolators the posix launcher honours: they measure and limit nothing, as in Mesos. */
const BUILT_ISOLATORS = new Set([
  "process",
  "posix/cpu",
  "posix/mem",
  "filesystem/posix",
  "volume/sandbox_path",
]);

/** Isolators that Mesos has beside those. @see Mesos src/slave/containerizer/mesos/containerizer.cpp */
const OTHER_ISOLATORS = new Set(
  (
    "posix/disk posix/rlimits disk/du disk/xfs filesystem/linux filesystem/shared " +
    "cgroups cgroups/all cgroups/blkio cgroups/cpu cgroups/cpuset cgroups/devices " +
    "cgroups/hugetlb cgroups/mem cgroups/net_cls cgroups/net_prio cgroups/perf_event cgroups/pids " +
    "appc/runtime docker/runtime docker/volume linux/devices linux/capabilities linux/nnp " +
    "linux/seccomp namespaces/ipc namespaces/pid volume/host_path volume/image volume/secret " +
    "volume/csi gpu/nvidia network/cni network/port_mapping network/ports"
  ).split(" "),
);

/** @see Mesos src/slave/containerizer/mesos/containerizer.cpp */
export function checkIsolation(value: string): string | undefined {
  const names = value.split(",").filter((name) => name !== "");
  for (const name of names) {
    if (BUILT_ISOLATORS.has(name)) continue;
    if (OTHER_ISOLATORS.has(name)) return `Isolator '${name}' is not supported by Mezzo yet`;
    return `Unknown or unsupported isolator '${name}'`;
  }
  const repeated = names.find((name, index) => names.indexOf(name) !== index);
  return repeated === undefined ? undefined : `Duplicate isolator '${repeated}'`;
}

/** @see Mesos src/slave/containerizer/mesos/containerizer.cpp */
export function checkLauncher(value: string): string | undefined {
  if (value === "posix") return undefined;
  if (value === "linux") return `Launcher 'linux' is not supported by Mezzo yet: ${NO_LINUX_CONTAINERIZER}`;
  return `Unknown or unsupported launcher: ${value}`;
}

/** @see Mesos src/slave/containerizer/containerizer.cpp */
export function checkContainerizers(value: string): string | undefined {
  const names = value.split(",");
  if (new Set(names).size < names.length) return `Duplicate entries found in --containerizer flag '${value}'`;
  const other = names.find((name) => name !== "mesos");
  if (other === undefined) return undefined;
  if (other === "docker") return `Containerizer 'docker' is not supported by Mezzo yet: ${NO_DOCKER}`;
  return `Unknown or unsupported containerizer: ${other}`;
}

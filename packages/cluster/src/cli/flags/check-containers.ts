// Which containerizers, launchers and isolators an agent can be asked for.
/** Isolators that only the linux launcher has. */
const LINUX_ISOLATORS = new Set([
  "cgroups",
  "cgroups/all",
  "cgroups/cpu",
  "cgroups/devices",
  "cgroups/mem",
  "cgroups/pids",
  "docker/runtime",
  "filesystem/linux",
  "gpu/nvidia",
  "linux/capabilities",
  "linux/devices",
  "linux/nnp",
  "linux/seccomp",
  "network/cni",
  "network/ports",
  "namespaces/ipc",
  "namespaces/pid",
  "posix/rlimits",
  "volume/host_path",
  "volume/image",
  "volume/secret",
]);

/** Isolators that every launcher honours. */
const POSIX_ISOLATORS = new Set([
  // Always on in Mesos, too.
  "environment_secret",
  "process",
  "posix/cpu",
  "posix/mem",
  "filesystem/posix",
  "disk/du",
  "posix/disk",
  "volume/sandbox_path",
]);

/** Isolators that Mesos has beside those. @see Mesos src/slave/containerizer/mesos/containerizer.cpp */
const OTHER_ISOLATORS = new Set(
  (
    "disk/xfs filesystem/shared cgroups/blkio cgroups/cpuset " +
    "cgroups/hugetlb cgroups/net_cls cgroups/net_prio cgroups/perf_event appc/runtime docker/volume " +
    "volume/csi " +
    "network/port_mapping"
  ).split(" "),
);

/** @see Mesos src/slave/containerizer/mesos/containerizer.cpp */
export function checkIsolation(value: string): string | undefined {
  const names = value.split(",").filter((name) => name !== "");
  for (const name of names) {
    if (LINUX_ISOLATORS.has(name) || POSIX_ISOLATORS.has(name)) continue;
    if (OTHER_ISOLATORS.has(name)) return `Isolator '${name}' is not supported by Mezzo yet`;
    return `Unknown or unsupported isolator '${name}'`;
  }
  if (new Set(names).size < names.length) {
    return `Duplicate entries found in --isolation flag '[ ${names.join(", ")} ]'`;
  }
  if (names.filter((name) => name.startsWith("filesystem/")).length > 1) {
    return "Using multiple filesystem isolators simultaneously is disallowed";
  }
  return undefined;
}

/** @see Mesos src/slave/containerizer/mesos/containerizer.cpp */
export function checkLauncher(value: string): string | undefined {
  if (value === "posix" || value === "linux") return undefined;
  return `Unknown or unsupported launcher: ${value}`;
}

/** Isolators without the launcher that they need are refused rather than ignored. */
export function checkLauncherFor({
  isolation,
  launcher,
  network_cni_config_dir: configDir,
  network_cni_plugins_dir: pluginsDir,
  image_providers: imageProviders,
}: {
  isolation: string;
  launcher: string;
  network_cni_config_dir?: string | undefined;
  network_cni_plugins_dir?: string | undefined;
  image_providers?: string | undefined;
}): string | undefined {
  if (imageProviders !== undefined) {
    if (!isolation.split(",").includes("filesystem/linux")) {
      return "The 'filesystem/linux' isolator must be enabled for container image support";
    }
    if (launcher !== "linux") return "The 'linux' launcher must be used for container image support";
  }
  if (launcher === "linux") return undefined;
  if ((configDir ?? pluginsDir) !== undefined) {
    return "The 'network/cni' isolator requires the linux launcher: set --launcher=linux";
  }
  const name = isolation.split(",").find((one) => LINUX_ISOLATORS.has(one));
  return name === undefined
    ? undefined
    : `The '${name}' isolator requires the linux launcher: set --launcher=linux`;
}

/** @see Mesos src/slave/containerizer/containerizer.cpp */
export function checkContainerizers(value: string): string | undefined {
  const names = value.split(",");
  if (new Set(names).size < names.length) return `Duplicate entries found in --containerizer flag '${value}'`;
  const other = names.find((name) => name !== "mesos" && name !== "docker");
  return other === undefined ? undefined : `Unknown or unsupported containerizer: ${other}`;
}

// The specification of a container before any isolator changes it.
import type { ContainerConfig } from "../containerizer.ts";
import type { UserIdentity } from "../../sandbox/user.ts";
import type { CommandLine } from "../posix/command-line.ts";
import type { OciMount, OciSpec } from "./oci-spec.ts";

const OCI_VERSION = "1.0.2";

export interface BaseSpecParts {
  config: ContainerConfig;
  line: CommandLine;
  /** The first process, which waits for the command; absent: the command is the first itself. */
  init: { seenAt: string; mode: "init" | "init-tied" } | undefined;
  environment: Readonly<Record<string, string>>;
  identity: UserIdentity | undefined;
  /** The root of the container's image; absent: the machine's own. */
  rootfs: string | undefined;
  /** Whether the image brings a `/tmp` with something in it. */
  hasOwnTmp: boolean;
  /** What is mounted as the sandbox of a container with an image. */
  sandboxSource: string;
  /** Where the container sees its sandbox. */
  sandbox: string;
  workingDirectory: string;
  cgroup: string;
  capabilities: string[];
  /** The runtime makes one. */
  terminal?: boolean;
}

/**
 * What a container is without isolators: a mount namespace, a cgroup without limits, root's capabilities for root. One
 * without an image sees the machine's file system, mounts made there later included, as in Mesos.
 */
export function baseSpec(parts: BaseSpecParts): OciSpec {
  const { config, line, identity, rootfs, capabilities } = parts;
  const isRoot = (identity?.uid ?? process.geteuid?.()) === 0;
  const held = isRoot ? capabilities : [];
  const { hostname, tty_info } = config.container ?? {};
  const size = tty_info?.window_size;
  return {
    ociVersion: OCI_VERSION,
    process: {
      ...(parts.terminal && { terminal: true }),
      ...(parts.terminal && size && { consoleSize: { height: size.rows, width: size.columns } }),
      user: {
        uid: identity?.uid ?? process.geteuid?.() ?? 0,
        gid: identity?.gid ?? process.getegid?.() ?? 0,
        additionalGids: identity?.groups ?? process.getgroups?.() ?? [],
      },
      args: parts.init
        ? [parts.init.seenAt, parts.init.mode, line.executable, ...line.argv]
        : [line.executable, ...line.argv.slice(1)],
      env: Object.entries(parts.environment).map(([name, value]) => `${name}=${value}`),
      cwd: parts.workingDirectory,
      capabilities: {
        bounding: capabilities,
        effective: held,
        permitted: held,
        inheritable: [],
        ambient: [],
      },
      rlimits: [],
      noNewPrivileges: false,
    },
    root: { path: rootfs ?? "rootfs" },
    ...(hostname !== undefined && { hostname }),
    mounts: rootfs === undefined ? [...SHARED_ROOT] : ownRoot(parts),
    linux: {
      namespaces: [{ type: "mount" }, ...(hostname === undefined ? [] : [{ type: "uts" as const }])],
      cgroupsPath: parts.cgroup,
      resources: { devices: [{ allow: true, access: "rwm" }] },
      devices: [],
      ...(rootfs !== undefined && { readonlyPaths: [...READ_ONLY_PATHS] }),
      ...(rootfs !== undefined && !isPrivileged(config) && { maskedPaths: [...MASKED_PATHS] }),
    },
  };
}

/**
 * `/dev` is named on its own: a runtime that finds no bind mount there makes devices and links, and would make them in the
 * machine's own `/dev`.
 */
const SHARED_ROOT: OciMount[] = ["/", "/dev"].map((path) => ({
  destination: path,
  type: "bind",
  source: path,
  options: ["rbind", "rslave"],
}));

/** What a container with an image may look at in `/proc`, and not write. */
const READ_ONLY_PATHS = ["bus", "fs", "irq", "sys", "sysrq-trigger"].map((name) => `/proc/${name}`);

/** What it sees nothing of. */
const MASKED_PATHS = [
  ...[
    ...["acpi", "asound", "kcore", "keys", "key-users", "latency_stats", "sched_debug", "scsi"],
    ...["timer_list", "timer_stats"],
  ].map((name) => `/proc/${name}`),
  "/sys/firmware",
];

/** One that shares the machine's processes, as everything around it does, sees all of them. */
function isPrivileged({ container, parent, parentContainer }: ContainerConfig): boolean {
  if (container?.linux_info?.share_pid_namespace !== true) return false;
  return parent === undefined || parentContainer?.linux_info?.share_pid_namespace === true;
}

/** Beyond Mesos, where this is part of the image's root: it is fast, bounded by the container's memory, and gone with it. */
const PRIVATE_TMP: OciMount = {
  destination: "/tmp",
  type: "tmpfs",
  source: "tmpfs",
  options: ["nosuid", "nodev", "mode=1777"],
};

/** Follows what `src/slave/containerizer/mesos/isolators/filesystem/linux.cpp` of Mesos mounts into an image. */
function ownRoot({ sandboxSource, sandbox: seenAt, hasOwnTmp }: BaseSpecParts): OciMount[] {
  const hidden = ["nosuid", "noexec", "nodev"];
  return [
    { destination: "/proc", type: "proc", source: "proc", options: hidden },
    { destination: "/dev", type: "tmpfs", source: "tmpfs", options: ["nosuid", "strictatime", "mode=755"] },
    {
      destination: "/dev/pts",
      type: "devpts",
      source: "devpts",
      options: ["nosuid", "noexec", "newinstance", "ptmxmode=0666", "mode=0620", "gid=5"],
    },
    {
      destination: "/dev/shm",
      type: "tmpfs",
      source: "shm",
      options: ["nosuid", "nodev", "mode=1777"],
    },
    { destination: "/sys", type: "sysfs", source: "sysfs", options: ["ro", ...hidden] },
    { destination: "/sys/fs/cgroup", type: "tmpfs", source: "tmpfs", options: ["mode=755", ...hidden] },
    ...(hasOwnTmp ? [] : [PRIVATE_TMP]),
    // After everything it could lie in.
    { destination: seenAt, type: "bind", source: sandboxSource, options: ["rbind", "rslave"] },
  ];
}

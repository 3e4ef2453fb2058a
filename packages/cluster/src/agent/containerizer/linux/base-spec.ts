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
  /** Where the container sees its sandbox. */
  sandbox: string;
  workingDirectory: string;
  cgroup: string;
  capabilities: string[];
}

/**
 * What a container is without isolators: a mount namespace, a cgroup without limits, root's capabilities for root. One
 * without an image sees the machine's file system, mounts made there later included, as in Mesos.
 */
export function baseSpec(parts: BaseSpecParts): OciSpec {
  const { config, line, identity, rootfs, capabilities } = parts;
  const isRoot = (identity?.uid ?? process.geteuid?.()) === 0;
  const held = isRoot ? capabilities : [];
  const { hostname } = config.container ?? {};
  return {
    ociVersion: OCI_VERSION,
    process: {
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
    mounts: rootfs === undefined ? [...SHARED_ROOT] : ownRoot(config.sandbox, parts.sandbox),
    linux: {
      namespaces: [{ type: "mount" }, ...(hostname === undefined ? [] : [{ type: "uts" as const }])],
      cgroupsPath: parts.cgroup,
      resources: { devices: [{ allow: true, access: "rwm" }] },
      devices: [],
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

/** Follows what `chroot::prepare` in Mesos' `src/linux/fs.cpp` mounts into an image. */
function ownRoot(sandbox: string, seenAt: string): OciMount[] {
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
    { destination: "/sys", type: "bind", source: "/sys", options: ["rbind", "ro", "rslave", ...hidden] },
    {
      destination: "/tmp",
      type: "tmpfs",
      source: "tmpfs",
      options: ["nosuid", "nodev", "mode=1777"],
    },
    // After everything it could lie in.
    { destination: seenAt, type: "bind", source: sandbox, options: ["rbind", "rslave"] },
  ];
}

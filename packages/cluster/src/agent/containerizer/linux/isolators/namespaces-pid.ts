// namespaces/pid: a container sees its own processes and no others.
// Follows `src/slave/containerizer/mesos/isolators/namespaces/pid.cpp`.
import type { Isolator } from "../isolator.ts";

/** `disallowSharing`: `--disallow_sharing_agent_pid_namespace`. */
export function pidNamespaceIsolator({ disallowSharing }: { disallowSharing: boolean }): Isolator {
  return {
    name: "namespaces/pid",
    prepare({ config, spec, parent, rootfs }) {
      if (config.container?.linux_info?.share_pid_namespace === true) {
        if (!parent && disallowSharing) {
          throw new Error("Sharing agent pid namespace with top-level container is not allowed");
        }
        if (parent?.pid === undefined) return;
        spec.linux.namespaces.push({ type: "pid", path: `/proc/${parent.pid}/ns/pid` });
      } else spec.linux.namespaces.push({ type: "pid" });
      if (rootfs !== undefined) return;
      const options = ["nosuid", "noexec", "nodev"];
      spec.mounts.push({ destination: "/proc", type: "proc", source: "proc", options });
    },
  };
}

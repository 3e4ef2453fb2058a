// namespaces/ipc: a container has its own System V IPC, POSIX queues and shared memory.
// Follows `src/slave/containerizer/mesos/isolators/namespaces/ipc.cpp`.
import type { Isolator } from "../isolator.ts";

export interface IpcOptions {
  /** `--disallow_sharing_agent_ipc_namespace`. */
  disallowSharing: boolean;
  /** `--default_container_shm_size`, bytes. */
  shmSizeBytes: number | undefined;
}

const MEGABYTE = 1024 * 1024;

export function ipcNamespaceIsolator({ disallowSharing, shmSizeBytes }: IpcOptions): Isolator {
  return {
    name: "namespaces/ipc",
    prepare({ config, spec, parent, rootfs }) {
      const { ipc_mode: mode, shm_size: ownSize } = config.container?.linux_info ?? {};
      if (mode === "SHARE_PARENT" || (mode === undefined && parent !== undefined)) {
        if (ownSize !== undefined) throw new Error("Shared memory size cannot be set for a shared IPC mode");
        if (!parent && disallowSharing) {
          throw new Error("Sharing agent IPC namespace with top-level container is not allowed");
        }
        if (parent?.pid === undefined) return;
        spec.linux.namespaces.push({ type: "ipc", path: `/proc/${parent.pid}/ns/ipc` });
        return;
      }
      const size = ownSize === undefined ? shmSizeBytes : ownSize * MEGABYTE;
      spec.linux.namespaces.push({ type: "ipc" });
      // One that says nothing about it and has no file system of its own sees the machine's /dev/shm, as it always did.
      if (rootfs === undefined && mode === undefined && size === undefined) return;
      if (rootfs !== undefined) spec.mounts = spec.mounts.filter((one) => one.destination !== "/dev/shm");
      const options = ["nosuid", "nodev", "mode=1777", ...(size === undefined ? [] : [`size=${size}`])];
      spec.mounts.push({ destination: "/dev/shm", type: "tmpfs", source: "shm", options });
    },
  };
}

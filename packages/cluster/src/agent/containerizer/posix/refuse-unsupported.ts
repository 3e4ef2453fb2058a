// Names what plain processes cannot give, before anything is started.
import type { ContainerConfig } from "../containerizer.ts";

/** Throws in the words of `src/slave/containerizer/mesos/isolators/filesystem/posix.cpp`. */
export function refuseUnsupported({ container }: ContainerConfig): void {
  if (!container) return;
  if (container.type === "DOCKER") {
    throw new Error("Cannot launch a container of type DOCKER: the posix launcher runs plain processes");
  }
  if (container.mesos?.image) throw new Error("Container root filesystems not supported");
  if (container.volumes?.length) throw new Error("Volumes in ContainerInfo is not supported");
  if (container.network_infos?.some((network) => network.name !== undefined)) {
    throw new Error("Cannot join a named network: the posix launcher runs plain processes");
  }
}

// Containers and their volumes. Follows src/common/validation.cpp.
import type { ContainerInfo, Volume, VolumeSource } from "../messages.gen.ts";
import { firstError, prefixed } from "./prefixed.ts";

function validateSource(source: VolumeSource): string | undefined {
  switch (source.type) {
    case "DOCKER_VOLUME":
      if (source.docker_volume !== undefined) return undefined;
      return "'source.docker_volume' is not set for DOCKER_VOLUME volume";
    case "HOST_PATH":
      return source.host_path === undefined
        ? "'source.host_path' is not set for HOST_PATH volume"
        : undefined;
    case "SANDBOX_PATH":
      if (source.sandbox_path !== undefined) return undefined;
      return "'source.sandbox_path' is not set for SANDBOX_PATH volume";
    case "SECRET":
      return source.secret === undefined ? "'source.secret' is not set for SECRET volume" : undefined;
    case "CSI_VOLUME":
      if (source.csi_volume === undefined) return "'source.csi_volume' is not set for CSI volume";
      if (source.csi_volume.static_provisioning !== undefined) return undefined;
      return "'source.csi_volume.static_provisioning' is not set for CSI volume";
    default:
      return "'source.type' is unknown";
  }
}

/** Checks one volume: exactly one origin, and that it is complete. */
export function validateVolume(volume: Volume): string | undefined {
  const origins = [volume.host_path, volume.image, volume.source].filter((origin) => origin !== undefined);
  if (origins.length !== 1) return "Only one of them should be set: 'host_path', 'image' and 'source'";
  return volume.source === undefined ? undefined : validateSource(volume.source);
}

/** Checks a container. */
export function validateContainerInfo(container: ContainerInfo): string | undefined {
  const error = prefixed("Invalid volume: ", firstError(container.volumes, validateVolume));
  if (error !== undefined || container.type !== "DOCKER") return error;
  if (container.docker === undefined) return "DockerInfo 'docker' is not set for DOCKER typed ContainerInfo";
  // The containerizer names containers itself, to know them again.
  const isNamed = (container.docker.parameters ?? []).some(({ key }) => key === "name");
  return isNamed ? "Parameter in DockerInfo must not be 'name'" : undefined;
}

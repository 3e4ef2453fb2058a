// Names what no isolator of this agent gives, before anything is started: nothing that is asked for is ignored.
import type { ContainerInfo, Volume } from "@mezzo/wire";
import type { Isolator } from "./isolator.ts";

/** Throws with what would help. */
export function refuseUnsupported(
  container: ContainerInfo | undefined,
  isolators: readonly Pick<Isolator, "name">[],
): void {
  if (!container) return;
  const has = (name: string): boolean => isolators.some((isolator) => isolator.name === name);
  if (container.type === "DOCKER") {
    throw new Error("Cannot launch a container of type DOCKER: it needs --containerizers=docker");
  }
  for (const volume of container.volumes ?? []) {
    const name = isolatorOf(volume);
    if (has(name)) continue;
    throw new Error(
      `Cannot give the container the volume '${volume.container_path}': it needs '${name}' in --isolation`,
    );
  }
}

function isolatorOf({ source, image }: Volume): string {
  if (image) return "volume/image";
  switch (source?.type) {
    case "SANDBOX_PATH":
      return "volume/sandbox_path";
    case "SECRET":
      return "volume/secret";
    case "DOCKER_VOLUME":
      return "docker/volume";
    case "CSI_VOLUME":
      return "volume/csi";
    default:
      return "volume/host_path";
  }
}

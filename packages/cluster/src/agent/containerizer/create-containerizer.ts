// The containerizers of `--containerizers`, as one.
import { join } from "node:path";
import type { ContainerInfo } from "@mezzo/wire";
import type { Clock } from "../../core/clock.ts";
import type { Logger } from "../../core/logger.ts";
import { ImageStore } from "../images/image-store.ts";
import type { AgentOptions } from "../options.ts";
import { type ComposedContainerizer, ComposingContainerizer } from "./composing-containerizer.ts";
import type { Containerizer } from "./containerizer.ts";
import { DockerCommand } from "./docker/docker-command.ts";
import { DockerContainerizer } from "./docker/docker-containerizer.ts";
import { Engine } from "./docker/engine.ts";
import { createLinuxContainerizer } from "./linux/create-linux-containerizer.ts";
import { PosixContainerizer } from "./posix/posix-containerizer.ts";

interface Dependencies {
  clock: Clock;
  logger: Logger;
}

/** That of Mesos itself, with the launcher that the options name. */
function createMesos(options: AgentOptions, dependencies: Dependencies): Containerizer {
  if (options.launcher !== "linux") {
    return new PosixContainerizer({ runtimeDir: options.runtimeDir }, dependencies);
  }
  if (options.imageProviders === undefined) return createLinuxContainerizer(options, dependencies);
  const provisioner = new ImageStore(
    {
      directory: options.dockerStoreDir,
      registry: options.dockerRegistry,
      backend: options.imageProvisionerBackend,
      stallTimeoutMs: options.fetcherStallTimeout,
      ...(options.dockerConfig !== undefined && { dockerConfig: options.dockerConfig }),
      ...(options.imageGc && { gc: options.imageGc }),
    },
    dependencies,
  );
  return createLinuxContainerizer(options, { ...dependencies, provisioner });
}

function createDocker(options: AgentOptions, dependencies: Dependencies): Containerizer {
  const { docker, dockerSocket: socket, dockerConfig: config, runtimeDir } = options;
  return new DockerContainerizer(
    {
      runtimeDir,
      workDir: options.workDir,
      sandboxDirectory: options.sandboxDirectory,
      enableCfsQuota: options.cgroupsEnableCfs,
      ...(options.containerDns && { dns: options.containerDns }),
      removeDelayMs: options.dockerRemoveDelay,
      stopTimeoutMs: options.dockerStopTimeout,
      killOrphans: options.dockerKillOrphans,
    },
    {
      ...dependencies,
      engine: new Engine(socket),
      command: new DockerCommand(docker, { socket, config, folder: join(runtimeDir, "docker") }),
    },
  );
}

const isDocker = (container: ContainerInfo | undefined): boolean => container?.type === "DOCKER";

/** The one that is asked for; several stand behind one that hands each container to the first that takes it. */
export function createContainerizer(options: AgentOptions, dependencies: Dependencies): Containerizer {
  const parts = options.containerizers.split(",").map((name): ComposedContainerizer => {
    const containerizer =
      name === "docker" ? createDocker(options, dependencies) : createMesos(options, dependencies);
    return { name, containerizer, takes: name === "docker" ? isDocker : (one) => !isDocker(one) };
  });
  const [only] = parts;
  if (parts.length === 1 && only?.name === "mesos") return only.containerizer;
  return new ComposingContainerizer(parts);
}

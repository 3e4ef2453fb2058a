// Puts an agent together from its parts on this machine.
import { createLinuxContainerizer } from "../agent/containerizer/linux/create-linux-containerizer.ts";
import { PosixContainerizer } from "../agent/containerizer/posix/posix-containerizer.ts";
import { UriFetcher } from "../agent/fetcher/uri-fetcher.ts";
import { ImageStore } from "../agent/images/image-store.ts";
import type { AgentOptions } from "../agent/options.ts";
import { AgentProcess, type AgentDependencies } from "../agent/run.ts";
import type { Clock } from "../core/clock.ts";
import type { Logger } from "../core/logger.ts";
import { systemRandom } from "../core/random.ts";

/** An agent that has not started. Parts that are not given are those of this machine. */
export function createAgentProcess(
  options: AgentOptions,
  given: Partial<AgentDependencies> & { clock: Clock; logger: Logger },
): AgentProcess {
  const provisioner =
    options.launcher === "linux" && options.imageProviders !== undefined
      ? new ImageStore(
          {
            directory: options.dockerStoreDir,
            registry: options.dockerRegistry,
            backend: options.imageProvisionerBackend,
            stallTimeoutMs: options.fetcherStallTimeout,
            ...(options.dockerConfig !== undefined && { dockerConfig: options.dockerConfig }),
          },
          given,
        )
      : undefined;
  return new AgentProcess(options, {
    random: systemRandom,
    containerizer:
      options.launcher === "linux"
        ? createLinuxContainerizer(options, { ...given, ...(provisioner && { provisioner }) })
        : new PosixContainerizer({ runtimeDir: options.runtimeDir }, given),
    fetcher: new UriFetcher(
      {
        frameworksHome: options.frameworksHome,
        stallTimeoutMs: options.fetcherStallTimeout,
        cache: { directory: options.fetcherCacheDir, maxBytes: options.fetcherCacheSize },
      },
      given,
    ),
    ...given,
  });
}

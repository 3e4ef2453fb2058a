// Puts an agent together from its parts on this machine.
import { createContainerizer } from "../agent/containerizer/create-containerizer.ts";
import { UriFetcher } from "../agent/fetcher/uri-fetcher.ts";
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
  return new AgentProcess(options, {
    random: systemRandom,
    containerizer: given.containerizer ?? createContainerizer(options, given),
    fetcher: new UriFetcher(
      {
        frameworksHome: options.frameworksHome,
        hadoopHome: options.hadoopHome,
        stallTimeoutMs: options.fetcherStallTimeout,
        cache: { directory: options.fetcherCacheDir, maxBytes: options.fetcherCacheSize },
      },
      given,
    ),
    ...given,
  });
}

// Fits one running container to what its tasks ask for: a `docker update` at a time, of several that wait only the last.
// When that fails Docker is asked whether the container runs: if it does, it was refused; if there is no answer, Docker is away.
import { totalmem } from "node:os";
import type { Logger } from "../../../core/logger.ts";
import type { ContainerAmounts } from "../containerizer.ts";
import { type LimitFigures, limitFigures } from "../limit-figures.ts";
import { updateArguments } from "./create-arguments.ts";
import type { DockerCommand } from "./docker-command.ts";
import type { InspectedContainer } from "./engine.ts";
import { limitsOfDocker } from "./limits-of-docker.ts";

export interface UpdatesOptions {
  /** The container's in Docker. */
  name: string;
  enableCfsQuota: boolean;
  /** Whether the agent gave it a quota of CPUs. */
  hasQuota: boolean;
  /** Aborted once it has ended. */
  signal: AbortSignal;
  /** Told what statistics are to say from now on. */
  updated: (figures: LimitFigures) => void;
}

export interface UpdatesDependencies {
  engine: {
    inspect: (
      name: string,
    ) => Promise<
      Pick<InspectedContainer, "HostConfig"> & { State: Pick<InspectedContainer["State"], "Running"> }
    >;
  };
  command: Pick<DockerCommand, "run">;
  logger: Logger;
}

export class Updates {
  readonly #options: UpdatesOptions;
  readonly #dependencies: UpdatesDependencies;
  #hasQuota: boolean;
  #wanted: ContainerAmounts | undefined;
  #work: Promise<void> | undefined;

  constructor(options: UpdatesOptions, dependencies: UpdatesDependencies) {
    this.#options = options;
    this.#dependencies = dependencies;
    this.#hasQuota = options.hasQuota;
  }

  /** Resolves when nothing waits any more; rejects when Docker refuses. While it is away the log says so, and the next one may do. */
  request(amounts: ContainerAmounts): Promise<void> {
    if (this.#options.signal.aborted) return Promise.resolve();
    this.#wanted = amounts;
    return (this.#work ??= this.#workOff());
  }

  async #workOff(): Promise<void> {
    const { signal } = this.#options;
    try {
      while (this.#wanted !== undefined && !signal.aborted) {
        const amounts = this.#wanted;
        this.#wanted = undefined;
        await this.#update(amounts).catch((error: unknown) => this.#failed(error));
      }
    } finally {
      this.#work = undefined;
    }
  }

  async #failed(error: unknown): Promise<void> {
    const { name, signal } = this.#options;
    const { engine, logger } = this.#dependencies;
    if (signal.aborted) return;
    const isRunning = await engine.inspect(name).then(
      ({ State }) => State.Running,
      () => false,
    );
    if (isRunning && !signal.aborted) throw error;
    logger.warn("Cannot update a container", { name, reason: String(error) });
  }

  async #update(amounts: ContainerAmounts): Promise<void> {
    const { name, enableCfsQuota, signal, updated } = this.#options;
    const { engine, command } = this.#dependencies;
    const inspected = await engine.inspect(name);
    const args = updateArguments(amounts, {
      enableCfsQuota,
      hasQuota: this.#hasQuota,
      has: inspected.HostConfig,
    });
    const isLimited = amounts.limits?.["cpus"] !== undefined;
    // Also by a command that fails half way.
    this.#hasQuota ||= isLimited;
    await command.run(["update", ...args, name], signal);
    this.#hasQuota = isLimited;
    const { mem_limit_bytes: before } = limitsOfDocker(inspected);
    const { mem_limit_bytes: now = 0, ...figures } = limitFigures(amounts, { enableCfs: enableCfsQuota });
    updated({ ...figures, mem_limit_bytes: Math.max(before ?? totalmem(), now) });
  }
}

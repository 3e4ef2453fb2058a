// Launches and ends containers for the steps: sandbox, fetch, launch, and what is given up in between.
import type { Containerizer, Termination } from "../containerizer/containerizer.ts";
import type { LaunchContainerEffect } from "../effects.ts";
import type { AgentInput } from "../inputs.ts";
import { createSandbox } from "../sandbox/create-sandbox.ts";
import { containerRuntimePath } from "../sandbox/paths.ts";
import type { Fetcher } from "./fetch.ts";

/** Whose container it is. */
export interface ContainerOwner {
  frameworkId: string;
  executorId: string;
}

export interface ContainerRunnerDependencies {
  containerizer: Containerizer;
  fetcher: Fetcher;
  /** Takes what happens to containers. */
  report: (input: AgentInput) => void;
}

/** What a launch that was given up says; nobody waits for its words any more. */
const GIVEN_UP = "Container is being destroyed during launch";

export class ContainerRunner {
  readonly #runtimeDir: string;
  readonly #dependencies: ContainerRunnerDependencies;
  readonly #owners = new Map<string, ContainerOwner>();
  /** Not handed to the containerizer yet. */
  readonly #preparing = new Set<string>();
  /** Destroyed before or while the containerizer launched them. */
  readonly #givenUp = new Set<string>();

  constructor(runtimeDir: string, dependencies: ContainerRunnerDependencies) {
    this.#runtimeDir = runtimeDir;
    this.#dependencies = dependencies;
    dependencies.containerizer.onExit((termination) => this.#ended(termination));
  }

  /** Adopts the containers of an earlier agent process; those that are gone are reported as ended. */
  async recover(containers: (ContainerOwner & { containerId: string })[]): Promise<void> {
    for (const { containerId, ...owner } of containers) this.#owners.set(containerId, owner);
    await this.#dependencies.containerizer.recover(
      containers.map(({ containerId }) => ({ containerId, runtimeDir: this.#runtimeDirOf(containerId) })),
    );
  }

  /** Starts a launch; its outcome is reported. */
  launch(effect: LaunchContainerEffect): void {
    const { frameworkId, executorId, containerId } = effect;
    this.#owners.set(containerId, { frameworkId, executorId });
    this.#preparing.add(containerId);
    this.#start(effect)
      .then((pid) => {
        this.#dependencies.report({ type: "containerLaunched", frameworkId, executorId, containerId, pid });
        if (this.#givenUp.delete(containerId)) this.destroy(containerId);
      })
      .catch((error: unknown) => {
        this.#owners.delete(containerId);
        this.#givenUp.delete(containerId);
        this.#dependencies.report({
          type: "containerLaunchFailed",
          frameworkId,
          executorId,
          containerId,
          reason: "REASON_CONTAINER_LAUNCH_FAILED",
          message: error instanceof Error ? error.message : String(error),
        });
      });
  }

  signal(containerId: string, signal: NodeJS.Signals): void {
    void this.#dependencies.containerizer.kill(containerId, signal);
  }

  /** Kills everything in the container; one that is still being prepared is never started. */
  destroy(containerId: string): void {
    if (this.#preparing.has(containerId)) {
      this.#givenUp.add(containerId);
      this.#dependencies.fetcher.cancel(containerId);
      return;
    }
    void this.#dependencies.containerizer.destroy(containerId);
  }

  async #start(effect: LaunchContainerEffect): Promise<number> {
    const { containerId, sandbox, user, uris } = effect;
    const { containerizer, fetcher } = this.#dependencies;
    const owner = user === undefined ? {} : { user };
    try {
      await createSandbox(sandbox, owner);
      this.#checkWanted(containerId);
      if (uris.length > 0) await fetcher.fetch({ containerId, sandbox, uris, ...owner });
      this.#checkWanted(containerId);
      const { pid } = await containerizer.launch({
        containerId,
        command: effect.command,
        environment: effect.environment,
        sandbox,
        runtimeDir: this.#runtimeDirOf(containerId),
        ...owner,
        resources: effect.resources,
        ...(effect.container && { container: effect.container }),
        survivesAgent: effect.survivesAgent,
      });
      return pid;
    } finally {
      this.#preparing.delete(containerId);
    }
  }

  #checkWanted(containerId: string): void {
    if (this.#givenUp.has(containerId)) throw new Error(GIVEN_UP);
  }

  #ended(termination: Termination): void {
    const owner = this.#owners.get(termination.containerId);
    if (owner === undefined) return;
    this.#owners.delete(termination.containerId);
    this.#dependencies.report({ type: "containerExited", ...owner, termination });
  }

  #runtimeDirOf(containerId: string): string {
    return containerRuntimePath(this.#runtimeDir, [containerId]);
  }
}

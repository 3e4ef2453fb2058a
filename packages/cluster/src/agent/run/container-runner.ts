// Launches and ends containers for the steps: sandbox, fetch, launch, and what is given up in between.
import { closeSync } from "node:fs";
import type { ContainerInfo } from "@mezzo/wire";
import type {
  ContainerAmounts,
  Containerizer,
  RecoveredContainer,
  Termination,
} from "../containerizer/containerizer.ts";
import { LauncherError } from "../containerizer/launcher-error.ts";
import { openOutput } from "../containerizer/open-output.ts";
import type { ProbeResult } from "../checks/probe.ts";
import type { LaunchContainerEffect, PrepareSandboxEffect, RunProbeEffect } from "../effects.ts";
import type { AgentInput, ContainerLaunched } from "../inputs.ts";
import { VolumeOwners } from "../operations/volume-owners.ts";
import { createSandbox } from "../sandbox/create-sandbox.ts";
import { containerRuntimePath } from "../sandbox/paths.ts";
import { assertResolvable } from "../sandbox/resolve-secrets.ts";
import { switchUser } from "../sandbox/switch-user.ts";
import { createNestedSandbox } from "./create-nested-sandbox.ts";
import type { Terminals } from "../launched/terminals.ts";
import type { Fetcher } from "./fetch.ts";
import { linkVolumes } from "./link-volumes.ts";

/** Whose container it is. */
export interface ContainerOwner {
  frameworkId: string;
  executorId: string;
}

/** A container that an executor has. */
export interface OwnedContainer extends ContainerOwner {
  containerId: string;
  /** As it was launched with. */
  container?: ContainerInfo;
}

/** What a container has too much of. */
export type Limitation = Pick<Termination, "reason" | "message" | "limited">;

export interface ContainerRunnerDependencies {
  containerizer: Containerizer;
  fetcher: Fetcher;
  /** Takes the terminals of containers that have one. */
  terminals: Pick<Terminals, "open">;
  /** Tries a check; undefined when that takes too long. */
  tryOnce: (effect: RunProbeEffect, patienceMs: number) => Promise<ProbeResult | undefined>;
  /** Takes what happens to containers. */
  report: (input: AgentInput) => void;
}

/** What a check has before its task starts: the task does not wait for one that hangs. */
const FIRST_PROBE_MS = 100;

/** What a launch that was given up says; nobody waits for its words any more. */
const GIVEN_UP = "Container is being destroyed during launch";

/** What a launch is reported with. */
type Launched = Pick<ContainerLaunched, "pid" | "networkInfos" | "report" | "tried">;

/** The executor's sandbox could not be made. */
class SandboxError extends Error {}

export class ContainerRunner {
  readonly #directories: { runtimeDir: string; workDir: string };
  readonly #dependencies: ContainerRunnerDependencies;
  readonly #owners = new Map<string, ContainerOwner>();
  /** Of volumes that are linked. */
  readonly #volumeOwners = new VolumeOwners();
  /** Not handed to the containerizer yet. */
  readonly #preparing = new Set<string>();
  /** Why the agent ends them; at most one each. */
  readonly #limitations = new Map<string, Limitation>();
  /** Destroyed before or while the containerizer launched them. */
  readonly #givenUp = new Set<string>();

  constructor(
    directories: { runtimeDir: string; workDir: string },
    dependencies: ContainerRunnerDependencies,
  ) {
    this.#directories = directories;
    this.#dependencies = dependencies;
    dependencies.containerizer.onExit((termination) => this.#ended(termination));
  }

  /**
   * Adopts the containers of an earlier agent process; those that are gone are reported as ended. `others` run on too
   * and are somebody else's to look after.
   */
  async recover(containers: OwnedContainer[], others: RecoveredContainer[]): Promise<void> {
    for (const { containerId, frameworkId, executorId } of containers) {
      this.#owners.set(containerId, { frameworkId, executorId });
    }
    const own = containers.map(({ containerId, container }) => ({
      containerId,
      runtimeDir: this.#runtimeDirOf(containerId),
      ...(container && { container }),
    }));
    const { containerizer, report } = this.#dependencies;
    for (const containerId of await containerizer.recover([...own, ...others])) {
      const owner = this.#owners.get(containerId);
      const networkInfos = containerizer.networksOf?.(containerId) ?? [];
      if (owner && networkInfos.length > 0)
        report({ type: "containerNetworks", ...owner, containerId, networkInfos });
      const terminal = owner && containerizer.reopenTerminal?.(containerId);
      if (terminal) this.#dependencies.terminals.open(containerId, terminal);
    }
  }

  /** Starts a launch; its outcome is reported. */
  launch(effect: LaunchContainerEffect): void {
    this.#owners.set(effect.containerId, { frameworkId: effect.frameworkId, executorId: effect.executorId });
    this.#begin(effect, this.#launch(effect));
  }

  /** Makes a sandbox that has no process of its own; its outcome is reported as a launch's. */
  prepare(effect: PrepareSandboxEffect): void {
    this.#begin(effect, this.#prepare(effect));
  }

  #begin(
    { frameworkId, executorId, containerId }: ContainerOwner & { containerId: string },
    outcome: Promise<Launched>,
  ): void {
    this.#preparing.add(containerId);
    outcome
      .finally(() => this.#preparing.delete(containerId))
      .then((launched) => {
        this.#dependencies.report({
          type: "containerLaunched",
          frameworkId,
          executorId,
          containerId,
          ...launched,
        });
        if (this.#givenUp.delete(containerId)) this.destroy(containerId);
      })
      .catch((error: unknown) => {
        this.#owners.delete(containerId);
        this.#givenUp.delete(containerId);
        this.#limitations.delete(containerId);
        this.#volumeOwners.release(containerId);
        this.#dependencies.report({
          type: "containerLaunchFailed",
          frameworkId,
          executorId,
          containerId,
          reason:
            error instanceof LauncherError ? "REASON_EXECUTOR_TERMINATED" : "REASON_CONTAINER_LAUNCH_FAILED",
          message: error instanceof Error ? error.message : String(error),
          ...(error instanceof SandboxError && { withoutSandbox: true }),
        });
      });
  }

  /** Fits a running container to other amounts; a refusal is reported, unless the container is being ended. */
  update(of: ContainerOwner & { containerId: string; amounts: ContainerAmounts }): void {
    const { containerizer, report } = this.#dependencies;
    const { frameworkId, executorId, containerId, amounts } = of;
    containerizer.update?.(containerId, amounts).catch((error: unknown) => {
      if (this.#limitations.has(containerId)) return;
      const message = error instanceof Error ? error.message : String(error);
      report({ type: "containerUpdateFailed", frameworkId, executorId, containerId, message });
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
      this.#dependencies.containerizer.cancel?.(containerId);
      return;
    }
    void this.#dependencies.containerizer.destroy(containerId);
  }

  /** Ends a container that has too much of something; its termination says so, unless it ends by itself first. */
  limit(containerId: string, limitation: Limitation): void {
    if (!this.#owners.has(containerId) || this.#limitations.has(containerId)) return;
    this.#limitations.set(containerId, limitation);
    this.destroy(containerId);
  }

  /** Why a container is being ended, if it had too much of something that the agent watches. */
  limitationOf(containerId: string): Limitation | undefined {
    return this.#limitations.get(containerId);
  }

  async #launch(effect: LaunchContainerEffect): Promise<Launched> {
    const { containerId, sandbox, nested, user } = effect;
    assertResolvable(effect.command);
    const owner = user === undefined ? {} : { user };
    const mounts = this.#dependencies.containerizer.mountsVolumes?.(effect.container) ?? false;
    const container = nested
      ? await createNestedSandbox(effect, { ...nested, mounts })
      : await this.#createSandbox(effect).then(() => effect.container);
    const { workDir } = this.#directories;
    if (!mounts) await linkVolumes(effect, { workDir, owners: this.#volumeOwners });
    await this.#fetch(effect);
    const tried = await this.#tryFirst(effect);
    const { pid, streams, networkInfos, report } = await this.#dependencies.containerizer.launch({
      containerId,
      command: effect.command,
      environment: effect.environment,
      sandbox,
      runtimeDir: this.#runtimeDirOf(containerId),
      ...owner,
      resources: effect.resources,
      ...(effect.limits && { limits: effect.limits }),
      ...(nested && { parent: nested.parentContainerId, parentSandbox: nested.parentSandbox }),
      ...(nested?.parentContainer && { parentContainer: nested.parentContainer }),
      ...(nested && { around: nested.around }),
      ...(container && { container }),
      survivesAgent: effect.survivesAgent,
      ...(effect.isTask === true && { isTask: true }),
    });
    if (streams) this.#dependencies.terminals.open(containerId, streams);
    return {
      pid,
      ...(tried.length > 0 && { tried }),
      ...(networkInfos && { networkInfos }),
      ...(report && { report }),
    };
  }

  async #tryFirst(effect: LaunchContainerEffect): Promise<NonNullable<Launched["tried"]>> {
    const { firstProbes = [], container } = effect;
    if (this.#dependencies.containerizer.sharesNamespaces?.(container) !== true) return [];
    const tried = firstProbes.map(async (probe) => {
      const result = await this.#dependencies.tryOnce(probe, FIRST_PROBE_MS);
      return result === undefined ? [] : [{ kind: probe.kind, result }];
    });
    return (await Promise.all(tried)).flat();
  }

  async #prepare(effect: PrepareSandboxEffect): Promise<object> {
    const { sandbox, user } = effect;
    await this.#createSandbox(effect);
    const identity = await switchUser(user);
    // Frameworks and UIs expect them in every sandbox.
    for (const name of ["stdout", "stderr"]) closeSync(openOutput(sandbox, { name, identity }));
    await this.#fetch(effect);
    return {};
  }

  async #createSandbox({ sandbox, user }: { sandbox: string; user?: string }): Promise<void> {
    try {
      await createSandbox(sandbox, user === undefined ? {} : { user });
    } catch (error) {
      throw new SandboxError(error instanceof Error ? error.message : String(error), { cause: error });
    }
  }

  async #fetch({
    containerId,
    sandbox,
    user,
    uris,
  }: PrepareSandboxEffect | LaunchContainerEffect): Promise<void> {
    this.#checkWanted(containerId);
    if (uris.length === 0) return;
    const owner = user === undefined ? {} : { user };
    await this.#dependencies.fetcher.fetch({ containerId, sandbox, uris, ...owner });
    this.#checkWanted(containerId);
  }

  #checkWanted(containerId: string): void {
    if (this.#givenUp.has(containerId)) throw new Error(GIVEN_UP);
  }

  #ended(termination: Termination): void {
    this.#volumeOwners.release(termination.containerId);
    const owner = this.#owners.get(termination.containerId);
    if (owner === undefined) return;
    this.#owners.delete(termination.containerId);
    const limitation = this.#limitations.get(termination.containerId);
    this.#limitations.delete(termination.containerId);
    this.#dependencies.report({
      type: "containerExited",
      ...owner,
      termination: { ...limitation, ...termination },
    });
  }

  #runtimeDirOf(containerId: string): string {
    return containerRuntimePath(this.#directories.runtimeDir, [containerId]);
  }
}

// Several ways to run containers: each container goes to the first that takes it (`src/slave/containerizer/composing.cpp`).
import type { ContainerInfo, NetworkInfo, ResourceStatistics } from "@mezzo/wire";
import type { ContainerStreams } from "./container-streams.ts";
import type {
  ContainerAmounts,
  ContainerConfig,
  Containerizer,
  Counts,
  InsideCommand,
  LaunchedProcess,
  RecoveredContainer,
  Termination,
} from "./containerizer.ts";

/** One of them. */
export interface ComposedContainerizer {
  /** As in `--containerizers`. */
  readonly name: string;
  readonly containerizer: Containerizer;
  takes(container: ContainerInfo | undefined): boolean;
}

export class ComposingContainerizer implements Containerizer {
  readonly #parts: readonly ComposedContainerizer[];
  /** Which one has a container. */
  readonly #owners = new Map<string, Containerizer>();

  constructor(parts: readonly ComposedContainerizer[]) {
    this.#parts = parts;
  }

  async launch(config: ContainerConfig): Promise<LaunchedProcess> {
    const { containerId, parent, container } = config;
    const above = parent === undefined ? undefined : this.#owners.get(parent);
    const chosen = above ?? this.#parts.find((part) => part.takes(container))?.containerizer;
    if (chosen === undefined) {
      const names = this.#parts.map(({ name }) => name).join(", ");
      throw new Error(
        `None of the enabled containerizers (${names}) could create a container for the provided TaskInfo/ExecutorInfo message`,
      );
    }
    this.#owners.set(containerId, chosen);
    try {
      return await chosen.launch(config);
    } catch (error) {
      this.#owners.delete(containerId);
      throw error;
    }
  }

  mountsVolumes(container: ContainerInfo | undefined): boolean {
    const found = this.#parts.find((part) => part.takes(container));
    return found?.containerizer.mountsVolumes?.(container) ?? false;
  }

  sharesNamespaces(container: ContainerInfo | undefined): boolean {
    const found = this.#parts.find((part) => part.takes(container));
    return found?.containerizer.sharesNamespaces?.(container) ?? false;
  }

  /** One without a process is not known here: it is in whichever has those in it. */
  async update(containerId: string, amounts: ContainerAmounts): Promise<void> {
    const owner = this.#owners.get(containerId);
    const asked = owner === undefined ? this.#parts.map(({ containerizer }) => containerizer) : [owner];
    await Promise.all(asked.map(async (containerizer) => containerizer.update?.(containerId, amounts)));
  }

  cancel(containerId: string): void {
    this.#owners.get(containerId)?.cancel?.(containerId);
  }

  kill(containerId: string, signal: NodeJS.Signals): Promise<boolean> {
    return this.#owners.get(containerId)?.kill(containerId, signal) ?? Promise.resolve(false);
  }

  async destroy(containerId: string): Promise<void> {
    await this.#owners.get(containerId)?.destroy(containerId);
  }

  /** A container goes back to the one that takes its kind. */
  async recover(containers: RecoveredContainer[]): Promise<string[]> {
    const adopted: string[] = [];
    for (const part of this.#parts) {
      const { containerizer } = part;
      const own = containers.filter(({ container }) => part.takes(container));
      for (const { containerId } of own) this.#owners.set(containerId, containerizer);
      adopted.push(...(await containerizer.recover(own)));
    }
    return adopted;
  }

  leaderOf(containerId: string): number | undefined {
    return this.#owners.get(containerId)?.leaderOf?.(containerId);
  }

  processesOf(containerId: string): number[] {
    return this.#owners.get(containerId)?.processesOf?.(containerId) ?? [];
  }

  networksOf(containerId: string): NetworkInfo[] {
    return this.#owners.get(containerId)?.networksOf?.(containerId) ?? [];
  }

  networkNamespaceOf(containerId: string): string | undefined {
    return this.#owners.get(containerId)?.networkNamespaceOf?.(containerId);
  }

  reopenTerminal(containerId: string): ContainerStreams | undefined {
    return this.#owners.get(containerId)?.reopenTerminal?.(containerId);
  }

  runInside(containerId: string, command: InsideCommand): Promise<number> | undefined {
    return this.#owners.get(containerId)?.runInside?.(containerId, command);
  }

  async pruneImages(keptNames: readonly string[]): Promise<void> {
    for (const { containerizer } of this.#parts) await containerizer.pruneImages?.(keptNames);
  }

  /** Those of all of them; the same key of several is their sum. */
  counts(): Counts {
    const sums = new Map<string, number>();
    for (const { containerizer } of this.#parts) {
      for (const [name, value] of containerizer.counts?.() ?? [])
        sums.set(name, (sums.get(name) ?? 0) + value);
    }
    return [...sums];
  }

  usage(containerId: string): Promise<ResourceStatistics | undefined> {
    return this.#owners.get(containerId)?.usage(containerId) ?? Promise.resolve(undefined);
  }

  onExit(listener: (termination: Termination) => void): void {
    for (const { containerizer } of this.#parts) {
      containerizer.onExit((termination) => {
        this.#owners.delete(termination.containerId);
        listener(termination);
      });
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.#parts.map(({ containerizer }) => containerizer.close()));
  }
}

// Containers started over the agent's API: inside those of executors, or on their own ("standalone"). They are no tasks:
// the master does not hear of them, nothing is accounted, and the pure steps do not know them.
import type { CommandInfo, ContainerID, ContainerInfo, Resource } from "@mezzo/wire";
import type { Clock } from "../../core/clock.ts";
import { describeSystemError } from "../../core/describe-system-error.ts";
import type { Logger } from "../../core/logger.ts";
import type { Containerizer, RecoveredContainer, Termination } from "../containerizer/containerizer.ts";
import type { Limitation } from "../run/container-runner.ts";
import type { Fetcher } from "../run/fetch.ts";
import { containerRuntimePath } from "../sandbox/paths.ts";
import type { AgentState } from "../state.ts";
import { containerName, fileNameOf, rootOf } from "./container-name.ts";
import { ContainerStore } from "./container-store.ts";
import { executorOf, findKnownContainer } from "./known-container.ts";
import { endOf, type ContainerEnd, type LaunchedContainer } from "./launched-container.ts";
import { placeContainer, type ContainerPlace } from "./place-container.ts";
import { prepareLaunched, SandboxError } from "./prepare-launched.ts";
import { openSwitchboard } from "./open-switchboard.ts";
import { removeSandbox } from "./remove-sandbox.ts";
import { RememberedEnds } from "./remembered-ends.ts";

/** What is to be started. */
export interface LaunchRequest {
  id: ContainerID;
  command: CommandInfo;
  container?: ContainerInfo | undefined;
  resources?: Resource[] | undefined;
  /** Above what it requests: scalars by resource name, Infinity for none. */
  limits?: Record<string, number>;
  /** Ends with the connection that carries its output. */
  session?: boolean;
}

/** What came of it: `already` when there is such a container. */
export type LaunchOutcome =
  | { kind: "launched"; launched: LaunchedContainer }
  | { kind: "already" }
  | { kind: "refused"; status: 400 | 500; words: string };

export interface LaunchedContainersOptions {
  runtimeDir: string;
  httpHeartbeatInterval: number;
}

export interface LaunchedContainersDependencies {
  containerizer: Containerizer;
  fetcher: Fetcher;
  clock: Clock;
  logger: Logger;
  /** Never asked before the agent has recovered its state. */
  state: () => AgentState;
  /** Why the agent ends a container that it started itself. */
  limitationOf?: (containerId: string) => Limitation | undefined;
  /** Told of the sandbox of a container that begins, and of a nested one that ended. */
  sandboxes?: { used: (path: string) => void; left: (path: string) => void };
}

export class LaunchedContainers {
  readonly #options: LaunchedContainersOptions;
  readonly #dependencies: LaunchedContainersDependencies;
  readonly #store: ContainerStore;
  readonly #launched = new Map<string, LaunchedContainer>();
  readonly #ends: RememberedEnds;
  /** Who waits for containers that the agent itself started. */
  readonly #waiters = new Map<string, PromiseWithResolvers<ContainerEnd>>();

  constructor(options: LaunchedContainersOptions, dependencies: LaunchedContainersDependencies) {
    this.#options = options;
    this.#dependencies = dependencies;
    this.#store = new ContainerStore(options.runtimeDir);
    this.#ends = new RememberedEnds(this.#store);
    dependencies.containerizer.onExit((termination) => this.#exited(termination));
  }

  /** Takes up what an earlier agent process left; the containerizer is to be told of the containers that may run on. */
  recover(): RecoveredContainer[] {
    const running: RecoveredContainer[] = [];
    for (const { record, end } of this.#store.load()) {
      const name = containerName(record.id);
      const over = end ?? (record.tied ? {} : undefined);
      if (record.id.parent !== undefined && !this.#exists(record.id.parent)) this.#store.remove(name);
      else if (over) this.#remember(record.id, over);
      else {
        const ended = Promise.withResolvers<ContainerEnd>();
        this.#launched.set(name, { record, name, phase: "RUNNING", started: true, ended });
        running.push({ containerId: name, runtimeDir: this.#runtimeDirOf(name) });
      }
    }
    return running;
  }

  /** Every one that is not over. */
  list(): LaunchedContainer[] {
    return [...this.#launched.values()];
  }

  find(id: ContainerID): LaunchedContainer | undefined {
    return this.#launched.get(containerName(id));
  }

  /** Answers when the container runs. Follows `Http::_launchContainer`. */
  async launch(request: LaunchRequest): Promise<LaunchOutcome> {
    const { id, command, container, session = false, resources = [] } = request;
    const { containerizer, state } = this.#dependencies;
    if (this.find(id) || findKnownContainer(state(), id)) return { kind: "already" };
    if (container && container.type !== "MESOS") {
      return { kind: "refused", status: 400, words: "The provided ContainerInfo is not supported" };
    }
    let place: ContainerPlace;
    try {
      place = placeContainer(
        { id, command, session },
        { state: state(), containerizer, launched: this.#launched },
      );
    } catch (error) {
      return { kind: "refused", status: 400, words: describeSystemError(error) };
    }
    const { sandbox, user, environment } = place;
    const attached = session || container?.tty_info !== undefined;
    const launched: LaunchedContainer = {
      record: {
        id,
        sandbox,
        ...(user !== undefined && { user }),
        environment,
        resources,
        ...(request.limits && { limits: request.limits }),
        ...(container?.linux_info?.share_cgroups === false && { apart: true }),
        tied: place.tied || attached,
      },
      name: containerName(id),
      phase: "STARTING",
      started: false,
      ended: Promise.withResolvers<ContainerEnd>(),
    };
    this.#ends.forget(containerName(rootOf(id)), launched.name);
    this.#launched.set(launched.name, launched);
    this.#dependencies.sandboxes?.used(sandbox);
    return this.#start(launched, { request, place, attached });
  }

  async #start(
    launched: LaunchedContainer,
    { request, place, attached }: { request: LaunchRequest; place: ContainerPlace; attached: boolean },
  ): Promise<LaunchOutcome> {
    const { name, record } = launched;
    const { containerizer, fetcher, clock } = this.#dependencies;
    try {
      this.#store.save(name, record);
      const container = await prepareLaunched(launched, {
        request,
        place,
        fetcher,
        mounts: containerizer.mountsVolumes?.(request.container) ?? false,
      });
      const { pid, streams } = await containerizer.launch({
        containerId: name,
        command: request.command,
        environment: record.environment,
        sandbox: record.sandbox,
        ...(place.workingDirectory !== undefined && { workingDirectory: place.workingDirectory }),
        runtimeDir: this.#runtimeDirOf(name),
        ...(place.parent !== undefined && { parent: place.parent }),
        ...(place.parentSandbox !== undefined && { parentSandbox: place.parentSandbox }),
        ...(place.parentContainer && { parentContainer: place.parentContainer }),
        ...(place.around && { around: place.around }),
        ...(request.session === true && { session: true }),
        ...(record.user !== undefined && { user: record.user }),
        resources: record.resources,
        ...(record.limits && { limits: record.limits }),
        ...(container && { container }),
        survivesAgent: !record.tied,
        attached,
      });
      launched.pid = pid;
      launched.started = true;
      if (streams) {
        const heartbeatIntervalMs = this.#options.httpHeartbeatInterval;
        launched.switchboard = openSwitchboard(record.sandbox, { streams, heartbeatIntervalMs, clock });
      }
      if (launched.phase === "STARTING") launched.phase = "RUNNING";
      else void containerizer.destroy(name);
      return { kind: "launched", launched };
    } catch (error) {
      launched.phase = "DESTROYING";
      await this.#endChildren(launched);
      this.#finish(launched, {});
      return {
        kind: "refused",
        status: error instanceof SandboxError && record.id.parent === undefined ? 500 : 400,
        words: describeSystemError(error),
      };
    }
  }

  /** Resolves with how it ended, once it has; undefined when there is and was no such container. */
  async wait(id: ContainerID): Promise<ContainerEnd | undefined> {
    const launched = this.find(id);
    if (launched) return launched.ended.promise;
    const known = findKnownContainer(this.#dependencies.state(), id);
    if (!known) return this.#ends.find(containerName(rootOf(id)), containerName(id));
    const waiter = this.#waiters.get(known.containerId) ?? Promise.withResolvers<ContainerEnd>();
    this.#waiters.set(known.containerId, waiter);
    return waiter.promise;
  }

  /** Sends a signal; one that does not run yet is never started. False when there is no such container. */
  async kill(id: ContainerID, signal: NodeJS.Signals): Promise<boolean> {
    const { containerizer, state } = this.#dependencies;
    const launched = this.find(id);
    if (launched?.started === false) {
      this.destroy(launched);
      return true;
    }
    if (launched) return containerizer.kill(launched.name, signal);
    const known = findKnownContainer(state(), id);
    if (!known) return false;
    const { group } = known.executor;
    if (!group || known.isMember) return containerizer.kill(known.containerId, signal);
    // The built-in default executor has no process: its tasks' are all there is.
    for (const member of group.runs.keys()) await containerizer.kill(member, signal);
    return true;
  }

  /** Forgets a container that is over, its sandbox included. Returns the refusal, if any. */
  async remove(id: ContainerID): Promise<string | undefined> {
    const nested = id.parent !== undefined;
    if (this.#exists(id)) return `${nested ? "Nested container" : "Container"} has not terminated yet`;
    if (nested && !this.#exists(rootOf(id))) return "Unknown root container";
    this.#ends.forget(containerName(rootOf(id)), containerName(id));
    return removeSandbox(id, { state: this.#dependencies.state() });
  }

  /** Ends a container: first what is inside it, then everything in it. */
  destroy(launched: LaunchedContainer): void {
    if (launched.phase === "DESTROYING") return;
    launched.phase = "DESTROYING";
    const { containerizer, fetcher } = this.#dependencies;
    void this.#endChildren(launched).then(() => {
      if (launched.started) void containerizer.destroy(launched.name);
      else fetcher.cancel(launched.name);
    });
  }

  /** Ends what lost the container around it; called when an executor or a task is over. */
  sweep(): void {
    for (const launched of this.#launched.values()) {
      const { parent } = launched.record.id;
      if (parent !== undefined && !this.#exists(parent)) this.destroy(launched);
    }
    this.#ends.forgetUnless((root) => this.#exists({ value: root }));
    for (const [containerId, waiter] of this.#waiters) {
      // Of a default executor, whose container has no process that could end.
      const gone = executorOf(this.#dependencies.state(), containerId) === undefined;
      if (gone && !this.#isMember(containerId)) this.#resolve(containerId, waiter, { exit_status: 0 });
    }
  }

  /** Ends what cannot outlive this process, and forgets the rest: the next agent finds it. */
  close(): void {
    for (const { switchboard, name } of this.#launched.values()) {
      if (!switchboard) continue;
      void this.#dependencies.containerizer.destroy(name);
      switchboard.streams.close();
    }
    this.#launched.clear();
  }

  #isMember(containerId: string): boolean {
    return [...this.#dependencies.state().frameworks.values()].some(({ executors }) =>
      [...executors.values()].some(({ group }) => group?.runs.has(containerId)),
    );
  }

  #resolve(containerId: string, waiter: PromiseWithResolvers<ContainerEnd>, end: ContainerEnd): void {
    this.#waiters.delete(containerId);
    waiter.resolve(end);
  }

  #exists(id: ContainerID): boolean {
    return (
      this.#launched.has(containerName(id)) ||
      findKnownContainer(this.#dependencies.state(), id) !== undefined
    );
  }

  #exited(termination: Termination): void {
    const waiter = this.#waiters.get(termination.containerId);
    if (waiter) {
      const limitation = this.#dependencies.limitationOf?.(termination.containerId);
      this.#resolve(termination.containerId, waiter, endOf({ ...limitation, ...termination }));
    }
    const launched = this.#launched.get(termination.containerId);
    if (!launched) return;
    launched.phase = "DESTROYING";
    void this.#endChildren(launched).then(() => this.#finish(launched, endOf(termination)));
  }

  async #endChildren({ name }: LaunchedContainer): Promise<void> {
    const children = this.list().filter(
      ({ record }) => record.id.parent !== undefined && containerName(record.id.parent) === name,
    );
    for (const child of children) this.destroy(child);
    await Promise.all(children.map(({ ended }) => ended.promise));
  }

  #finish(launched: LaunchedContainer, end: ContainerEnd): void {
    if (this.#launched.get(launched.name) !== launched) return;
    this.#launched.delete(launched.name);
    this.#remember(launched.record.id, end);
    const { id, sandbox } = launched.record;
    if (id.parent !== undefined) this.#dependencies.sandboxes?.left(sandbox);
    launched.ended.resolve(end);
    this.#dependencies.logger.info("A container started over the API ended", {
      container: launched.name,
      ...end,
    });
  }

  /** How a nested container ended can be asked until its root ends; of a standalone one nothing remains. */
  #remember(id: ContainerID, end: ContainerEnd): void {
    const name = containerName(id);
    const root = rootOf(id);
    if (id.parent !== undefined && this.#exists(root)) {
      return this.#ends.add(containerName(root), { name, end });
    }
    this.#store.remove(name);
    this.#ends.forgetUnless((root) => root !== name);
  }

  #runtimeDirOf(name: string): string {
    return containerRuntimePath(this.#options.runtimeDir, [fileNameOf(name)]);
  }
}

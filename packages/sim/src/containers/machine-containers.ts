// All containers of one machine. The agent's process starts and ends them; they and their exit statuses outlive it.
import type { Termination } from "../../../cluster/src/agent/containerizer/containerizer.ts";
import type { LaunchContainerEffect, PrepareSandboxEffect } from "../../../cluster/src/agent/effects.ts";
import type { AgentInput } from "../../../cluster/src/agent/inputs.ts";
import type { SeededRandom } from "../time/seeded-random.ts";
import type { SimClock } from "../time/sim-clock.ts";
import { EXECUTOR_COMMAND, parseCommand } from "./command-plan.ts";
import { CommandProgram } from "./command-program.ts";
import type { Container, ContainerProgram } from "./container.ts";
import { ExecutorProgram, type ExecutorGateway } from "./executor-program.ts";

const SIGKILL = 9;

/** Bounds of how long it takes to start a container, and to kill one, milliseconds. */
const LAUNCH_MS = [2, 300] as const;
const KILL_MS = [1, 200] as const;

/** How a launch ends that was given up. */
const GIVEN_UP = {
  reason: "REASON_CONTAINER_LAUNCH_FAILED",
  message: "Container is being destroyed during launch",
} as const;

export interface ContainersDependencies {
  clock: SimClock;
  random: SeededRandom;
  /** Takes what happens to containers; without an agent's process it goes nowhere. */
  report: (input: AgentInput) => void;
  /** How executors reach the agent of this machine. */
  gateway: ExecutorGateway;
  /** How often an executor crashes in its life. */
  executorCrashes: number;
}

/** The containers by id; those that ended are kept, as their status files are. */
export class MachineContainers {
  readonly all = new Map<string, Container>();
  readonly #dependencies: ContainersDependencies;
  /** Those whose end the present agent process waits for. */
  readonly #watched = new Set<string>();
  /** Sandboxes that are being made for executors without a process. */
  readonly #sandboxes = new Map<string, { givenUp: boolean }>();
  #lastPid = 1000;

  constructor(dependencies: ContainersDependencies) {
    this.#dependencies = dependencies;
  }

  /** Performs a `launchContainer` effect; the outcome is reported. */
  launch(effect: LaunchContainerEffect): void {
    const { clock, random } = this.#dependencies;
    const container: Container = {
      launch: effect,
      phase: "preparing",
      pid: 0,
      program: undefined,
      givenUp: false,
      dying: false,
    };
    this.all.set(effect.containerId, container);
    this.#watched.add(effect.containerId);
    clock.after(random.between(...LAUNCH_MS), () => this.#launched(container));
  }

  /** Performs a `prepareSandbox` effect: there is no process, but it takes a while and can be given up. */
  prepare({ frameworkId, executorId, containerId }: PrepareSandboxEffect): void {
    const { clock, random, report } = this.#dependencies;
    const of = { frameworkId, executorId, containerId };
    this.#sandboxes.set(containerId, { givenUp: false });
    clock.after(random.between(...LAUNCH_MS), () => {
      const sandbox = this.#sandboxes.get(containerId);
      if (sandbox === undefined) return;
      this.#sandboxes.delete(containerId);
      if (!sandbox.givenUp) report({ type: "containerLaunched", ...of });
      else report({ type: "containerLaunchFailed", ...of, ...GIVEN_UP });
    });
  }

  signal(containerId: string, signal: NodeJS.Signals): void {
    const container = this.all.get(containerId);
    if (container?.phase !== "running") return;
    if (signal === "SIGKILL") this.#kill(container);
    else container.program?.signal(signal);
  }

  /** Kills everything in the container; one that is being prepared is never started. */
  destroy(containerId: string): void {
    const sandbox = this.#sandboxes.get(containerId);
    if (sandbox !== undefined) sandbox.givenUp = true;
    const container = this.all.get(containerId);
    if (container?.phase === "preparing") container.givenUp = true;
    else if (container?.phase === "running") this.#kill(container);
  }

  /** The agent's process died. What must not survive it dies too; what was being started is started, or is not. */
  agentDied(): void {
    this.#watched.clear();
    this.#sandboxes.clear();
    for (const container of this.all.values()) {
      if (container.phase === "preparing") {
        const starts =
          container.launch.survivesAgent && !container.givenUp && this.#dependencies.random.chance(0.5);
        if (starts) this.#run(container);
        else this.#end(container, undefined);
      } else if (container.phase === "running" && !container.launch.survivesAgent) {
        this.#end(container, { signal: SIGKILL });
      }
    }
  }

  /** The machine stops: nothing survives, and no exit status either. */
  machineStopped(): void {
    this.agentDied();
    for (const container of this.all.values()) {
      if (container.phase === "running") this.#end(container, undefined);
    }
    this.all.clear();
  }

  /** Adopts what a new agent process names, reports what ended meanwhile, kills the rest. */
  recover(containers: readonly { containerId: string; frameworkId: string; executorId: string }[]): void {
    const { clock } = this.#dependencies;
    for (const { containerId, frameworkId, executorId } of containers) {
      const container = this.all.get(containerId);
      if (container?.phase === "running") {
        this.#watched.add(containerId);
        continue;
      }
      const termination = container?.termination ?? unseen(containerId);
      clock.after(0, () =>
        this.#reportIfAlive({ type: "containerExited", frameworkId, executorId, termination }),
      );
    }
    const named = new Set(containers.map(({ containerId }) => containerId));
    for (const [containerId, container] of this.all) {
      if (!named.has(containerId) && container.phase === "running") this.#kill(container);
    }
  }

  /** Reports to the process that waits now; a later one learns it from `recover`. */
  #reportIfAlive(input: AgentInput): void {
    this.#dependencies.report(input);
  }

  #launched(container: Container): void {
    if (container.phase !== "preparing") return;
    const { frameworkId, executorId, containerId, command } = container.launch;
    const broken = command.value !== EXECUTOR_COMMAND && parseCommand(command.value ?? "").broken;
    if (container.givenUp || broken) {
      container.phase = "ended";
      this.#watched.delete(containerId);
      this.all.delete(containerId);
      this.#dependencies.report({
        type: "containerLaunchFailed",
        frameworkId,
        executorId,
        containerId,
        ...GIVEN_UP,
        ...(broken && { message: "No such file or directory" }),
      });
      return;
    }
    this.#run(container);
    const { pid } = container;
    this.#dependencies.report({ type: "containerLaunched", frameworkId, executorId, containerId, pid });
  }

  #run(container: Container): void {
    container.phase = "running";
    container.pid = ++this.#lastPid;
    container.program = this.#programOf(container);
    container.program.start();
  }

  #programOf(container: Container): ContainerProgram {
    const { clock, random, gateway, executorCrashes } = this.#dependencies;
    const ended = (how: { exitCode: number } | { signal: number }): void => this.#end(container, how);
    const text = container.launch.command.value ?? "";
    if (text !== EXECUTOR_COMMAND) return new CommandProgram(parseCommand(text), { clock, random, ended });
    return new ExecutorProgram(container.launch, {
      clock,
      random: random.fork(container.launch.containerId),
      gateway,
      ended,
      crashes: executorCrashes,
    });
  }

  #kill(container: Container): void {
    if (container.dying) return;
    container.dying = true;
    const { clock, random } = this.#dependencies;
    clock.after(random.between(...KILL_MS), () => this.#end(container, { signal: SIGKILL }));
  }

  #end(container: Container, how: { exitCode: number } | { signal: number } | undefined): void {
    if (container.phase === "ended") return;
    container.phase = "ended";
    container.program?.stop();
    const { containerId, frameworkId, executorId } = container.launch;
    const termination = how === undefined ? unseen(containerId) : { containerId, ...how };
    container.termination = termination;
    if (!this.#watched.delete(containerId)) return;
    this.#dependencies.report({ type: "containerExited", frameworkId, executorId, termination });
  }
}

function unseen(containerId: string): Termination {
  return { containerId, message: "The exit status of the container could not be observed" };
}

// A custom executor on the v1 executor API: keeps updates until they are acknowledged, comes back to a restarted agent.
import type { ExecutorCall, ExecutorCallUpdate, ExecutorEvent, TaskInfo, TaskStatus } from "@mezzo/wire";
import type { LaunchContainerEffect } from "../../../cluster/src/agent/effects.ts";
import type { Timer } from "../../../cluster/src/core/clock.ts";
import { uuidToBase64 } from "../../../cluster/src/core/random.ts";
import type { SeededRandom } from "../time/seeded-random.ts";
import type { SimClock } from "../time/sim-clock.ts";
import type { ContainerProgram } from "./container.ts";

/** An executor's subscription, as its agent holds it. */
export interface ExecutorSubscriber {
  event(event: ExecutorEvent): void;
  closed(): void;
}

/** The agent's `/api/v1/executor`, from inside the machine. False: no agent listens, or it refused. */
export interface ExecutorGateway {
  subscribe(call: ExecutorCall, subscriber: ExecutorSubscriber): boolean;
  call(call: ExecutorCall): boolean;
  /** The subscriber's end of the connection closes. */
  unsubscribe(subscriber: ExecutorSubscriber, of: { frameworkId: string; executorId: string }): void;
}

export interface ExecutorDependencies {
  clock: SimClock;
  random: SeededRandom;
  gateway: ExecutorGateway;
  ended: (how: { exitCode: number }) => void;
  /** The probability that it crashes some time. */
  crashes: number;
}

/** Between two attempts to reach a restarted agent, milliseconds: it waits two seconds for its executors. */
const RETRY_MS = [100, 700] as const;

/** A refused update is sent again after this time, milliseconds. */
const RESEND_MS = 1000;

/** An executor without an agent gives up then, milliseconds: Mesos' `--recovery_timeout`. */
const GIVE_UP_MS = 15 * 60_000;

/** Data of a task says how long it runs and how it ends: `1500 TASK_FINISHED`. */
export function formatTaskPlan(durationMs: number, state: "TASK_FINISHED" | "TASK_FAILED"): string {
  return Buffer.from(`${durationMs} ${state}`).toString("base64");
}

function parseTaskPlan(data: string | undefined): { durationMs: number; state: TaskStatus["state"] } {
  const [duration, state] = Buffer.from(data ?? "", "base64")
    .toString()
    .split(" ");
  return { durationMs: Number(duration), state: state === "TASK_FAILED" ? "TASK_FAILED" : "TASK_FINISHED" };
}

/** One executor process. */
export class ExecutorProgram implements ContainerProgram, ExecutorSubscriber {
  readonly #launch: LaunchContainerEffect;
  readonly #dependencies: ExecutorDependencies;
  /** Running tasks with the timers that end them. */
  readonly #tasks = new Map<string, Timer>();
  /** Tasks of which no update was acknowledged yet. */
  readonly #unacknowledgedTasks = new Map<string, TaskInfo>();
  /** By uuid, in order. */
  readonly #unacknowledgedUpdates = new Map<string, ExecutorCallUpdate>();
  readonly #timers = new Set<Timer>();
  #connected = false;
  #ending = false;
  #disconnectedAtMs = 0;
  #retry: Timer | undefined;

  constructor(launch: LaunchContainerEffect, dependencies: ExecutorDependencies) {
    this.#launch = launch;
    this.#dependencies = dependencies;
  }

  start(): void {
    const { clock, random, crashes, ended } = this.#dependencies;
    this.#disconnectedAtMs = clock.elapsedMs;
    this.#subscribeSoon();
    if (random.chance(crashes)) this.#after(random.exponential(10_000), () => ended({ exitCode: 1 }));
  }

  signal(signal: NodeJS.Signals): void {
    if (signal === "SIGTERM") this.#dependencies.ended({ exitCode: 143 });
  }

  stop(): void {
    this.#ending = true;
    this.#connected = false;
    this.#retry?.cancel();
    for (const timer of this.#timers) timer.cancel();
    this.#dependencies.gateway.unsubscribe(this, this.#launch);
  }

  event(event: ExecutorEvent): void {
    if (this.#ending) return;
    switch (event.type) {
      case "LAUNCH":
        if (event.launch !== undefined) this.#run(event.launch.task);
        return;
      case "LAUNCH_GROUP":
        for (const task of event.launch_group?.task_group.tasks ?? []) this.#run(task);
        return;
      case "KILL":
        if (event.kill !== undefined) this.#finish(event.kill.task_id.value, "TASK_KILLED");
        return;
      case "ACKNOWLEDGED":
        if (event.acknowledged !== undefined) {
          this.#unacknowledgedUpdates.delete(event.acknowledged.uuid);
          this.#unacknowledgedTasks.delete(event.acknowledged.task_id.value);
        }
        return;
      case "SHUTDOWN":
        this.#shutDown();
    }
  }

  closed(): void {
    if (this.#ending) return;
    this.#connected = false;
    this.#disconnectedAtMs = this.#dependencies.clock.elapsedMs;
    this.#subscribeSoon();
  }

  #subscribeSoon(): void {
    const { clock, random } = this.#dependencies;
    this.#retry?.cancel();
    this.#retry = clock.after(random.between(...RETRY_MS), () => this.#subscribe());
  }

  #subscribe(): void {
    if (this.#ending || this.#connected) return;
    const { clock, gateway, ended } = this.#dependencies;
    this.#connected = gateway.subscribe(
      {
        ...this.#ids(),
        type: "SUBSCRIBE",
        subscribe: {
          unacknowledged_tasks: [...this.#unacknowledgedTasks.values()],
          unacknowledged_updates: [...this.#unacknowledgedUpdates.values()],
        },
      },
      this,
    );
    if (this.#connected) return;
    if (clock.elapsedMs - this.#disconnectedAtMs > GIVE_UP_MS) ended({ exitCode: 1 });
    else this.#subscribeSoon();
  }

  #run(task: TaskInfo): void {
    const id = task.task_id.value;
    const { durationMs, state } = parseTaskPlan(task.data);
    this.#unacknowledgedTasks.set(id, task);
    this.#update(id, "TASK_RUNNING");
    this.#tasks.set(
      id,
      this.#after(durationMs, () => this.#finish(id, state)),
    );
  }

  #finish(id: string, state: TaskStatus["state"]): void {
    const timer = this.#tasks.get(id);
    if (timer === undefined) return;
    timer.cancel();
    this.#tasks.delete(id);
    this.#update(id, state);
  }

  #update(id: string, state: TaskStatus["state"]): void {
    const { clock, random } = this.#dependencies;
    const uuid = uuidToBase64(random.uuid());
    const update: ExecutorCallUpdate = {
      status: {
        task_id: { value: id },
        executor_id: { value: this.#launch.executorId },
        state,
        source: "SOURCE_EXECUTOR",
        timestamp: clock.now() / 1000,
        uuid,
      },
    };
    this.#unacknowledgedUpdates.set(uuid, update);
    this.#send(update);
  }

  /** An agent that still recovers refuses updates: once more after a pause. */
  #send(update: ExecutorCallUpdate): void {
    if (!this.#connected || !this.#unacknowledgedUpdates.has(update.status.uuid ?? "")) return;
    if (this.#dependencies.gateway.call({ ...this.#ids(), type: "UPDATE", update })) return;
    this.#after(RESEND_MS, () => this.#send(update));
  }

  #shutDown(): void {
    const { random, ended } = this.#dependencies;
    for (const id of [...this.#tasks.keys()]) this.#finish(id, "TASK_KILLED");
    // Some need longer than their grace period.
    const delayMs = random.chance(0.9) ? random.between(10, 1000) : random.between(1000, 20_000);
    this.#after(delayMs, () => ended({ exitCode: 0 }));
  }

  #ids(): Pick<ExecutorCall, "executor_id" | "framework_id"> {
    const { executorId, frameworkId } = this.#launch;
    return { executor_id: { value: executorId }, framework_id: { value: frameworkId } };
  }

  #after(delayMs: number, run: () => void): Timer {
    const timer = this.#dependencies.clock.after(delayMs, () => {
      this.#timers.delete(timer);
      run();
    });
    this.#timers.add(timer);
    return timer;
  }
}

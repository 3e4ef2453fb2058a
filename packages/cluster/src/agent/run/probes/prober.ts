// Carries out checks of tasks: commands in their containers, HTTP requests and TCP connections to the
// machine itself or, where a container has a network of its own, within that.
import type { Containerizer } from "../../containerizer/containerizer.ts";
import type { Clock, Timer } from "../../../core/clock.ts";
import { formatDuration } from "../../../core/duration.ts";
import type { ProbeResult } from "../../checks/probe.ts";
import type { RunProbeEffect } from "../../effects.ts";
import type { AgentInput } from "../../inputs.ts";
import { probeCommand } from "./probe-command.ts";
import { probeHttp } from "./probe-http.ts";
import { probeTcp } from "./probe-tcp.ts";

/** Tries that are under way, by container; those of a container that ends are given up. */
export class Prober {
  readonly #clock: Clock;
  readonly #report: (input: AgentInput) => void;
  readonly #running = new Map<string, Set<AbortController>>();

  readonly #containerizer: Containerizer;

  constructor({
    clock,
    containerizer,
    report,
  }: {
    clock: Clock;
    containerizer: Containerizer;
    report: (input: AgentInput) => void;
  }) {
    this.#clock = clock;
    this.#containerizer = containerizer;
    this.#report = report;
  }

  /** Tries once; reports the result unless it is cancelled first. */
  run(effect: RunProbeEffect): void {
    const { kind, frameworkId, executorId, containerId, timeoutMs } = effect;
    const controller = new AbortController();
    const running = this.#running.get(containerId) ?? new Set();
    this.#running.set(containerId, running.add(controller));
    let timer: Timer | undefined;
    const result = Promise.withResolvers<ProbeResult>();
    if (timeoutMs !== undefined) {
      timer = this.#clock.after(timeoutMs, () => {
        result.resolve({ error: `Command timed out after ${formatDuration(timeoutMs)}` });
        controller.abort();
      });
    }
    this.#attempt(effect, controller.signal).then(result.resolve, (error: unknown) =>
      result.resolve({ error: error instanceof Error ? error.message : String(error) }),
    );
    void result.promise.then((outcome) => {
      timer?.cancel();
      if (!running.delete(controller)) return;
      if (running.size === 0) this.#running.delete(containerId);
      this.#report({ type: "probeCompleted", kind, frameworkId, executorId, containerId, result: outcome });
    });
  }

  /** Tries once and reports nothing; undefined when that takes too long. */
  async tryOnce(effect: RunProbeEffect, patienceMs: number): Promise<ProbeResult | undefined> {
    const controller = new AbortController();
    const timer = this.#clock.after(patienceMs, () => controller.abort());
    try {
      const result = await this.#attempt(effect, controller.signal);
      return controller.signal.aborted ? undefined : result;
    } catch {
      return undefined;
    } finally {
      timer.cancel();
    }
  }

  #attempt(effect: RunProbeEffect, signal: AbortSignal): Promise<ProbeResult> {
    const { target, containerId, sandbox, environment, user } = effect;
    switch (target.type) {
      case "COMMAND":
        return probeCommand(
          { sandbox, environment, ...(user !== undefined && { user }), command: target.command },
          { signal, containerizer: this.#containerizer, containerId },
        );
      case "HTTP":
        return probeHttp(target, {
          signal,
          namespace: this.#containerizer.networkNamespaceOf?.(containerId),
        });
      case "TCP":
        return probeTcp(target, { signal, namespace: this.#containerizer.networkNamespaceOf?.(containerId) });
    }
  }

  cancel(containerId: string): void {
    const running = this.#running.get(containerId);
    this.#running.delete(containerId);
    for (const controller of running ?? []) {
      running?.delete(controller);
      controller.abort();
    }
  }

  close(): void {
    for (const containerId of this.#running.keys()) this.cancel(containerId);
  }
}

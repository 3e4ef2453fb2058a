// The master's machine: one master at a time, the registry outlives it.
import type { MasterOptions } from "../../../cluster/src/master/options.ts";
import { MasterRun, type MasterRunDependencies } from "./master-run.ts";

/** Starts and crashes masters. */
export class MasterHost {
  readonly #options: MasterOptions;
  readonly #dependencies: MasterRunDependencies;
  /** Undefined while no master runs. */
  run: MasterRun | undefined;
  /** Masters started so far. */
  started = 0;

  constructor(options: MasterOptions, dependencies: MasterRunDependencies) {
    this.#options = options;
    this.#dependencies = dependencies;
  }

  start(): void {
    if (this.run !== undefined) return;
    this.#dependencies.trace.record("master", "starts");
    this.started += 1;
    this.run = new MasterRun(this.#options, this.#dependencies);
    this.run.start();
  }

  crash(): void {
    if (this.run === undefined) return;
    this.#dependencies.trace.record("master", "crashes");
    this.run.crash();
    this.run = undefined;
  }
}

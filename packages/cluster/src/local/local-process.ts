// One child process of a local cluster: a master or an agent, started from the same sources as this one.
import { spawn, type ChildProcess } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Clock } from "../core/clock.ts";

const mainModule = join(import.meta.dirname, "../cli/main.ts");

/** As in `bin/mezzo`. */
const NODE_FLAGS = ["--disable-warning=ExperimentalWarning", "--max-semi-space-size=16"];

/** After this long without an end a process is killed. */
const STOP_PATIENCE_MS = 15_000;

/** Lines of the log that explain an unexpected end. */
const LOG_TAIL_LINES = 8;

export interface LocalProcessOptions {
  /** How it is called in messages: `agent 2`. */
  name: string;
  /** The command and its flags, as after `mezzo`. */
  command: readonly string[];
  /** Standard output and error are appended here. */
  logFile: string;
  /** How it is asked to end. */
  stopSignal: NodeJS.Signals;
}

export class LocalProcess {
  readonly name: string;
  readonly #child: ChildProcess;
  readonly #options: LocalProcessOptions;
  readonly #ended: Promise<void>;
  #running = true;

  constructor(options: LocalProcessOptions) {
    this.name = options.name;
    this.#options = options;
    const log = openSync(options.logFile, "a");
    // A group of its own: Ctrl-C reaches this process alone, which then ends the others in order.
    this.#child = spawn(process.execPath, [...NODE_FLAGS, mainModule, ...options.command], {
      detached: true,
      stdio: ["ignore", log, log],
    });
    closeSync(log);
    this.#ended = new Promise((resolve) => {
      const end = (): void => {
        this.#running = false;
        resolve();
      };
      this.#child.once("exit", end);
      this.#child.once("error", end);
    });
  }

  get running(): boolean {
    return this.#running;
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** Resolves when the process has ended. */
  get ended(): Promise<void> {
    return this.#ended;
  }

  /** The end of its log: why it does not run. */
  logTail(): string {
    try {
      return readFileSync(this.#options.logFile, "utf8")
        .trimEnd()
        .split("\n")
        .slice(-LOG_TAIL_LINES)
        .join("\n");
    } catch {
      return "";
    }
  }

  /** Asks the process to end, kills it when it does not, and resolves when it has. */
  async stop(clock: Clock): Promise<void> {
    if (!this.#running) return;
    this.#child.kill(this.#options.stopSignal);
    const timer = clock.after(STOP_PATIENCE_MS, () => this.kill());
    await this.#ended;
    timer.cancel();
  }

  /** Ends the process at once. */
  kill(): void {
    if (this.#running) this.#child.kill("SIGKILL");
  }
}

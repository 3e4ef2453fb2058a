// A process that a story starts: its output, its end, and how it is ended.
import { spawn, type ChildProcess } from "node:child_process";
import { until } from "./until.ts";

/** More than any process of a story prints; a runaway one is cut off. */
const MAX_OUTPUT_CHARACTERS = 4_000_000;

export interface ChildOptions {
  cwd?: string;
  /** Added to the environment of this process. */
  env?: Readonly<Record<string, string | undefined>>;
  input?: string;
  /** In a process group of its own, as a shell starts what is typed into a terminal. */
  group?: boolean;
}

export interface ChildEnd {
  code: number | null;
  signal: NodeJS.Signals | null;
}

export class Child {
  readonly #child: ChildProcess;
  readonly #command: string;
  readonly ended: Promise<ChildEnd>;
  #output = "";
  #errors = "";
  #end: ChildEnd | undefined;

  constructor(command: readonly string[], { cwd, env, input, group = false }: ChildOptions = {}) {
    const [program = "", ...args] = command;
    this.#command = command.join(" ");
    const stdio = [input === undefined ? "ignore" : "pipe", "pipe", "pipe"] as const;
    const place = cwd === undefined ? {} : { cwd };
    const environment = { ...process.env, ...env };
    this.#child = spawn(program, args, { ...place, env: environment, stdio: [...stdio], detached: group });
    this.#child.stdin?.end(input);
    this.#child.stdout?.on("data", (chunk: Buffer) => {
      if (this.#output.length < MAX_OUTPUT_CHARACTERS) this.#output += chunk.toString();
    });
    this.#child.stderr?.on("data", (chunk: Buffer) => {
      if (this.#errors.length < MAX_OUTPUT_CHARACTERS) this.#errors += chunk.toString();
    });
    this.ended = new Promise((resolve, reject) => {
      this.#child.once("error", reject);
      this.#child.once("close", (code, signal) => {
        this.#end = { code, signal };
        resolve(this.#end);
      });
    });
    this.ended.catch(() => undefined);
  }

  get pid(): number {
    const { pid } = this.#child;
    if (pid === undefined) throw new Error(`Cannot start ${this.#command}`);
    return pid;
  }

  get isRunning(): boolean {
    return this.#end === undefined;
  }

  /** Standard output so far. */
  get output(): string {
    return this.#output;
  }

  /** Standard error so far. */
  get errors(): string {
    return this.#errors;
  }

  /** Resolves with the match when either output matches; rejects when the process has ended without. */
  async sees(pattern: RegExp): Promise<RegExpExecArray> {
    return until(`${this.#command} prints ${pattern}`, () => {
      const match = pattern.exec(this.#output) ?? pattern.exec(this.#errors);
      if (match) return match;
      if (!this.isRunning) throw new Error(`it has ended; it printed ${this.#output}${this.#errors}`);
      return undefined;
    });
  }

  /** Sends a signal, resolves when the process has ended. */
  async stop(signal: NodeJS.Signals = "SIGTERM"): Promise<ChildEnd> {
    this.#child.kill(signal);
    return until(`${this.#command} ends after ${signal}`, () => this.#end);
  }

  /** Sends a signal to the process' group, as Ctrl-C does; resolves when the process has ended. */
  async stopGroup(signal: NodeJS.Signals): Promise<ChildEnd> {
    process.kill(-this.pid, signal);
    return until(`${this.#command} ends after ${signal}`, () => this.#end);
  }

  /** Sends a signal to this process alone and does not wait. */
  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }
}

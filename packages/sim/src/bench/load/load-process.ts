// The process that makes the load, seen from the one that measures: neither may slow the other down.
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { freePort } from "../machine/free-port.ts";
import type { LoadCommandName, LoadCommands, LoadReply } from "./commands.ts";

const MAIN = join(import.meta.dirname, "main.ts");

interface Waiting {
  // The answer is of the type that the request asks for.
  resolve: (answer: never) => void;
  reject: (error: Error) => void;
}

export class LoadProcess {
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, Waiting>();
  #lastNumber = 0;

  private constructor(child: ChildProcess) {
    this.#child = child;
    child.on("message", (reply: LoadReply) => {
      const waiting = this.#waiting.get(reply.number);
      this.#waiting.delete(reply.number);
      if (reply.error === undefined) waiting?.resolve(reply.answer as never);
      else waiting?.reject(new Error(reply.error));
    });
    child.on("exit", (code) => {
      for (const { reject } of this.#waiting.values())
        reject(new Error(`The load process ended with ${code}`));
    });
  }

  /** Starts one for the master at this port of loopback. */
  static async start(masterPort: number): Promise<LoadProcess> {
    const agentPort = await freePort();
    return new LoadProcess(
      fork(MAIN, [String(masterPort), String(agentPort)], { serialization: "advanced" }),
    );
  }

  /** Rejects when it cannot be done, or the process ends. */
  ask<N extends LoadCommandName>(name: N, ask: LoadCommands[N]["ask"]): Promise<LoadCommands[N]["answer"]> {
    return new Promise((resolve, reject) => {
      this.#lastNumber += 1;
      this.#waiting.set(this.#lastNumber, { resolve, reject });
      this.#child.send({ number: this.#lastNumber, name, ask });
    });
  }

  async end(): Promise<void> {
    if (this.#child.exitCode !== null) return;
    const ended = once(this.#child, "exit");
    this.#child.kill();
    await ended;
  }
}

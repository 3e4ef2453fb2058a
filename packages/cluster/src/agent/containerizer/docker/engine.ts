// The Docker daemon over its socket: the few calls of the Engine API that watching containers takes.
// @see https://docs.docker.com/reference/api/engine/
import { request, type IncomingMessage } from "node:http";
import { describeSystemError } from "../../../core/describe-system-error.ts";

/** The daemon said no. */
export class EngineError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** What `GET /containers/{id}/json` says that is looked at; the rest is passed on. */
export interface InspectedContainer {
  Id: string;
  Name: string;
  State: { Pid: number; Running: boolean; ExitCode: number; OOMKilled: boolean; FinishedAt: string };
  Config: { Labels?: Record<string, string>; Tty?: boolean; StopSignal?: string };
  /** `host`, `none`, `bridge`, the name of a network, or `container:` and whose it is in. */
  HostConfig: {
    NetworkMode: string;
    CpuShares?: number;
    CpuQuota?: number;
    Memory?: number;
    MemoryReservation?: number;
    /** Memory and swap together; -1 for no limit. */
    MemorySwap?: number;
  };
  NetworkSettings: {
    IPAddress?: string;
    GlobalIPv6Address?: string;
    Networks?: Record<string, { IPAddress?: string; GlobalIPv6Address?: string }>;
  };
}

/** `GET /containers/{id}/stats`. */
export interface EngineStatistics {
  cpu_stats?: {
    cpu_usage?: { usage_in_usermode?: number; usage_in_kernelmode?: number; total_usage?: number };
  };
  memory_stats?: { usage?: number; stats?: Record<string, number> };
  networks?: Record<string, Partial<Record<"rx_bytes" | "rx_packets" | "tx_bytes" | "tx_packets", number>>>;
  pids_stats?: { current?: number };
}

/** Answers of the daemon are short, but for what it streams. */
const MAX_ANSWER_BYTES = 16 * 1024 * 1024;

async function textOf(answer: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > MAX_ANSWER_BYTES) throw new Error("The Docker daemon's answer is too long");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

export class Engine {
  readonly #socket: string;

  constructor(socket: string) {
    this.#socket = socket;
  }

  /** Opens a request; rejects with an EngineError for anything but 2xx, with the system's words when nobody answers. */
  open(
    method: string,
    path: string,
    { body, signal }: { body?: unknown; signal?: AbortSignal } = {},
  ): Promise<IncomingMessage> {
    const text = body === undefined ? undefined : JSON.stringify(body);
    return new Promise((resolve, reject) => {
      const sent = request({
        socketPath: this.#socket,
        method,
        path,
        headers: { Host: "docker", ...(text !== undefined && { "Content-Type": "application/json" }) },
        ...(signal && { signal }),
      });
      sent.once("error", (error) => {
        reject(new Error(`Cannot reach the Docker daemon at ${this.#socket}: ${describeSystemError(error)}`));
      });
      sent.once("response", (answer) => {
        const status = answer.statusCode ?? 0;
        if (status >= 200 && status < 300) resolve(answer);
        else textOf(answer).then((words) => reject(new EngineError(status, messageIn(words))), reject);
      });
      sent.end(text);
    });
  }

  async #call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const text = await textOf(await this.open(method, path, { body }));
    return (text === "" ? undefined : JSON.parse(text)) as T;
  }

  version(): Promise<{ Version: string; ApiVersion: string }> {
    return this.#call("GET", "/version");
  }

  inspect(name: string): Promise<InspectedContainer> {
    return this.#call("GET", `/containers/${name}/json`);
  }

  /** Every container with the label, whether it runs or not. */
  list(label: string): Promise<{ Id: string; Names: string[]; Labels: Record<string, string> }[]> {
    const filters = encodeURIComponent(JSON.stringify({ label: [label] }));
    return this.#call("GET", `/containers/json?all=1&filters=${filters}`);
  }

  start(name: string): Promise<void> {
    return this.#call("POST", `/containers/${name}/start`);
  }

  /** Resolves when the container does not run, with its exit code. */
  wait(name: string, signal: AbortSignal): Promise<number> {
    return this.open("POST", `/containers/${name}/wait?condition=not-running`, { signal }).then(
      async (answer) => (JSON.parse(await textOf(answer)) as { StatusCode: number }).StatusCode,
    );
  }

  kill(name: string, signal: string): Promise<void> {
    return this.#call("POST", `/containers/${name}/kill?signal=${signal}`);
  }

  remove(name: string): Promise<void> {
    return this.#call("DELETE", `/containers/${name}?force=1&v=1`);
  }

  statistics(name: string): Promise<EngineStatistics> {
    return this.#call("GET", `/containers/${name}/stats?stream=false&one-shot=1`);
  }

  hasImage(name: string): Promise<boolean> {
    return this.#call("GET", `/images/${encodeURIComponent(name)}/json`).then(
      () => true,
      (error: unknown) => {
        if (error instanceof EngineError && error.status === 404) return false;
        throw error;
      },
    );
  }

  /** What the container writes and has written, in frames unless it has a terminal. */
  logs(name: string, signal: AbortSignal): Promise<IncomingMessage> {
    return this.open("GET", `/containers/${name}/logs?follow=1&stdout=1&stderr=1`, { signal });
  }

  /** What has happened and will until then, one JSON object a line; of the past, as much as the daemon remembers. */
  events(
    filters: Record<string, string[]>,
    { untilMs, signal }: { untilMs: number; signal: AbortSignal },
  ): Promise<IncomingMessage> {
    // Without a beginning there would be nothing of the past.
    const query = new URLSearchParams({
      since: "1",
      until: (untilMs / 1000).toFixed(3),
      filters: JSON.stringify(filters),
    });
    return this.open("GET", `/events?${query.toString()}`, { signal });
  }

  createExec(name: string, exec: { Cmd: string[]; Env: string[]; User?: string }): Promise<{ Id: string }> {
    return this.#call("POST", `/containers/${name}/exec`, {
      ...exec,
      AttachStdout: true,
      AttachStderr: true,
    });
  }

  /** Starts it; what it writes, in frames. */
  startExec(id: string, signal: AbortSignal): Promise<IncomingMessage> {
    return this.open("POST", `/exec/${id}/start`, { body: { Detach: false, Tty: false }, signal });
  }

  inspectExec(id: string): Promise<{ Running: boolean; ExitCode: number | null; Pid: number }> {
    return this.#call("GET", `/exec/${id}/json`);
  }
}

function messageIn(text: string): string {
  try {
    return (JSON.parse(text) as { message?: string }).message ?? text;
  } catch {
    return text;
  }
}

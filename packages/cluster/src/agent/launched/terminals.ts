// The terminals of executors and tasks, which others can be attached to.
import type { Clock } from "../../core/clock.ts";
import type { ContainerStreams } from "../containerizer/container-streams.ts";
import { Switchboard } from "./switchboard.ts";

export class Terminals {
  readonly #heartbeatIntervalMs: number;
  readonly #clock: Clock;
  readonly #switchboards = new Map<string, Switchboard>();

  constructor({ httpHeartbeatInterval }: { httpHeartbeatInterval: number }, { clock }: { clock: Clock }) {
    this.#heartbeatIntervalMs = httpHeartbeatInterval;
    this.#clock = clock;
  }

  /** Of a container that was started or adopted, by the name the containerizer knows it under; until its output ends. */
  open(containerId: string, streams: ContainerStreams): void {
    const heartbeatIntervalMs = this.#heartbeatIntervalMs;
    // Its sandbox gets a copy from whoever holds the terminal.
    const options = { streams, heartbeatIntervalMs, copies: {}, waits: false };
    const switchboard = new Switchboard(options, { clock: this.#clock });
    this.#switchboards.set(containerId, switchboard);
    void switchboard.finished.then(() => this.#switchboards.delete(containerId));
  }

  find(containerId: string): Switchboard | undefined {
    return this.#switchboards.get(containerId);
  }

  /** Lets go of them; the containers run on. */
  close(): void {
    for (const { streams } of this.#switchboards.values()) streams.close();
  }
}

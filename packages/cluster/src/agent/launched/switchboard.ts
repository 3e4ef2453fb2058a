// Connects clients of ATTACH_CONTAINER_INPUT and ATTACH_CONTAINER_OUTPUT with the streams of one container
// (`src/slave/containerizer/mesos/io/switchboard.cpp`).
import { closeSync, writeSync } from "node:fs";
import type { MediaType } from "@mezzo/wire";
import type { Clock, Timer } from "../../core/clock.ts";
import type { RecordStream } from "../../net/http/record-stream.ts";
import type { ContainerStreams, OutputName } from "../containerizer/container-streams.ts";
import { encodeOnce, OutputClient } from "./output-client.ts";
import { heartbeatRecord, outputRecord } from "./process-io.ts";

/** Between two looks whether a slow client has caught up: short beside what it takes to send so much. */
const CATCH_UP_MS = 10;

export interface SwitchboardOptions {
  streams: ContainerStreams;
  heartbeatIntervalMs: number;
  /** Descriptors of files in the sandbox that get a copy; closed at the end. */
  copies: Partial<Record<OutputName, number>>;
  /** Whether the container waits for clients that read slowly. Who only watches a task must not stop it. */
  waits: boolean;
}

/** The switchboard of one container. Output that nobody listens to goes to the sandbox alone. */
export class Switchboard {
  readonly streams: ContainerStreams;
  /** Resolves when the container's outputs have ended and everybody was told. */
  readonly finished: Promise<void>;
  readonly #options: SwitchboardOptions;
  readonly #clock: Clock;
  readonly #clients = new Set<OutputClient>();
  #heartbeat: Timer | undefined;
  #catchUp: Timer | undefined;
  #inputTaken = false;
  #ended = false;

  constructor(options: SwitchboardOptions, { clock }: { clock: Clock }) {
    this.#options = options;
    this.#clock = clock;
    this.streams = options.streams;
    this.streams.onOutput((name, data) => this.#output(name, data));
    const { promise, resolve } = Promise.withResolvers<void>();
    this.finished = promise;
    this.streams.onEnd(() => {
      this.#end();
      resolve();
    });
    this.#beatLater();
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** A new client of the outputs from now on. */
  attachOutput(mediaType: MediaType): RecordStream {
    const client = new OutputClient({ mediaType, waits: this.#options.waits });
    if (this.#ended) {
      client.end();
      return client.stream;
    }
    this.#clients.add(client);
    client.stream.onClose(() => this.#clients.delete(client));
    return client.stream;
  }

  /** False while somebody else is the input: there is one at a time. */
  takeInput(): boolean {
    if (this.#inputTaken) return false;
    this.#inputTaken = true;
    return true;
  }

  releaseInput(): void {
    this.#inputTaken = false;
  }

  #output(name: OutputName, data: Uint8Array): void {
    this.#copy(name, data);
    if (this.#clients.size === 0) return;
    const record = encodeOnce(outputRecord(name, data));
    for (const client of this.#clients) client.output(data, record);
    if (this.#catchUp !== undefined || !this.#isBehind()) return;
    if (this.#options.waits) this.streams.pause();
    this.#waitForClients();
  }

  #waitForClients(): void {
    this.#catchUp = this.#clock.after(CATCH_UP_MS, () => {
      for (const client of this.#clients) client.catchUp();
      if (this.#isBehind()) return this.#waitForClients();
      this.#catchUp = undefined;
      if (this.#options.waits) this.streams.resume();
    });
  }

  #isBehind(): boolean {
    return [...this.#clients].some((client) => client.isBehind);
  }

  #copy(name: OutputName, data: Uint8Array): void {
    const file = this.#options.copies[name];
    if (file === undefined) return;
    try {
      for (let written = 0; written < data.length;) written += writeSync(file, data, written);
    } catch {
      // A full disk takes the copy, not the session.
    }
  }

  #beatLater(): void {
    const { heartbeatIntervalMs } = this.#options;
    this.#heartbeat = this.#clock.after(heartbeatIntervalMs, () => {
      const record = encodeOnce(heartbeatRecord(heartbeatIntervalMs));
      for (const client of this.#clients) client.tell(record);
      this.#beatLater();
    });
  }

  #end(): void {
    this.#ended = true;
    this.#heartbeat?.cancel();
    this.#catchUp?.cancel();
    for (const client of this.#clients) client.end();
    this.#clients.clear();
    for (const file of Object.values(this.#options.copies)) closeSync(file);
  }
}

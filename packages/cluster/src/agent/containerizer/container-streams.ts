// The standard streams of a container that the agent itself holds, so that others can be attached to it.

/** Which of a container's outputs; a terminal has STDOUT alone. */
export type OutputName = "STDOUT" | "STDERR";

/** Size of a terminal in characters. */
export interface WindowSize {
  rows: number;
  columns: number;
}

/** Streams of one container. They end with the agent's process, and the container with them unless it is a task's terminal. */
export interface ContainerStreams {
  readonly terminal: boolean;
  /** What is shown is also written to the sandbox by whoever holds the terminal, who waits for no reader. */
  readonly copied?: true;
  /** Output as it comes; what came before is kept until there is a listener. */
  onOutput(listener: (name: OutputName, data: Uint8Array) => void): void;
  /** Calls back once when nothing more will come. */
  onEnd(listener: () => void): void;
  /** Stops reading until `resume`: the container then waits in its writes. */
  pause(): void;
  resume(): void;
  /** Resolves when the input is taken. Rejects when nobody reads it any more. */
  write(data: Uint8Array): Promise<void>;
  /** Ends the container's input. A terminal has no such end: an EOT character is sent instead by whoever types. */
  endInput(): void;
  /** Rejects in words when there is no terminal. */
  resize(size: WindowSize): Promise<void>;
  /** Lets go of everything; `onEnd` follows. What is tied to the agent ends: a terminal hangs up. */
  close(): void;
}

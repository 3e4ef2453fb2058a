// The agent's ends of pipes as the streams of a container.
import { Socket } from "node:net";
import type { ContainerStreams } from "../../container-streams.ts";
import { readOutputs } from "./read-outputs.ts";

/** Descriptors that do not block. */
export interface PipeEnds {
  inputEnd: number;
  outputEnd: number;
  /** Absent where both outputs are one. */
  errorsEnd?: number;
}

export function pipeStreams({ inputEnd, outputEnd, errorsEnd }: PipeEnds): ContainerStreams {
  const input = new Socket({ fd: inputEnd, readable: false, writable: true });
  // The container may end, or close its input, at any time: the writer is told by its callback.
  input.on("error", () => undefined);
  const reader = (fd: number): Socket => new Socket({ fd, readable: true, writable: false });
  const outputs = readOutputs({
    STDOUT: reader(outputEnd),
    ...(errorsEnd !== undefined && { STDERR: reader(errorsEnd) }),
  });
  outputs.onEnd(() => void input.destroy());
  return {
    terminal: false,
    ...outputs,
    // Resolves when the other end has room again, so that a slow reader slows the writer.
    write: (data) =>
      new Promise((resolve, reject) => {
        input.write(data, (error) => (error ? reject(error) : resolve()));
      }),
    endInput: () => void input.end(),
    resize: () => Promise.reject(new Error("Inappropriate ioctl for device")),
  };
}

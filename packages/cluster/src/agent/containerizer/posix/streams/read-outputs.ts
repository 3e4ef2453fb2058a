// Reads the outputs of a container for whoever listens.
import type { Socket } from "node:net";
import type { ContainerStreams, OutputName } from "../../container-streams.ts";

/** The reading half of a container's streams. An output that breaks off has ended: terminals end so (EIO). */
export function readOutputs(
  outputs: Partial<Record<OutputName, Socket>>,
): Pick<ContainerStreams, "onOutput" | "onEnd" | "pause" | "resume" | "close"> {
  const sources = [outputs.STDOUT, outputs.STDERR].filter((one) => one !== undefined);
  const finished = Promise.all(
    sources.map((source) => {
      source.on("error", () => undefined);
      return new Promise<void>((resolve) => void source.once("close", () => resolve()));
    }),
  );
  return {
    onOutput(listener) {
      outputs.STDOUT?.on("data", (data: Buffer) => listener("STDOUT", data));
      outputs.STDERR?.on("data", (data: Buffer) => listener("STDERR", data));
    },
    onEnd: (listener) => void finished.then(listener),
    pause: () => sources.forEach((source) => source.pause()),
    close: () => sources.forEach((source) => source.destroy()),
    resume: () => sources.forEach((source) => source.resume()),
  };
}

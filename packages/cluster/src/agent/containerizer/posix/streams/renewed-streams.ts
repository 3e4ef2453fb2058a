// The streams of a container that go on when whoever passes them on is replaced.
import type { ContainerStreams } from "../../container-streams.ts";

/** `next` is asked whenever they have ended: others in their place, or undefined when that is the end. */
export function renewedStreams(
  first: ContainerStreams,
  next: () => ContainerStreams | undefined,
): ContainerStreams {
  let current = first;
  let paused = false;
  let closed = false;
  const listeners: Parameters<ContainerStreams["onOutput"]>[0][] = [];
  const { promise: finished, resolve } = Promise.withResolvers<void>();
  const follow = (): void =>
    current.onEnd(() => {
      const renewed = closed ? undefined : next();
      if (renewed === undefined) return resolve();
      current = renewed;
      for (const listener of listeners) current.onOutput(listener);
      if (paused) current.pause();
      follow();
    });
  follow();
  return {
    terminal: first.terminal,
    ...(first.copied && { copied: true }),
    onOutput: (listener) => {
      listeners.push(listener);
      current.onOutput(listener);
    },
    onEnd: (listener) => void finished.then(listener),
    pause: () => {
      paused = true;
      current.pause();
    },
    resume: () => {
      paused = false;
      current.resume();
    },
    write: (data) => current.write(data),
    endInput: () => current.endInput(),
    resize: (size) => current.resize(size),
    close: () => {
      closed = true;
      current.close();
    },
  };
}

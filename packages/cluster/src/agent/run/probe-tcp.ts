// A check by TCP: whether a connection can be made.
import { connect } from "node:net";
import type { ProbeResult, ProbeTarget } from "../checks/probe.ts";

/** Connects and hangs up. */
export function probeTcp(
  { host, port }: Extract<ProbeTarget, { type: "TCP" }>,
  signal: AbortSignal,
): Promise<ProbeResult> {
  const { promise, resolve } = Promise.withResolvers<ProbeResult>();
  const socket = connect({ host, port });
  const end = (succeeded: boolean): void => {
    socket.destroy();
    resolve({ succeeded });
  };
  socket.once("connect", () => end(true));
  socket.once("error", () => end(false));
  signal.addEventListener("abort", () => end(false), { once: true });
  return promise;
}

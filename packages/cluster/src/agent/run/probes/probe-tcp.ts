// A check by TCP: whether a connection can be made.
import { connect } from "node:net";
import type { ProbeResult, ProbeTarget } from "../../checks/probe.ts";
import { canConnectInside } from "./connect-inside.ts";

export interface ProbePlace {
  signal: AbortSignal;
  /** The file of the task's network namespace; undefined: it is in the machine's. */
  namespace: string | undefined;
}

/** Connects and hangs up. */
export async function probeTcp(
  { host, port }: Extract<ProbeTarget, { type: "TCP" }>,
  { signal, namespace }: ProbePlace,
): Promise<ProbeResult> {
  if (namespace !== undefined)
    return { succeeded: await canConnectInside({ namespace, host, port }, signal) };
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

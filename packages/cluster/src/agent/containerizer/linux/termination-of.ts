// How a container ended, as whoever launched it is told.
import type { Termination } from "../containerizer.ts";
import { readExit } from "./container-record.ts";
import type { Limitation } from "./isolator.ts";

/** With the limit that it was over, if any. */
export function terminationOf({
  containerId,
  runtimeDir,
  limited,
}: {
  containerId: string;
  runtimeDir: string;
  limited?: Limitation | undefined;
}): Termination {
  const end = readExit(runtimeDir, containerId) ?? {
    message: "The exit status of the container could not be observed",
  };
  if (!limited) return { containerId, ...end };
  const { reason, message, resources } = limited;
  return { containerId, ...end, reason, message, limited: resources };
}

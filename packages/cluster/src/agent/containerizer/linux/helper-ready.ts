// Waits for the helper of a terminal that conmon holds.
import type { ChildProcess } from "node:child_process";
import { Readable } from "node:stream";
import type { Clock } from "../../../core/clock.ts";
import { describeSystemError } from "../../../core/describe-system-error.ts";
import { streamsOf } from "../../programs/streams-of.ts";

/** conmon listens before the container is created: it takes a helper longer only when it hangs. */
const TIMEOUT_MS = 10_000;

/** Resolves with its word that it is connected, on its descriptor 3. When it gives none it is killed. */
export function helperReady(child: ChildProcess, { clock }: { clock: Clock }): Promise<void> {
  const report = streamsOf(child).stdio?.[3];
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const refuse = (why: string): void => {
    child.kill("SIGKILL");
    reject(new Error(`Cannot give the container a terminal: ${why}`));
  };
  child.once("error", (error) => refuse(describeSystemError(error)));
  const timer = clock.after(TIMEOUT_MS, () => refuse("its helper does not connect"));
  if (report instanceof Readable) {
    report.on("error", () => undefined);
    report.once("data", () => resolve());
    report.once("end", () => refuse("its helper ended; see 'stdout' in the sandbox"));
  }
  return promise.finally(() => {
    timer.cancel();
    report?.destroy();
  });
}

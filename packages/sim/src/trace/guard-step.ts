// A step that throws has found something wrong with its own books: that is a broken invariant too.
import { InvariantViolation } from "./violation.ts";

/** Runs a step of `actor`; what it throws ends the simulation with its reason. */
export function guardStep<T>(actor: string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
    throw new InvariantViolation("no-exceptions", `A step of ${actor} threw: ${reason}`, [actor]);
  }
}

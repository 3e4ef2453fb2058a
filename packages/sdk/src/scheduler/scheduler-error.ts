// Why a scheduler cannot go on.

/** What ended it: the master refused to subscribe it, or told it so in an ERROR event, or a wrong option. */
export type SchedulerErrorCode = "REFUSED" | "ERROR_EVENT" | "OPTIONS";

/** Thrown by `run`, and by the iteration over events. */
export class SchedulerError extends Error {
  readonly code: SchedulerErrorCode;

  constructor(code: SchedulerErrorCode, message: string) {
    super(message);
    this.name = "SchedulerError";
    this.code = code;
  }
}

// What every part logs through; the sink (pino in production, silence in tests) is chosen at the edge.

/** Facts go beside the sentence, never into it. Secrets are never passed. */
export interface Logger {
  debug(message: string, facts?: Record<string, unknown>): void;
  info(message: string, facts?: Record<string, unknown>): void;
  warn(message: string, facts?: Record<string, unknown>): void;
  error(message: string, facts?: Record<string, unknown>): void;
}

const nothing = (): void => {};

/** Swallows everything. */
export const silentLogger: Logger = { debug: nothing, info: nothing, warn: nothing, error: nothing };

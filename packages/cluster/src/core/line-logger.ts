// The logger of running processes: one line a message, for people or as JSON.
import type { Clock } from "./clock.ts";
import type { Logger } from "./logger.ts";

/** From chatty to quiet. `--logging_level` knows the last three. */
const LOG_LEVELS = ["DEBUG", "INFO", "WARNING", "ERROR"] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export interface LineLoggerOptions {
  /** Messages below are dropped. */
  level: LogLevel;
  format: "text" | "json";
}

/** A logger whose level can change while it runs, as SET_LOGGING_LEVEL does. */
export interface LineLogger extends Logger {
  level: LogLevel;
}

/** A fact longer than this is cut: logs are for reading. */
const MAX_FACT_LENGTH = 1000;

function factText(value: unknown): string {
  const raw =
    value instanceof Error ? value.message : typeof value === "string" ? value : JSON.stringify(value);
  const text = (raw ?? "undefined").slice(0, MAX_FACT_LENGTH);
  return /[\s"=]/.test(text) || text === "" ? JSON.stringify(text) : text;
}

/** `2025-01-31T10:00:00.000Z INFO  message key=value`, or the same facts as one JSON object. */
export function createLineLogger(
  options: LineLoggerOptions,
  { clock, write }: { clock: Clock; write: (line: string) => void },
): LineLogger {
  const log = (level: LogLevel, message: string, facts: Record<string, unknown> = {}): void => {
    if (LOG_LEVELS.indexOf(level) < LOG_LEVELS.indexOf(logger.level)) return;
    // oxlint-disable-next-line no-restricted-globals -- it formats the clock's time
    const time = new Date(clock.now()).toISOString();
    if (options.format === "json") {
      const plain = Object.entries(facts).map(([key, value]) => [
        key,
        value instanceof Error ? value.message : value,
      ]);
      write(`${JSON.stringify({ time, level, message, ...Object.fromEntries(plain) })}\n`);
      return;
    }
    const pairs = Object.entries(facts)
      .filter(([, value]) => value !== undefined)
      .map(([key, value]) => ` ${key}=${factText(value)}`);
    write(`${time} ${level.padEnd(7)} ${message}${pairs.join("")}\n`);
  };
  const logger: LineLogger = {
    level: options.level,
    debug: (message, facts) => log("DEBUG", message, facts),
    info: (message, facts) => log("INFO", message, facts),
    warn: (message, facts) => log("WARNING", message, facts),
    error: (message, facts) => log("ERROR", message, facts),
  };
  return logger;
}

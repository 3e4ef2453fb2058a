// The logger that the logging flags ask for: standard error, and a file if there is `--log_dir`.
import { mkdirSync, openSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { systemClock } from "../core/clock.ts";
import { createLineLogger, type LineLogger, type LogLevel } from "../core/line-logger.ts";

/** The flags this looks at. @see loggingFlags */
export interface LoggingFlags {
  quiet: boolean;
  logging_level: string;
  log_format: string;
  log_dir: string | undefined;
}

/** The file that the process called `name` logs to, if any. */
function logFileOf(flags: Pick<LoggingFlags, "log_dir">, name: string): string | undefined {
  return flags.log_dir === undefined ? undefined : `${flags.log_dir}/${name}.log`;
}

/** The log to show over HTTP: the one that the operator names, else the process' own. */
export function shownLogFile(
  flags: Pick<LoggingFlags, "log_dir"> & { external_log_file: string | undefined },
  name: string,
): string | undefined {
  return flags.external_log_file ?? logFileOf(flags, name);
}

/** Opens the log of the process called `name` (`mezzo-master`). Throws what the file system throws for `--log_dir`. */
export function openLogger(flags: LoggingFlags, name: string): LineLogger {
  let file: number | undefined;
  const path = logFileOf(flags, name);
  if (path !== undefined) {
    mkdirSync(dirname(path), { recursive: true });
    file = openSync(path, "a");
  }
  const write = (line: string): void => {
    if (!flags.quiet) process.stderr.write(line);
    if (file !== undefined) writeSync(file, line);
  };
  const options = {
    level: flags.logging_level as LogLevel,
    format: flags.log_format === "json" ? ("json" as const) : ("text" as const),
  };
  return createLineLogger(options, { clock: systemClock, write });
}

// The fetcher's lines in a sandbox's stderr, in the form Mesos' logging gives them.
import type { Clock } from "../../core/clock.ts";

const FORMAT = new Intl.DateTimeFormat("en-GB", {
  month: "2-digit",
  day: "2-digit",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  fractionalSecondDigits: 3,
});

/** `I0131 23:59:58.123000 4711 fetcher] message`: level, month and day, local time, pid, source, words. */
export function formatLogLine(
  { level, message }: { level: "I" | "W" | "E"; message: string },
  clock: Clock,
): string {
  const parts = new Map(FORMAT.formatToParts(clock.now()).map(({ type, value }) => [type, value]));
  const part = (name: Intl.DateTimeFormatPartTypes): string => parts.get(name) ?? "";
  const day = `${part("month")}${part("day")}`;
  const time = `${part("hour")}:${part("minute")}:${part("second")}.${part("fractionalSecond")}000`;
  return `${level}${day} ${time} ${process.pid} fetcher] ${message}\n`;
}

// Durations in flags and environment variables; the text form belongs to the wire.
export { formatDuration, parseDuration } from "@mezzo/wire";

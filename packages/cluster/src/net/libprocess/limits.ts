// Every bound of libprocess' senders in one place, each with its reason.

/** Bytes queued for one address, which may carry ten thousand agents, before its connection counts as broken. */
export const MAX_PEER_QUEUE_BYTES = 256 * 1024 * 1024;

/** A peer that does not answer a connection attempt that long is treated as gone; pings decide on more. */
export const CONNECT_TIMEOUT_MS = 30_000;

/** A connection that nobody linked and nobody used that long is closed; libprocess closes it after each message. */
export const IDLE_TIMEOUT_MS = 30_000;

/** A connection younger than that is not replaced by `link` with `reconnect`: it is what reconnecting would give. */
export const FRESH_CONNECTION_MS = 1_000;

// Every bound of the HTTP server in one place, each with its reason.

/** Bytes of request line and headers together: what libprocess' own parser (http_parser 2.6) allows. */
export const MAX_HEAD_BYTES = 80 * 1024;

/** Headers of one request: far above any client, low enough that a head stays cheap to hold. */
export const MAX_HEADER_COUNT = 256;

/** Bytes of one request body: an agent that re-registers with 100,000 tasks sends about 50 MB. */
export const MAX_BODY_BYTES = 128 * 1024 * 1024;

/** Bytes of one `<size>[;extension]` line or trailer line of a chunked body: sizes need 8, the rest is nobody's use. */
export const MAX_CHUNK_LINE_BYTES = 4 * 1024;

/** Bytes of all trailers of a chunked body; they are read and ignored. */
export const MAX_TRAILER_BYTES = 16 * 1024;

/** Requests of one connection that wait for their answer; then the socket is read no further. */
export const MAX_UNANSWERED_REQUESTS = 1024;

/** Bytes of answers a client may leave unread before its next requests wait (one answer may be larger). */
export const MAX_UNREAD_ANSWER_BYTES = 1024 * 1024;

/** Bytes of a streamed request body that wait for their reader; then the socket is read no further. */
export const MAX_UNREAD_BODY_BYTES = 1024 * 1024;

/** Bytes queued on a record stream, beside its largest record, before its reader counts as gone: ten seconds of updates. */
export const MAX_STREAM_BUFFER_BYTES = 64 * 1024 * 1024;

/** Open connections: ten thousand agents with an address each, their executors, and as much again. */
export const MAX_CONNECTIONS = 65_536;

/** From the first byte of a request to the end of its head: a slow client on a bad line needs a second. */
export const HEAD_TIMEOUT_MS = 30_000;

/** Without one byte of a body that was begun; streamed bodies, which may be silent for long, are exempt. */
export const BODY_IDLE_TIMEOUT_MS = 60_000;

/** Without one byte read by a client whose answer waits: a sleeping laptop, not a slow line. */
export const UNREAD_ANSWER_TIMEOUT_MS = 120_000;

/** From our last byte to the peer's own close, so that unread input does not reset the answer on its way. */
export const LINGER_TIMEOUT_MS = 2_000;

/** How often deadlines are looked at: they need no precision. */
export const SWEEP_INTERVAL_MS = 1_000;

/** Shortest body that is compressed, as libprocess' `GZIP_MINIMUM_BODY_LENGTH`. */
export const GZIP_MINIMUM_BODY_BYTES = 1024;

/** Longest body compressed on the event loop (under a millisecond); longer ones go to the thread pool. */
export const GZIP_INLINE_BODY_BYTES = 16 * 1024;

/** Bytes of a long body handed to the socket at a time: small enough to see that its reader makes progress. */
export const BODY_SLICE_BYTES = 512 * 1024;

/** What one connection may use of a turn of the event loop before the others have theirs. */
export const TURN_BUDGET_MS = 5;

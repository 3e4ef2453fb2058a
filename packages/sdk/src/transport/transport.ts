// What the clients need of HTTP: one POST and its answer. Tests bring their own.

/** One POST. */
export interface TransportRequest {
  /** `http://host:port`. */
  origin: string;
  path: string;
  headers: Readonly<Record<string, string>>;
  body: Uint8Array;
  /**
   * `calls` share one connection and arrive in the order they were sent; a `stream` has a connection of its own,
   * which ends with it.
   */
  lane: "calls" | "stream";
}

/** The answer: its head, and a body that is read as it comes. */
export interface TransportResponse {
  status: number;
  /** Names in lower case. */
  headers: Readonly<Record<string, string | undefined>>;
  body: AsyncIterable<Uint8Array>;
  /** Ends the connection; reading the body then ends too, with or without an error. */
  close(): void;
}

/** Sends requests. `post` rejects when there is no answer at all. */
export interface Transport {
  post(request: TransportRequest): Promise<TransportResponse>;
  /** Drops every connection that is kept for later. */
  close(): void;
}

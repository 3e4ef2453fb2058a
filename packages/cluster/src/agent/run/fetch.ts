// What the agent needs of a fetcher.
import type { CommandInfoURI } from "@mezzo/wire";

/** URIs to bring into a sandbox before its container starts. */
export interface FetchRequest {
  containerId: string;
  sandbox: string;
  uris: CommandInfoURI[];
  /** Who owns what is fetched. */
  user?: string;
}

/** Rejects with the reason, in the words that follow "Failed to launch container: ". */
export interface Fetcher {
  fetch(request: FetchRequest): Promise<void>;
  /** Stops fetching for a container that is given up. */
  cancel(containerId: string): void;
  /** Containers that were served, and those that were not. */
  readonly counters?: { readonly succeeded: number; readonly failed: number };
  /** Bytes of the cache in use. */
  readonly cachedBytes?: number;
}

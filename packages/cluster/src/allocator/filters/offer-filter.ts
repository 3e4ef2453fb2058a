// What every reason not to offer looks like.
import type { Resource } from "@mezzo/wire";
import type { Reader } from "../explain/reader.ts";
import type { AgentEntry, AllocatorState, Client } from "../state.ts";

/** A framework in a role, an agent, and what it would be offered there (without allocation_info). */
export interface Candidate {
  client: Client;
  agent: AgentEntry;
  resources: readonly Resource[];
}

/** One reason. All filters that apply must pass; `explain` words the refusal for people. */
export interface OfferFilter {
  /** Kebab-case, stable: shown by CLI, UI and API. */
  readonly name: string;
  /** Whether it can ever concern the client; asked when the framework changes, not on every offer. */
  applies(state: AllocatorState, client: Client): boolean;
  /** Whether the candidate may pass. Only `explain` gives the time: planning is done after everything due has ended. */
  check(state: AllocatorState, candidate: Candidate, nowMs?: number): boolean;
  /** Why the candidate may not pass, for somebody to read; asked only after `check` said no. */
  explain(state: AllocatorState, candidate: Candidate, reader: Reader): string;
  /** When the refusal ends by itself, ms since 1970; asked only after `check` said no. */
  untilMs?(state: AllocatorState, candidate: Candidate, nowMs: number): number | undefined;
}

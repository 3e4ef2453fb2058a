// The state of an agent that has just started and knows nothing yet.
import { Authorizer } from "../authorization/authorizer.ts";
import { createAgentCounters } from "./counters.ts";
import { EndedRuns } from "./executor/ended-runs.ts";
import type { AgentSeed, AgentState } from "./state.ts";

/** A master pings every 15 s and gives up after five: what an agent assumes until a master says otherwise. */
export const DEFAULT_PING_TIMEOUT_MS = 75_000;

/** The state before recovery; the first input must be `recovered`. */
export function createAgentState(seed: AgentSeed): AgentState {
  return {
    options: seed.options,
    ...(seed.options.acls === undefined ? {} : { authorizer: new Authorizer(seed.options.acls) }),
    random: seed.random,
    pid: seed.pid,
    phase: "RECOVERING",
    info: seed.info,
    startedAt: seed.now,
    registration: {
      maxBackoffMs: seed.options.registrationBackoffFactor,
      pingTimeoutMs: DEFAULT_PING_TIMEOUT_MS,
    },
    frameworks: new Map(),
    completedFrameworks: [],
    endedRuns: new EndedRuns(),
    streams: new Map(),
    checkpointedResources: [],
    operations: new Map(),
    resourceVersion: seed.resourceVersion,
    counters: createAgentCounters(),
  };
}

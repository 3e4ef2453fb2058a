// The flags of `mezzo agent`, put together from their families. @see Mesos src/slave/flags.cpp
import type { FlagTable } from "../../core/flags/flag.ts";
import { containerFlags } from "./agent/container-flags.ts";
import { executorFlags } from "./agent/executor-flags.ts";
import { generalFlags } from "./agent/general-flags.ts";
import { isolatorFlags } from "./agent/isolator-flags.ts";
import { securityFlags } from "./agent/security-flags.ts";
import { loggingFlags } from "./logging-flags.ts";
import { networkFlags } from "./network-flags.ts";

/** Every flag of Mesos' agent, and Mezzo's own. */
export const agentFlags = {
  ...networkFlags,
  ...loggingFlags,
  ...generalFlags,
  ...executorFlags,
  ...containerFlags,
  ...isolatorFlags,
  ...securityFlags,
} as const satisfies FlagTable;

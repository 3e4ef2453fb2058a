// May this agent join? The same questions for registration and re-registration.
import type { AgentInfo } from "@mezzo/wire";
import { machineIdOf } from "../machine-id.ts";
import { findMachine } from "../maintenance.ts";
import type { MasterState } from "../state.ts";

/** What becomes of an agent that may not join: ignored with a reason for the log, or told to shut down. */
export type AgentRefusal = { ignore: string } | { shutdown: string };

/** `1.11.0`, with fewer parts or a suffix. @see Mesos 3rdparty/stout/include/stout/version.hpp */
const VERSION = /^(0|[1-9]\d*)(\.(0|[1-9]\d*)){0,2}(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?$/;

/** First part of the oldest version that is let in. @see Mesos src/master/constants.hpp MINIMUM_AGENT_VERSION */
const MINIMUM_MAJOR_VERSION = 1;

/** Undefined when the agent may join. @see Mesos src/master/master.cpp Master::_registerSlave */
export function checkAgent(
  state: MasterState,
  { info, pid, version }: { info: AgentInfo; pid: string; version: string },
): AgentRefusal | undefined {
  const machine = findMachine(state, machineIdOf({ info, pid }));
  if (machine?.info.mode === "DOWN") return { shutdown: "Machine is `DOWN`" };
  const match = VERSION.exec(version);
  if (match === null) return { ignore: `Cannot parse version '${version}'` };
  if (Number(match[1]) < MINIMUM_MAJOR_VERSION) {
    return { ignore: `Agent version is ${version}, minimum supported agent version is 1.0.0` };
  }
  if (info.domain !== undefined && state.info.domain === undefined) {
    return { ignore: "Agent is configured with a domain but the master has no configured domain" };
  }
  if (state.options.requireAgentDomain && info.domain === undefined) {
    return { ignore: "Agent has no domain, but this master is configured to require agent domains" };
  }
  return undefined;
}

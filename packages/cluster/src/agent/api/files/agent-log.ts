// The log of the agent itself, under the name that Mesos gives it.
import { attachedFiles } from "../../../net/files/attached-files.ts";
import type { VirtualFiles } from "../../../net/files/virtual-files.ts";
import { type Caller, may } from "../../authorization/caller.ts";
import type { AgentState } from "../../state.ts";

/** Where the log stands. @see Mesos src/slave/constants.hpp AGENT_LOG_VIRTUAL_PATH */
export const AGENT_LOG_PATH = "/slave/log";

/** The log, when the agent writes one or was told of one, for those who may read it. */
export function agentLog(state: AgentState, caller: Caller | undefined): VirtualFiles {
  const { logFile } = state.options;
  return attachedFiles(logFile === undefined ? {} : { [AGENT_LOG_PATH]: logFile }, () =>
    may(state, caller, "ACCESS_MESOS_LOG"),
  );
}

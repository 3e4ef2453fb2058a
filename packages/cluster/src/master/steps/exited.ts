// A link broke: to an agent, or to an older driver.
import { disconnectAgent } from "../changes/disconnect-agent.ts";
import { disconnectFramework } from "../changes/disconnect-framework.ts";
import { sendError } from "../send/send-error.ts";
import type { Turn } from "../turn.ts";

/** Marks who was there as disconnected. @see Mesos src/master/master.cpp Master::exited(UPID) */
export function exited(turn: Turn, pid: string): void {
  const { agents, frameworks } = turn.state;
  const framework = frameworks.registered.get(frameworks.byPid.get(pid) ?? "");
  if (framework !== undefined) {
    sendError(turn, framework, "Framework disconnected");
    disconnectFramework(turn, framework);
    return;
  }
  const agent = agents.registered.get(agents.byPid.get(pid) ?? "");
  if (agent !== undefined) disconnectAgent(turn, agent);
}

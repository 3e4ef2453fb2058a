// A framework changed, or its scheduler failed over (`Slave::updateFramework` of Mesos).
import type { UpdateFrameworkMessage } from "@mezzo/wire";
import { driverPid } from "../driver-pid.ts";
import { agentIdOf } from "../identity.ts";
import { resumeUpdates } from "../registration/registered.ts";
import { emit, refuse, type Turn } from "../turn.ts";

/** Takes the new facts and sends waiting updates again: the new scheduler has not seen them. */
export function updateFramework(turn: Turn, message: UpdateFrameworkMessage): void {
  const { state } = turn;
  const frameworkId = message.framework_id.value;
  if (state.phase !== "RUNNING") {
    state.counters.invalid_framework_messages += 1;
    return refuse(turn, "Dropping a framework's update", { frameworkId, phase: state.phase });
  }
  const framework = state.frameworks.get(frameworkId);
  if (framework === undefined || framework.phase === "TERMINATING") {
    return refuse(turn, "Ignoring a framework's update: it is not running here", { frameworkId });
  }
  if (message.framework_info) framework.info = message.framework_info;
  const pid = driverPid(message.pid);
  if (pid === undefined) delete framework.pid;
  else framework.pid = pid;
  if (framework.info.checkpoint) {
    const at = { agentId: agentIdOf(state).value, frameworkId };
    const record = { kind: "framework", ...at, info: framework.info, pid: pid ?? "" } as const;
    emit(turn, { type: "checkpoint", record });
  }
  resumeUpdates(turn);
}

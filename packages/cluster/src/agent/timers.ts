// The timers an agent may have running. A timer is plain data: it comes back as the input `timer` when it fires.
import type { ProbeKind } from "./checks/probe.ts";

/** What a timer is about. Two timers with the same `timerKey` are the same timer. */
export type AgentTimer =
  | { name: "register" }
  | { name: "pingTimeout" }
  | { name: "updateRetry"; frameworkId: string; taskId: string }
  | { name: "executorRegistration"; containerId: string; frameworkId: string; executorId: string }
  | { name: "executorShutdown"; containerId: string; frameworkId: string; executorId: string }
  | { name: "executorHeartbeat"; containerId: string; frameworkId: string; executorId: string }
  | { name: "executorReregistration" }
  | { name: "oversubscription" }
  | { name: "commandKill"; containerId: string; frameworkId: string; executorId: string }
  | { name: "commandCompletion"; containerId: string; frameworkId: string; executorId: string }
  | { name: "operationRetry"; operationUuid: string; retryMs: number }
  | { name: "probe"; kind: ProbeKind; containerId: string; frameworkId: string; executorId: string };

/** The identity of a timer as text: setting it again replaces it. */
export function timerKey(timer: AgentTimer): string {
  switch (timer.name) {
    case "register":
    case "pingTimeout":
    case "executorReregistration":
    case "oversubscription":
      return timer.name;
    case "updateRetry":
      return `${timer.name}\0${timer.frameworkId}\0${timer.taskId}`;
    case "operationRetry":
      return `${timer.name}\0${timer.operationUuid}`;
    case "probe":
      return `${timer.name}\0${timer.kind}\0${timer.containerId}`;
    default:
      return `${timer.name}\0${timer.containerId}`;
  }
}

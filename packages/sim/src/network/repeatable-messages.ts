// Messages that may arrive twice.

/**
 * What Mesos' processes send again by themselves when no answer comes, or what says a state and not a change. A message
 * that starts something once (a task, the end of an executor) is never repeated: TCP does not, and nobody sends it again.
 */
const REPEATABLE: ReadonlySet<string> = new Set(
  [
    "RegisterSlaveMessage",
    "ReregisterSlaveMessage",
    "SlaveRegisteredMessage",
    "SlaveReregisteredMessage",
    "UpdateSlaveMessage",
    "PingSlaveMessage",
    "PongSlaveMessage",
    "StatusUpdateMessage",
    "StatusUpdateAcknowledgementMessage",
    "KillTaskMessage",
    "ShutdownFrameworkMessage",
    "ShutdownExecutorMessage",
    "UpdateFrameworkMessage",
  ].map((name) => `mesos.internal.${name}`),
);

/** True when the message may be duplicated. `name` is the full one. */
export function isRepeatable(name: string): boolean {
  return REPEATABLE.has(name);
}

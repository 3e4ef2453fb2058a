// The agent's counters behind `/metrics/snapshot`, one property a Mesos key under `slave/`.

/** Counts since the start; names follow `src/slave/metrics.cpp`. */
export interface AgentCounters {
  recovery_errors: number;
  tasks_finished: number;
  tasks_failed: number;
  tasks_killed: number;
  tasks_lost: number;
  tasks_gone: number;
  executors_terminated: number;
  executors_preempted: number;
  valid_status_updates: number;
  invalid_status_updates: number;
  valid_framework_messages: number;
  invalid_framework_messages: number;
  container_launch_errors: number;
}

/** All counters at zero. */
export function createAgentCounters(): AgentCounters {
  return {
    recovery_errors: 0,
    tasks_finished: 0,
    tasks_failed: 0,
    tasks_killed: 0,
    tasks_lost: 0,
    tasks_gone: 0,
    executors_terminated: 0,
    executors_preempted: 0,
    valid_status_updates: 0,
    invalid_status_updates: 0,
    valid_framework_messages: 0,
    invalid_framework_messages: 0,
    container_launch_errors: 0,
  };
}

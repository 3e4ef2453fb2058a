// What the master counts, under Mesos' metric names without the `master/` in front.

/** Every plain counter of the master. @see Mesos src/master/metrics.hpp */
export const COUNTER_NAMES = [
  "tasks_finished",
  "tasks_failed",
  "tasks_killed",
  "tasks_lost",
  "tasks_error",
  "tasks_dropped",
  "tasks_gone",
  "tasks_gone_by_operator",
  "dropped_messages",
  "http_cache_hits",
  "messages_register_framework",
  "messages_reregister_framework",
  "messages_unregister_framework",
  "messages_deactivate_framework",
  "messages_kill_task",
  "messages_status_update_acknowledgement",
  "messages_resource_request",
  "messages_launch_tasks",
  "messages_decline_offers",
  "messages_revive_offers",
  "messages_suppress_offers",
  "messages_reconcile_operations",
  "messages_reconcile_tasks",
  "messages_framework_to_executor",
  "messages_operation_status_update_acknowledgement",
  "messages_executor_to_framework",
  "messages_register_slave",
  "messages_reregister_slave",
  "messages_unregister_slave",
  "messages_status_update",
  "messages_operation_status_update",
  "messages_exited_executor",
  "messages_update_slave",
  "messages_authenticate",
  "valid_framework_to_executor_messages",
  "invalid_framework_to_executor_messages",
  "valid_executor_to_framework_messages",
  "invalid_executor_to_framework_messages",
  "valid_status_updates",
  "invalid_status_updates",
  "valid_status_update_acknowledgements",
  "invalid_status_update_acknowledgements",
  "valid_operation_status_updates",
  "invalid_operation_status_updates",
  "valid_operation_status_update_acknowledgements",
  "invalid_operation_status_update_acknowledgements",
  "recovery_slave_removals",
  "slave_registrations",
  "slave_reregistrations",
  "slave_removals",
  "slave_removals/reason_unhealthy",
  "slave_removals/reason_unregistered",
  "slave_removals/reason_registered",
  "slave_shutdowns_scheduled",
  "slave_shutdowns_completed",
  "slave_shutdowns_canceled",
  "slave_unreachable_scheduled",
  "slave_unreachable_completed",
  "slave_unreachable_canceled",
] as const;

export type CounterName = (typeof COUNTER_NAMES)[number];

export type Counters = Record<CounterName, number>;

/** All counters at zero. */
export function createCounters(): Counters {
  return Object.fromEntries(COUNTER_NAMES.map((name) => [name, 0])) as Counters;
}

/** Adds one to `key` of a map of counts. */
export function count<K>(counts: Map<K, number>, key: K, delta = 1): void {
  counts.set(key, (counts.get(key) ?? 0) + delta);
}

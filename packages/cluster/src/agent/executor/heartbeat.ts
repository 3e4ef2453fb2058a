// How often an executor hears from the agent.

/** `DEFAULT_EXECUTOR_HEARTBEAT_INTERVAL` of Mesos: thirty minutes keep a connection alive through most proxies. */
export const EXECUTOR_HEARTBEAT_MS = 30 * 60_000;

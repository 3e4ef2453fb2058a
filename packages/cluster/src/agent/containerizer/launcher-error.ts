// What Mesos' launcher finds out when it is in the container already.

/**
 * The container is over before it began. To the agent its launch went well, so that a task fails with
 * `REASON_EXECUTOR_TERMINATED` instead of `REASON_CONTAINER_LAUNCH_FAILED`. @see Mesos src/slave/containerizer/mesos/launch.cpp
 */
export class LauncherError extends Error {}

// How a story runs the classes of ZooKeeper that the system's package installs.

/** Its log grows in steps of this size, so that a full disk is soon noticed. */
const LOG_STEP_KB = 16;

/** Sessions may be as short as two ticks: stories should not wait for long. */
export const TICK_MS = 500;

const CLASS_PATH = [
  "/usr/share/java/zookeeper.jar",
  "/usr/share/java/zookeeper-jute.jar",
  "/usr/share/java/*",
];

/** The command that runs a server's class. */
export function zooKeeperCommand(name: string, args: readonly string[]): string[] {
  const options = [
    "-Xmx128m",
    "-Dzookeeper.admin.enableServer=false",
    `-Dzookeeper.preAllocSize=${LOG_STEP_KB}`,
  ];
  return ["java", ...options, "-cp", CLASS_PATH.join(":"), `org.apache.zookeeper.server.${name}`, ...args];
}

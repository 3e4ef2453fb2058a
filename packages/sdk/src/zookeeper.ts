// What masters need of ZooKeeper beside what frameworks do: `@mezzo/sdk/zookeeper`.
export { MEMBER_PREFIX, leadingMember, readMember, writeMember } from "./detection/zookeeper/members.ts";
export { parseZkUrl, type ZooKeeperPlace } from "./detection/zookeeper/parse-zk-url.ts";
export { ZooKeeperSession, isZooKeeperError } from "./detection/zookeeper/zookeeper-session.ts";

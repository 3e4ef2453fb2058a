// `zk://user:password@host1:port1,host2:port2/path`, as Mesos writes where its masters meet.
import { type Result, failure, success } from "@mezzo/wire";

export interface ZooKeeperPlace {
  /** `host1:port1,host2:port2`. */
  readonly servers: string;
  /** `user:password` for the digest scheme; never shown. */
  readonly digest?: string;
  /** Absolute, without a slash at its end; empty for the root. */
  readonly path: string;
}

const DEFAULT_PORT = 2181;

/** Reads the URL. @see Mesos src/zookeeper/url.cpp */
export function parseZkUrl(text: string): Result<ZooKeeperPlace> {
  const match = /^zk:\/\/(?:(?<digest>[^@/]+)@)?(?<servers>[^@/]+)(?<path>\/.*)?$/.exec(text.trim());
  const { digest, servers = "", path = "" } = match?.groups ?? {};
  const hosts = servers.split(",").map((host) => host.trim());
  const isHost = (host: string): boolean => /^([^\s:[\]]+|\[[0-9a-fA-F:]+\])(:\d{1,5})?$/.test(host);
  if (match === null || !hosts.every(isHost)) {
    // The text may hold a password.
    return failure(
      "Cannot read the ZooKeeper URL: it is not of the form zk://user:pass@host1:port1,host2:port2/path",
    );
  }
  if (digest !== undefined && !/^[^:]+:.+$/.test(digest)) {
    return failure("Cannot read the ZooKeeper URL: expected user:password before the @");
  }
  return success({
    servers: hosts.map((host) => (/:\d+$/.test(host) ? host : `${host}:${DEFAULT_PORT}`)).join(","),
    ...(digest !== undefined && { digest }),
    path: path.replace(/\/+$/, ""),
  });
}

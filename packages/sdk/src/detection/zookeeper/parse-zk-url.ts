// `zk://user:password@host1:port1,host2:port2/path`, as Mesos writes where its masters meet.
import { type Result, success } from "@mezzo/wire";
import { parsePlaceUrl } from "../parse-place-url.ts";

export interface ZooKeeperPlace {
  /** `host1:port1,host2:port2`. */
  readonly servers: string;
  /** `user:password` for the digest scheme; never shown. */
  readonly digest?: string;
  /** Absolute, without a slash at its end; empty for the root. */
  readonly path: string;
}

/** Reads the URL. @see Mesos src/zookeeper/url.cpp */
export function parseZkUrl(text: string): Result<ZooKeeperPlace> {
  const url = parsePlaceUrl(text, { scheme: "zk", name: "ZooKeeper", defaultPort: 2181 });
  if (!url.ok) return url;
  const { hosts, credentials, path } = url.value;
  return success({
    servers: hosts.join(","),
    ...(credentials !== undefined && { digest: credentials }),
    path,
  });
}

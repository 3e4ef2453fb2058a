// `etcd://user:password@host1:port1,host2:port2/path`: where masters meet in etcd.
import { type Result, success } from "@mezzo/wire";
import { parsePlaceUrl } from "../parse-place-url.ts";

export interface EtcdPlace {
  /** Each `host:port` of a member of etcd. */
  readonly endpoints: readonly string[];
  /** Never shown. */
  readonly user?: { readonly name: string; readonly password: string };
  /** What every key begins with: absolute, without a slash at its end. */
  readonly path: string;
}

/** Reads the URL, which has the form of a `zk://` one. */
export function parseEtcdUrl(text: string): Result<EtcdPlace> {
  const url = parsePlaceUrl(text, { scheme: "etcd", name: "etcd", defaultPort: 2379 });
  if (!url.ok) return url;
  const { hosts, credentials, path } = url.value;
  const colon = credentials?.indexOf(":") ?? 0;
  return success({
    endpoints: hosts,
    ...(credentials !== undefined && {
      user: { name: credentials.slice(0, colon), password: credentials.slice(colon + 1) },
    }),
    path,
  });
}

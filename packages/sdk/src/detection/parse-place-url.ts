// `scheme://user:password@host1:port1,host2:port2/path`: where masters meet, whatever keeps the place.
import { type Result, failure, success } from "@mezzo/wire";

export interface PlaceUrl {
  /** Each `host:port`. */
  readonly hosts: readonly string[];
  /** `user:password`; never shown. */
  readonly credentials?: string;
  /** Absolute, without a slash at its end; empty for the root. */
  readonly path: string;
}

/** What is particular to a scheme. */
export interface PlaceScheme {
  readonly scheme: string;
  /** Of the service, for messages. */
  readonly name: string;
  readonly defaultPort: number;
}

const HOST = /^([^\s:[\]]+|\[[0-9a-fA-F:]+\])(:\d{1,5})?$/;

/** Reads such a URL; what is wrong with it never shows the password. @see Mesos src/zookeeper/url.cpp */
export function parsePlaceUrl(text: string, { scheme, name, defaultPort }: PlaceScheme): Result<PlaceUrl> {
  const pattern = /^(?<scheme>\w+):\/\/(?:(?<credentials>[^@/]+)@)?(?<servers>[^@/]+)(?<path>\/.*)?$/;
  const match = pattern.exec(text.trim());
  const { credentials, servers = "", path = "" } = match?.groups ?? {};
  const hosts = servers.split(",").map((host) => host.trim());
  if (match?.groups?.["scheme"] !== scheme || !hosts.every((host) => HOST.test(host))) {
    return failure(
      `Cannot read the ${name} URL: it is not of the form ${scheme}://user:pass@host1:port1,host2:port2/path`,
    );
  }
  if (credentials !== undefined && !/^[^:]+:.+$/.test(credentials)) {
    return failure(`Cannot read the ${name} URL: expected user:password before the @`);
  }
  return success({
    hosts: hosts.map((host) => (/:\d+$/.test(host) ? host : `${host}:${defaultPort}`)),
    ...(credentials !== undefined && { credentials }),
    path: path.replace(/\/+$/, ""),
  });
}

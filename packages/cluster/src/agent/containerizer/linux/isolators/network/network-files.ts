// The files by which programs in a network of their own know their name, their address and who resolves names.
import { existsSync } from "node:fs";
import type { OciMount } from "../../oci-spec.ts";
import { type ContainerDns, type DnsInfo, dnsOf } from "../../../container-dns.ts";
import type { JoinedNetwork } from "./join-network.ts";

/** Their names; in containers they lie in `/etc`. */
export const NETWORK_FILES = ["hosts", "hostname", "resolv.conf"] as const;

/** `/etc/hosts`: itself at its first address. */
export function hostsText(hostname: string, networks: readonly JoinedNetwork[]): string {
  const addresses = networks.flatMap(({ result }) => result?.addresses ?? []);
  const own = addresses.find(({ protocol }) => protocol === "IPv4") ?? addresses[0];
  const lines = ["127.0.0.1 localhost", "::1 localhost", ...(own ? [`${own.ip_address} ${hostname}`] : [])];
  return `${lines.join("\n")}\n`;
}

/**
 * `/etc/resolv.conf`: of each network what its plugins say, or else what the flag says of it; lists are joined, of single
 * values the last one counts. Undefined when nobody names a server: the machine's own is right then.
 */
export function resolverText(
  networks: readonly JoinedNetwork[],
  defaults: ContainerDns | undefined,
): string | undefined {
  const parts = networks.map(({ name, result }): DnsInfo => {
    if (result?.dns.nameservers?.length) return result.dns;
    return dnsOf(defaults?.mesos ?? [], "CNI", name) ?? {};
  });
  const servers = parts.flatMap(({ nameservers = [] }) => nameservers);
  if (servers.length === 0) return undefined;
  const domain = parts.findLast((part) => part.domain !== undefined && part.domain !== "")?.domain;
  const search = parts.flatMap((part) => part.search ?? []);
  const options = parts.flatMap((part) => part.options ?? []);
  const lines = [
    ...(domain === undefined ? [] : [`domain ${domain}`]),
    ...(search.length > 0 ? [`search ${search.join(" ")}`] : []),
    ...(options.length > 0 ? [`options ${options.join(" ")}`] : []),
    ...servers.map((server) => `nameserver ${server}`),
  ];
  return `${lines.join("\n")}\n`;
}

/**
 * Puts the files into a container: its own where there are any, else, with an image, the machine's to read. Where a container
 * shares the machine's file system, only what the machine has can be covered.
 */
export function mountNetworkFiles(
  ownOf: (name: (typeof NETWORK_FILES)[number]) => string | undefined,
  { hasImage }: { hasImage: boolean },
): OciMount[] {
  return NETWORK_FILES.flatMap((name): OciMount[] => {
    const machines = `/etc/${name}`;
    const bind = { destination: machines, type: "bind" };
    const own = ownOf(name);
    if (own !== undefined && existsSync(own)) {
      return hasImage || existsSync(machines) ? [{ ...bind, source: own, options: ["bind"] }] : [];
    }
    return hasImage && existsSync(machines) ? [{ ...bind, source: machines, options: ["bind", "ro"] }] : [];
  });
}

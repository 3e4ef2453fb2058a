// What a plugin answers: the addresses of the container and who resolves names for it.
import type { DnsInfo } from "../../../container-dns.ts";

export interface CniResult {
  /** Without the length of their prefix. */
  addresses: { protocol: "IPv4" | "IPv6"; ip_address: string }[];
  dns: DnsInfo;
}

interface Answer {
  /** Until version 0.2. */
  ip4?: { ip?: string };
  ip6?: { ip?: string };
  /** From version 0.3 on. */
  ips?: { address?: string }[];
  dns?: DnsInfo;
}

/** Throws when it is no JSON object. */
export function parseResult(text: string): CniResult {
  const answer: unknown = JSON.parse(text);
  if (typeof answer !== "object" || answer === null) throw new Error("it is no JSON object");
  const { ip4, ip6, ips = [], dns = {} } = answer as Answer;
  const given = [ip4?.ip, ip6?.ip, ...ips.map(({ address }) => address)];
  return { addresses: given.filter((one) => one !== undefined).map(addressOf), dns };
}

function addressOf(prefix: string): CniResult["addresses"][number] {
  const [ip_address = ""] = prefix.split("/");
  return { protocol: ip_address.includes(":") ? "IPv6" : "IPv4", ip_address };
}

// Finds the master that the flags name.
import { lookup } from "node:dns/promises";
import { isIP } from "node:net";

/** The libprocess pid of the master at `host:port`. Rejects when the host has no address. */
export async function masterPid(address: string): Promise<string> {
  const colon = address.lastIndexOf(":");
  const host = address.slice(0, colon).replace(/^\[|\]$/g, "");
  const ip = isIP(host) === 0 ? (await lookup(host, { family: 4 })).address : host;
  return `master@${ip}:${address.slice(colon + 1)}`;
}

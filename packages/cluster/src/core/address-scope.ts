// How far an IP address reaches.
import { BlockList, isIP } from "node:net";

/** `any` is the address that stands for all of a machine's. */
export type AddressScope = "loopback" | "private" | "public" | "any";

const ANY = new Set(["0.0.0.0", "::"]);

const loopback = new BlockList();
loopback.addSubnet("127.0.0.0", 8);
loopback.addAddress("::1", "ipv6");

/** RFC 1918, RFC 3927, RFC 6598, RFC 4193, RFC 4291. */
const local = new BlockList();
local.addSubnet("10.0.0.0", 8);
local.addSubnet("172.16.0.0", 12);
local.addSubnet("192.168.0.0", 16);
local.addSubnet("169.254.0.0", 16);
local.addSubnet("100.64.0.0", 10);
local.addSubnet("fc00::", 7, "ipv6");
local.addSubnet("fe80::", 10, "ipv6");

/** The scope of an address, or undefined for text that is none. */
export function addressScope(address: string): AddressScope | undefined {
  const family = isIP(address);
  if (family === 0) return undefined;
  if (ANY.has(address)) return "any";
  const type = family === 4 ? "ipv4" : "ipv6";
  if (loopback.check(address, type)) return "loopback";
  return local.check(address, type) ? "private" : "public";
}

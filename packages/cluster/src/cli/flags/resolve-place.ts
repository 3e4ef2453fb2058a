// Where a master or agent listens, what it tells others, and whether it may listen there without authentication.
import { failure, success, type Result } from "@mezzo/wire";
import { addressScope } from "../../core/address-scope.ts";
import { parseNumber } from "../../core/parse-number.ts";
import { withoutUndefined } from "../../core/without-undefined.ts";
import type { Machine } from "../../core/machine.ts";

/** The flags this looks at. @see networkFlags */
export interface PlaceFlags {
  ip: string | undefined;
  port: number;
  ip_discovery_command: string | undefined;
  advertise_ip: string | undefined;
  advertise_port: number | undefined;
  hostname: string | undefined;
  hostname_lookup: boolean;
  allow_open_network: boolean;
}

/** Where to listen, and what to tell others. */
export interface Place {
  ip: string;
  port: number;
  hostname: string;
  advertiseIp?: string;
  advertisePort?: number;
}

/** Everybody on this machine is its user's own doing; everybody else is not. */
const DEFAULT_IP = "127.0.0.1";

function listeningAddress(flags: PlaceFlags, machine: Machine): Result<string> {
  if (flags.ip_discovery_command === undefined) {
    return success(flags.ip ?? machine.environment["LIBPROCESS_IP"] ?? DEFAULT_IP);
  }
  if (flags.ip !== undefined) {
    return failure("Only one of `--ip` or `--ip_discovery_command` should be specified");
  }
  const output = machine.outputOf(flags.ip_discovery_command);
  return output.ok ? output : failure(`Cannot discover the address to listen on: ${output.error}`);
}

/** libprocess' own variables that Mezzo would have to honour and cannot. */
function checkEnvironment({ environment }: Machine): string | undefined {
  const isOn = (name: string): boolean => ["1", "true"].includes(environment[name] ?? "");
  for (const name of ["LIBPROCESS_SSL_ENABLED", "SSL_ENABLED"]) {
    if (isOn(name)) return `Environment variable ${name} is not supported by Mezzo yet: TLS is not built`;
  }
  const name = "LIBPROCESS_REQUIRE_PEER_ADDRESS_IP_MATCH";
  return isOn(name) ? `Environment variable ${name} is not supported by Mezzo yet` : undefined;
}

/** Authentication is not built, so whoever can reach the port can run commands. */
function checkOpenness(ip: string, allowed: boolean): string | undefined {
  const scope = addressScope(ip);
  if (scope === undefined) return `Cannot listen on '${ip}': it is not an IP address`;
  if (scope === "loopback" || scope === "private" || allowed) return undefined;
  return (
    `Cannot listen on ${ip}: nobody has to authenticate, so whoever reaches this address could run any command on ` +
    "the cluster. Listen on 127.0.0.1 or a private address, or say --allow_open_network if a firewall protects it."
  );
}

async function hostnameOf(
  flags: PlaceFlags,
  { address, machine }: { address: string; machine: Machine },
): Promise<string> {
  if (flags.hostname !== undefined) return flags.hostname;
  if (!flags.hostname_lookup) return address;
  if (addressScope(address) === "loopback") return "localhost";
  return (await machine.nameOf(address)) ?? machine.hostname;
}

/**
 * Decides the address, port and names. `--ip=0.0.0.0` advertises the machine's first outward address, since nobody can
 * connect to 0.0.0.0. @see Mesos src/master/main.cpp, 3rdparty/libprocess/src/process.cpp
 */
export async function resolvePlace(flags: PlaceFlags, machine: Machine): Promise<Result<Place>> {
  const unsupported = checkEnvironment(machine);
  if (unsupported !== undefined) return failure(unsupported);
  const listening = listeningAddress(flags, machine);
  if (!listening.ok) return listening;
  const ip = listening.value;
  const refused = checkOpenness(ip, flags.allow_open_network);
  if (refused !== undefined) return failure(refused);
  const portVariable = parseNumber(machine.environment["LIBPROCESS_ADVERTISE_PORT"] ?? "");
  const advertisePort = flags.advertise_port ?? (portVariable.ok ? portVariable.value : undefined);
  const advertiseIp =
    flags.advertise_ip ??
    machine.environment["LIBPROCESS_ADVERTISE_IP"] ??
    (addressScope(ip) === "any" ? (machine.outwardAddress() ?? DEFAULT_IP) : undefined);
  const hostname = await hostnameOf(flags, { address: advertiseIp ?? ip, machine });
  return success(withoutUndefined({ ip, port: flags.port, hostname, advertiseIp, advertisePort }));
}

// What a status update says of a container that Docker runs. @see Mesos src/docker/executor.cpp launchTask
import type { ContainerInfo, Labels, NetworkInfo, NetworkInfoIPAddress } from "@mezzo/wire";
import type { InspectedContainer } from "./engine.ts";

/** The addresses that Docker gave it, in the network that was asked for; nothing in the machine's own network. */
export function addressesOf(
  { NetworkSettings }: InspectedContainer,
  container: ContainerInfo,
): NetworkInfo[] {
  const { Networks = {}, IPAddress = "", GlobalIPv6Address = "" } = NetworkSettings;
  const all = [{ IPAddress, GlobalIPv6Address }, ...Object.values(Networks)];
  const v4 = all.find((each) => (each.IPAddress ?? "") !== "")?.IPAddress;
  const v6 = all.find((each) => (each.GlobalIPv6Address ?? "") !== "")?.GlobalIPv6Address;
  const addresses: NetworkInfoIPAddress[] = [
    ...(v4 === undefined ? [] : [{ protocol: "IPv4" as const, ip_address: v4 }]),
    ...(v6 === undefined ? [] : [{ protocol: "IPv6" as const, ip_address: v6 }]),
  ];
  if (addresses.length === 0) return [];
  return [{ ...container.network_infos?.[0], ip_addresses: addresses }];
}

/** `TaskStatus.data`: what `docker inspect` prints, in base64. */
export function inspectData(inspected: InspectedContainer): string {
  return Buffer.from(`${JSON.stringify([inspected], null, 4)}\n`).toString("base64");
}

/** Older frameworks look for the address here. */
export function addressLabels(networks: readonly NetworkInfo[]): Labels | undefined {
  const address = networks[0]?.ip_addresses?.[0]?.ip_address;
  if (address === undefined) return undefined;
  return { labels: [{ key: "Docker.NetworkSettings.IPAddress", value: address }] };
}

// Brings a network namespace into a network and out of it again, by the plugins of that network.
import type { NetworkInfo } from "@mezzo/wire";
import type { Clock } from "../../../../../core/clock.ts";
import type { CniNetwork, PluginConfig } from "./cni-config.ts";
import { runPlugin } from "./cni-plugin.ts";
import { type CniResult, parseResult } from "./cni-result.ts";

/** A network that a container is in, or is about to be; kept as JSON. */
export interface JoinedNetwork {
  name: string;
  /** `eth0` for the first. */
  ifName: string;
  /** As it was asked for. */
  info: NetworkInfo;
  cniVersion: string;
  /** With everything that they are told: they are told the same when the container leaves. */
  plugins: PluginConfig[];
  /** What the last of them answered, as it was written. */
  answer?: unknown;
  result?: CniResult;
}

export interface Plug {
  containerId: string;
  /** Absent when it is gone already. */
  namespace?: string | undefined;
  pluginsDir: string;
}

/** The networks that a container asks for by name. Throws in Mesos' words. */
export function wantNetworks(
  infos: readonly NetworkInfo[],
  find: (name: string) => CniNetwork | undefined,
): JoinedNetwork[] {
  const wanted: JoinedNetwork[] = [];
  for (const info of infos) {
    if (info.name === undefined) continue;
    const network = find(info.name);
    if (!network) throw new Error(`Unknown CNI network '${info.name}'`);
    if (wanted.some(({ name }) => name === info.name)) {
      throw new Error(`Attempted to join CNI network '${info.name}' multiple times`);
    }
    const { name, cniVersion } = network;
    const plugins = network.plugins.map((plugin) => tell(plugin, { name, cniVersion, info }));
    wanted.push({ name, ifName: `eth${wanted.length}`, info, cniVersion, plugins });
  }
  return wanted;
}

/** Everything that Mesos tells a plugin, and the ports to those that map them. */
function tell(
  plugin: PluginConfig,
  { name, cniVersion, info }: { name: string; cniVersion: string; info: NetworkInfo },
): PluginConfig {
  if (plugin.args && "org.apache.mesos" in plugin.args) {
    throw new Error(
      `'org.apache.mesos' in 'args' should not be set in CNI network configuration file. It is reserved by Mesos`,
    );
  }
  const ports = (info.port_mappings ?? []).map(({ host_port, container_port, protocol }) => ({
    hostPort: host_port,
    containerPort: container_port,
    protocol: protocol ?? "tcp",
  }));
  return {
    ...plugin,
    name,
    cniVersion,
    args: { ...plugin.args, "org.apache.mesos": { network_info: info } },
    ...(plugin.capabilities?.["portMappings"] === true && { runtimeConfig: { portMappings: ports } }),
  };
}

/** Sets the answer. Rejects when a plugin fails; those before it are to be told by `leaveNetwork`. */
export async function joinNetwork(
  network: JoinedNetwork,
  plug: Plug,
  { clock }: { clock: Clock },
): Promise<void> {
  const { name, ifName } = network;
  for (const plugin of network.plugins) {
    const output = await runPlugin(
      { command: "ADD", ...plug, network: name, ifName, config: withPrevious(plugin, network) },
      { clock },
    );
    try {
      network.answer = JSON.parse(output);
      network.result = parseResult(output);
    } catch (error) {
      throw new Error(`Failed to parse the output of the CNI plugin '${plugin.type}': ${String(error)}`, {
        cause: error,
      });
    }
  }
}

/** Fine when the container was never in it. Rejects when a plugin fails. */
export async function leaveNetwork(
  network: JoinedNetwork,
  plug: Plug,
  { clock }: { clock: Clock },
): Promise<void> {
  const { name, ifName } = network;
  for (const plugin of network.plugins.toReversed()) {
    const config = withPrevious(plugin, network);
    await runPlugin({ command: "DEL", ...plug, network: name, ifName, config }, { clock });
  }
}

function withPrevious(plugin: PluginConfig, { answer }: JoinedNetwork): PluginConfig {
  return answer === undefined ? plugin : { ...plugin, prevResult: answer };
}

/** What task statuses say of the networks. */
export function networkInfosOf(networks: readonly JoinedNetwork[]): NetworkInfo[] {
  return networks.flatMap(({ info, result }) =>
    result ? [{ ...info, ip_addresses: result.addresses }] : [],
  );
}

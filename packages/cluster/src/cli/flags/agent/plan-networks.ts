// The agent's flags of container networks, as far as they can be checked without touching the machine.
import { existsSync } from "node:fs";
import { failure, parseResources, rangesOf, type Result, success, type ValueRange } from "@mezzo/wire";
import { type ContainerDns, parseContainerDns } from "../../../agent/containerizer/container-dns.ts";

interface NetworkFlags {
  network_cni_config_dir?: string | undefined;
  network_cni_plugins_dir?: string | undefined;
  default_container_dns?: unknown;
  container_ports_isolated_range?: string | undefined;
  check_agent_port_range_only?: boolean | undefined;
}

export interface NetworkPlan {
  cni?: { configDir: string; pluginsDir: string };
  containerDns?: ContainerDns;
  isolatedPorts?: readonly ValueRange[];
}

/** Refuses in Mesos' words. */
export function planNetworks(values: NetworkFlags): Result<NetworkPlan> {
  const cni = cniFolders(values);
  if (!cni.ok) return cni;
  const containerDns = parseContainerDns(values.default_container_dns);
  if (!containerDns.ok) return containerDns;
  const isolatedPorts = isolatedRange(values);
  if (!isolatedPorts.ok) return isolatedPorts;
  return success({
    ...(cni.value && { cni: cni.value }),
    ...(containerDns.value && { containerDns: containerDns.value }),
    ...(isolatedPorts.value && { isolatedPorts: isolatedPorts.value }),
  });
}

/** Both or neither. @see Mesos src/slave/containerizer/mesos/isolators/network/cni/cni.cpp */
function cniFolders({
  network_cni_config_dir: configDir = "",
  network_cni_plugins_dir: pluginsDir = "",
}: NetworkFlags): Result<NetworkPlan["cni"]> {
  if (configDir === "" && pluginsDir === "") return success(undefined);
  if (pluginsDir === "") return failure("Missing required '--network_cni_plugins_dir' flag");
  if (configDir === "") return failure("Missing required '--network_cni_config_dir' flag");
  if (existsSync(configDir)) return success({ configDir, pluginsDir });
  return failure(`The CNI network configuration directory '${configDir}' does not exist`);
}

/** @see Mesos src/slave/containerizer/mesos/isolators/network/ports.cpp */
function isolatedRange({
  container_ports_isolated_range: text,
  check_agent_port_range_only: offeredOnly,
}: NetworkFlags): Result<readonly ValueRange[] | undefined> {
  if (text === undefined) return success(undefined);
  if (offeredOnly === true) {
    return failure(
      "Only one of `--check_agent_port_range_only` or '--container_ports_isolated_range` should be specified",
    );
  }
  const parsed = parseResources(`ports:${text}`);
  if (!parsed.ok) return failure(`Failed to parse isolated ports range '${text}'`);
  const [{ type } = { type: "SCALAR" }] = parsed.value;
  if (type === "RANGES") return success(rangesOf(parsed.value, "ports"));
  return failure(`Invalid port range resource type ${type}, expecting RANGES`);
}

// Who resolves names for containers where a network's plugins do not say so: `--default_container_dns`.
import { failure, type Result, success } from "@mezzo/wire";

/** Who resolves names; also what CNI plugins answer. */
export interface DnsInfo {
  nameservers?: string[];
  domain?: string;
  search?: string[];
  options?: string[];
}

/** One entry of the flag's lists. @see Mesos src/messages/flags.proto ContainerDNSInfo */
export interface NetworkDns {
  network_mode?: string;
  network_name?: string;
  dns?: DnsInfo;
}

/** The value of the flag. */
export interface ContainerDns {
  mesos?: NetworkDns[];
  docker?: NetworkDns[];
}

const FLAG = "`--default_container_dns`";

/** Checks the flag's value; refuses in Mesos' words. */
export function parseContainerDns(value: unknown): Result<ContainerDns | undefined> {
  if (value === undefined) return success(undefined);
  const { mesos = [], docker = [] } = value as ContainerDns;
  const refusal = whyRefused(mesos, { CNI: "CNI network" }) ?? whyRefused(docker, DOCKER_MODES);
  return refusal === undefined ? success({ mesos, docker }) : failure(refusal);
}

const DOCKER_MODES = { BRIDGE: "Docker default bridge network", USER: "user-defined CNM network" };

function whyRefused(
  entries: readonly NetworkDns[],
  modes: Readonly<Record<string, string>>,
): string | undefined {
  const seen = new Set<string>();
  for (const { network_mode: mode = "UNKNOWN", network_name: name } of entries) {
    if (mode === "HOST") return `Configuring DNS for HOST network with ${FLAG} is not yet supported`;
    const words = modes[mode];
    if (words === undefined) return `UNKNOWN network mode configured in ${FLAG}`;
    const key = `${mode} ${mode === "BRIDGE" ? "" : (name ?? "")}`;
    if (seen.has(key)) return whyTwice(mode, { words, name });
    seen.add(key);
  }
  return undefined;
}

function whyTwice(mode: string, { words, name }: { words: string; name: string | undefined }): string {
  if (mode === "BRIDGE") return `Multiple DNS configuration for ${words} in ${FLAG} is not allowed`;
  const of = name === undefined ? "without network name" : `with the same network name '${name}'`;
  return `Multiple DNS configuration ${of} for ${words} in ${FLAG} is not allowed`;
}

/** The entry for a network: its own, or the one without a name. */
export function dnsOf(entries: readonly NetworkDns[], mode: string, name?: string): DnsInfo | undefined {
  const candidates = entries.filter(({ network_mode }) => network_mode === mode);
  const own = candidates.find(({ network_name }) => network_name !== undefined && network_name === name);
  return (own ?? candidates.find(({ network_name }) => network_name === undefined))?.dns;
}

// The arguments of `docker create` for a container, and of `docker update`.
// @see Mesos src/docker/docker.cpp Docker::RunOptions::create
import { totalmem } from "node:os";
import { isAbsolute, join } from "node:path";
import type { ContainerInfo, ContainerInfoDockerInfo, Resource, Volume } from "@mezzo/wire";
import type { ContainerAmounts, ContainerConfig } from "../containerizer.ts";
import { type ContainerDns, dnsOf } from "../container-dns.ts";
import { scalarOf } from "../scalar-of.ts";
import type { InspectedContainer } from "./engine.ts";

const MEGABYTE = 1024 * 1024;
export const SHARES_PER_CPU = 1024;
const MIN_SHARES = 2;
export const CFS_PERIOD_US = 100_000;
const MIN_CFS_QUOTA_US = 1000;
const MIN_MEMORY_BYTES = 32 * MEGABYTE;

export interface CreateOptions {
  /** The container's name in Docker. */
  name: string;
  labels: Readonly<Record<string, string>>;
  environment: Readonly<Record<string, string>>;
  /** Where the sandbox is in the container. */
  mappedDirectory: string;
  enableCfsQuota: boolean;
  /** `--default_container_dns`. */
  dns?: ContainerDns | undefined;
  /** Host directory and path in the sandbox of each persistent volume. */
  persistentVolumes: readonly { source: string; path: string; mode: "ro" | "rw" }[];
  /** What the kernel is to think of it when memory runs out and the container has more than it asked for. */
  oomScoreAdj: (memoryBytes: number) => number;
}

type Sources = Pick<ContainerConfig, "command" | "sandbox" | "resources" | "limits"> & {
  container: ContainerInfo;
};

/** What is asked for and what it may go up to, as Docker counts it. */
function boundsOf(
  { resources, limits = {} }: ContainerAmounts,
  { enableCfsQuota }: Pick<CreateOptions, "enableCfsQuota">,
): { shares: number; quota: number | undefined; memory: number; limit: number } {
  const cpus = scalarOf(resources, "cpus");
  const memory = Math.max(scalarOf(resources, "mem") * MEGABYTE, MIN_MEMORY_BYTES);
  const { cpus: cpuLimit = enableCfsQuota ? cpus : undefined, mem: memoryLimit } = limits;
  return {
    shares: Math.max(Math.trunc(SHARES_PER_CPU * cpus), MIN_SHARES),
    // Infinity: none; undefined: nobody says anything of it.
    quota:
      cpuLimit === undefined ? undefined : Math.max(Math.trunc(CFS_PERIOD_US * cpuLimit), MIN_CFS_QUOTA_US),
    memory,
    limit: memoryLimit === undefined ? memory : Math.max(memoryLimit * MEGABYTE, MIN_MEMORY_BYTES),
  };
}

/** CPU and memory: what is asked for, and what it may go up to. */
function limitArguments(
  amounts: ContainerAmounts,
  options: Pick<CreateOptions, "enableCfsQuota" | "oomScoreAdj">,
): string[] {
  const { shares, quota, memory, limit } = boundsOf(amounts, options);
  const found = ["--cpu-shares", String(shares)];
  if (quota !== undefined && quota !== Infinity) found.push("--cpu-quota", String(quota));
  if (amounts.limits?.["mem"] === undefined) return [...found, "--memory", String(memory)];
  found.push("--memory-reservation", String(memory));
  if (limit !== Infinity) found.push("--memory", String(limit));
  if (memory < limit) found.push("--oom-score-adj", String(options.oomScoreAdj(memory)));
  return found;
}

export interface UpdateOptions extends Pick<CreateOptions, "enableCfsQuota"> {
  /** Whether it has a quota of ours: without a limit that goes. One that its parameters gave it stays. */
  hasQuota: boolean;
  /** What it has now, as Docker says. */
  has: Pick<InspectedContainer["HostConfig"], "Memory" | "MemorySwap">;
}

/**
 * Those of `docker update`. Memory is never limited to less, and swap goes along with it: Docker refuses more memory than both
 * together. It takes no limit away either; all that the machine has comes to the same.
 * @see Mesos src/slave/containerizer/docker.cpp DockerContainerizerProcess::__update
 */
export function updateArguments(amounts: ContainerAmounts, options: UpdateOptions): string[] {
  const { Memory = 0, MemorySwap = 2 * Memory } = options.has;
  const bounds = boundsOf(amounts, options);
  const { shares, memory, quota = options.hasQuota ? Infinity : undefined } = bounds;
  const found = ["--cpu-shares", String(shares)];
  if (quota !== undefined) found.push("--cpu-quota", String(quota === Infinity ? -1 : quota));
  found.push("--memory-reservation", String(memory));
  const limit = bounds.limit === Infinity ? totalmem() : bounds.limit;
  if (Memory <= 0 || limit <= Memory) return found;
  const swap = MemorySwap < 0 ? -1 : Math.trunc((limit / Memory) * MemorySwap);
  return [...found, "--memory", String(limit), "--memory-swap", String(swap)];
}

function modeOf({ mode }: Volume): string {
  return mode === "RO" ? "ro" : "rw";
}

function volumeArguments(
  { container, sandbox }: Sources,
  { mappedDirectory, persistentVolumes }: CreateOptions,
): string[] {
  let driver = container.docker?.volume_driver;
  const found: string[] = [];
  for (const volume of container.volumes ?? []) {
    const { container_path: path, host_path: hostPath, source } = volume;
    const target = isAbsolute(path) ? path : join(mappedDirectory, path);
    if (hostPath !== undefined) {
      if (!isAbsolute(hostPath) && !isAbsolute(path)) {
        throw new Error(`Both host_path '${hostPath}' and container_path '${path}' of a volume are relative`);
      }
      const inSandbox = !isAbsolute(hostPath) && container.docker?.volume_driver === undefined;
      const from = inSandbox ? insideSandbox(sandbox, hostPath) : hostPath;
      found.push("-v", `${from}:${target}:${modeOf(volume)}`);
    } else if (source?.type === "DOCKER_VOLUME" && source.docker_volume) {
      const { name, driver: own } = source.docker_volume;
      if (own !== undefined && driver !== undefined && driver !== own) {
        throw new Error("Only one volume driver is supported");
      }
      driver ??= own;
      found.push("-v", `${name}:${target}:${modeOf(volume)}`);
    } else if (source?.type === "HOST_PATH" && source.host_path) {
      found.push("-v", `${source.host_path.path}:${target}:${modeOf(volume)}`);
    } else if (source?.type === "SANDBOX_PATH" && source.sandbox_path) {
      found.push("-v", `${insideSandbox(sandbox, source.sandbox_path.path)}:${target}:${modeOf(volume)}`);
    } else {
      throw new Error(
        source === undefined
          ? "Host path or volume source is required"
          : `Volumes of type ${source.type ?? "UNKNOWN"} are not supported in Docker containers`,
      );
    }
  }
  found.push("-v", `${sandbox}:${mappedDirectory}`);
  for (const { source, path, mode } of persistentVolumes) {
    found.push("-v", `${source}:${isAbsolute(path) ? path : join(mappedDirectory, path)}:${mode}`);
  }
  return driver === undefined ? found : [...found, `--volume-driver=${driver}`];
}

function insideSandbox(sandbox: string, path: string): string {
  const found = join(sandbox, path);
  if (found === sandbox || found.startsWith(`${sandbox}/`)) return found;
  throw new Error(`The volume '${path}' is outside the sandbox`);
}

const NETWORKS = { HOST: "host", BRIDGE: "bridge", NONE: "none" } as const;

function networkOf({ docker, network_infos: networks = [] }: ContainerInfo): string {
  const kind = docker?.network ?? "HOST";
  if (kind !== "USER") return NETWORKS[kind];
  const [network] = networks;
  if (network === undefined) throw new Error("No network info found in container info");
  if (networks.length > 1) throw new Error("Only a single network can be defined in Docker run");
  if (network.name === undefined) throw new Error("No network name found in network info");
  return network.name;
}

function hasPort(resources: readonly Resource[], port: number): boolean {
  return resources.some(
    ({ name, ranges }) =>
      name === "ports" && ranges?.range?.some(({ begin, end }) => port >= begin && port <= end) === true,
  );
}

function portArguments(docker: ContainerInfoDockerInfo, network: string, resources: Resource[]): string[] {
  const mappings = docker.port_mappings ?? [];
  if (mappings.length === 0) return [];
  if (network === "host" || network === "none") {
    throw new Error("Port mappings are only supported for bridge and user-defined networks");
  }
  if (!resources.some(({ name }) => name === "ports")) {
    throw new Error("Port mappings require port resources");
  }
  return mappings.flatMap(({ host_port: host, container_port: inside, protocol }) => {
    if (!hasPort(resources, host)) throw new Error(`Port [${host}] not included in resources`);
    return ["-p", `${host}:${inside}${protocol === undefined ? "" : `/${protocol.toLowerCase()}`}`];
  });
}

const DNS_PARAMETERS = new Set(["dns", "dns-search", "dns-opt", "dns-option"]);

/** What the agent's flag says of the network, unless the task says anything itself. */
function dnsArguments({ docker, network_infos: networks }: ContainerInfo, dns?: ContainerDns): string[] {
  if (docker?.parameters?.some(({ key }) => DNS_PARAMETERS.has(key))) return [];
  const found = dnsOf(dns?.docker ?? [], docker?.network ?? "HOST", networks?.[0]?.name);
  if (!found) return [];
  return [
    ...(found.nameservers ?? []).flatMap((server) => ["--dns", server]),
    ...(found.search ?? []).flatMap((domain) => ["--dns-search", domain]),
    ...(found.options ?? []).flatMap((option) => ["--dns-opt", option]),
  ];
}

/** The image's own command unless there is another; a shell command replaces what the image starts. */
function commandArguments({ command }: Sources): { before: string[]; after: string[] } {
  const { shell = true, value, arguments: rest = [] } = command;
  if (shell) {
    if (value === undefined) throw new Error("Shell specified but no command value provided");
    return { before: ["--entrypoint", "/bin/sh"], after: ["-c", value] };
  }
  return { before: [], after: [...(value === undefined ? [] : [value]), ...rest] };
}

/** All of them, the image and its command last. Throws in Mesos' words for what does not fit together. */
export function createArguments(sources: Sources, options: CreateOptions): string[] {
  const { container, resources } = sources;
  const { docker } = container;
  if (docker === undefined) throw new Error("No docker info found in container info");
  const parameters = docker.parameters ?? [];
  const asked = parameters.find(({ key }) => key === "net" || key === "network");
  const network = networkOf(container);
  const found = docker.privileged === true ? ["--privileged"] : [];
  found.push(...limitArguments(sources, options));
  for (const [name, value] of Object.entries(options.environment)) found.push("-e", `${name}=${value}`);
  found.push(...volumeArguments(sources, options), "--net", asked?.value ?? network);
  if (container.hostname !== undefined) {
    if (network === "host") throw new Error("Unable to set hostname with host network mode");
    found.push("--hostname", container.hostname);
  }
  found.push(...portArguments(docker, network, resources), ...dnsArguments(container, options.dns));
  for (const [name, value] of Object.entries(options.labels)) found.push("--label", `${name}=${value}`);
  const { before, after } = commandArguments(sources);
  found.push(...before, "--name", options.name);
  for (const parameter of parameters) {
    if (parameter !== asked) found.push(`--${parameter.key}=${parameter.value}`);
  }
  return [...found, docker.image, ...after];
}

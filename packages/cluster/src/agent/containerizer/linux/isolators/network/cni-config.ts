// The networks that an operator has described: one file each in `--network_cni_config_dir`.
// @see https://github.com/containernetworking/cni/blob/main/SPEC.md (versions 0.2 to 1.0) and Mesos docs/cni.md
import { accessSync, constants, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describeSystemError } from "../../../../../core/describe-system-error.ts";

/** What one plugin is told, as far as it is looked at here. */
export interface PluginConfig {
  type: string;
  capabilities?: Record<string, boolean>;
  args?: Record<string, unknown>;
  ipam?: { type?: string };
  [name: string]: unknown;
}

/** A network: its plugins are asked one after the other, each with what the one before it answered. */
export interface CniNetwork {
  name: string;
  cniVersion: string;
  plugins: PluginConfig[];
}

export interface CniFolders {
  configDir: string;
  /** Folders, joined by a colon. */
  pluginsDir: string;
}

/** Who leaves out the version means the oldest. */
const OLDEST_VERSION = "0.2.0";

/** The first version in which a plugin takes what another one answered. */
const CHAINING_VERSION = "0.3.1";

/** Mesos' own plugin: another one, and a rule for each port. The machine's `portmap` does the same. */
const PORT_MAPPER = "mesos-cni-port-mapper";

/** More is no description of a network. */
const MAX_CONFIG_BYTES = 1024 * 1024;

/** Every network that can be joined, and why the other files describe none. Throws when the folder cannot be read. */
export function readNetworks({ configDir, pluginsDir }: CniFolders): {
  networks: Map<string, CniNetwork>;
  problems: string[];
} {
  const networks = new Map<string, CniNetwork>();
  const problems: string[] = [];
  for (const file of listFiles(configDir)) {
    const path = join(configDir, file);
    try {
      const network = parseNetwork(readFileSync(path, "utf8"));
      if (networks.has(network.name)) throw new Error(`the network '${network.name}' is described twice`);
      for (const type of network.plugins.flatMap(programsOf)) {
        if (findPlugin(type, pluginsDir) === undefined) throw new Error(`there is no plugin '${type}'`);
      }
      networks.set(network.name, network);
    } catch (error) {
      problems.push(`${path}: ${describeSystemError(error)}`);
    }
  }
  return { networks, problems };
}

/** In the order of their names: the first description of a network is the one that counts. */
function listFiles(configDir: string): string[] {
  try {
    return readdirSync(configDir, { withFileTypes: true })
      .filter((entry) => !entry.isDirectory())
      .map(({ name }) => name)
      .toSorted();
  } catch (error) {
    const why = describeSystemError(error);
    throw new Error(`Unable to list the CNI network configuration directory '${configDir}': ${why}`, {
      cause: error,
    });
  }
}

/** A single plugin (`.conf`) or a list of them (`.conflist`). Throws when it is neither. */
export function parseNetwork(text: string): CniNetwork {
  if (text.length > MAX_CONFIG_BYTES) throw new Error("it is too long");
  const config: unknown = JSON.parse(text);
  if (!isObject(config)) throw new Error("it is no JSON object");
  const { name, cniVersion = OLDEST_VERSION, plugins = [config] } = config;
  if (typeof name !== "string" || name === "") throw new Error("it has no 'name'");
  if (typeof cniVersion !== "string") throw new Error("its 'cniVersion' is no string");
  if (!Array.isArray(plugins) || plugins.length === 0) throw new Error("its 'plugins' are no list");
  const version = plugins.some((one: unknown) => isObject(one) && one["type"] === PORT_MAPPER)
    ? atLeast(cniVersion, CHAINING_VERSION)
    : cniVersion;
  return { name, cniVersion: version, plugins: plugins.flatMap(parsePlugin) };
}

function parsePlugin(config: unknown): PluginConfig[] {
  if (!isObject(config) || typeof config["type"] !== "string") throw new Error("a plugin has no 'type'");
  const { type, args, delegate } = config;
  if (type.includes("/")) throw new Error(`'${type}' is no name of a plugin`);
  if (type !== PORT_MAPPER) return [config as PluginConfig];
  const [own] = parsePlugin(delegate);
  if (!own) throw new Error("a port mapper has no 'delegate'");
  return [
    { ...own, ...(isObject(args) && { args }) },
    { type: "portmap", capabilities: { portMappings: true } },
  ];
}

/** The program of a plugin and that of what gives it addresses. */
function programsOf({ type, ipam }: PluginConfig): string[] {
  return [type, ...(typeof ipam?.type === "string" && ipam.type !== "" ? [ipam.type] : [])];
}

/** The path of a plugin's program. */
export function findPlugin(type: string, pluginsDir: string): string | undefined {
  if (type.includes("/")) return undefined;
  return pluginsDir
    .split(":")
    .map((folder) => join(folder, type))
    .find((path) => {
      try {
        accessSync(path, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}

function atLeast(version: string, least: string): string {
  return version.localeCompare(least, "en", { numeric: true }) < 0 ? least : version;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

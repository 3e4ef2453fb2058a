// What an agent offers: what `--resources` says, and what the machine has of cpus, mem, disk and ports beside.
import { failure, parseResources, success, type Resource, type Result } from "@mezzo/wire";
import type { Machine } from "../core/machine.ts";
import { gpuDevices } from "./gpu-devices.ts";

const MEGABYTE = 1024 ** 2;
const GIGABYTE = 1024 ** 3;
/** Left to the machine where there is enough, as Mesos leaves it. */
const SPARE_MEMORY = GIGABYTE;
const SPARE_DISK = 5 * GIGABYTE;
/** Offered where the disk's size cannot be found out. */
const DEFAULT_DISK = 10 * GIGABYTE;
const DEFAULT_PORTS = "[31000-32000]";

const megabytes = (bytes: number): number => Math.floor(bytes / MEGABYTE);

/** Half of what is too little to spare a fixed amount of. */
function usable(bytes: number, spare: number): number {
  return bytes >= 2 * spare ? bytes - spare : bytes / 2;
}

function detected(machine: Machine, workDir: string): Record<string, string> {
  const disk = machine.diskBytes(workDir);
  return {
    cpus: String(machine.cpus),
    mem: String(megabytes(usable(machine.memoryBytes, SPARE_MEMORY))),
    disk: String(megabytes(disk.ok ? usable(disk.value, SPARE_DISK) : DEFAULT_DISK)),
    ports: DEFAULT_PORTS,
  };
}

/**
 * The resources of an agent whose work directory exists.
 * @see Mesos src/slave/containerizer/containerizer.cpp `Containerizer::resources`
 */
export function agentResources(
  flags: {
    resources: string | undefined;
    defaultRole: string;
    workDir: string;
    isolation?: string;
    gpuDevices?: string | undefined;
  },
  machine: Machine,
): Result<{ resources: Resource[]; gpuDevices: number[] }> {
  const options = { defaultRole: flags.defaultRole };
  const given = parseResources(flags.resources ?? "", options);
  if (!given.ok) return failure(`Failed to determine agent resources: ${given.error}`);
  const names = new Set(given.value.map((resource) => resource.name));
  // `cpus:0` is an answer too: the agent then offers none.
  const isMentioned = (name: string): boolean =>
    names.has(name) || new RegExp(`(^|;)\\s*${name}\\s*[(:]`).test(flags.resources ?? "");
  const gpus = gpuDevices(
    {
      devices: flags.gpuDevices,
      isolated: flags.isolation?.split(",").includes("gpu/nvidia") === true,
      given: given.value,
      mentioned: isMentioned("gpus"),
    },
    machine.gpus,
  );
  if (!gpus.ok) return failure(`Failed to determine agent resources: ${gpus.error}`);
  const missing = Object.entries({
    ...detected(machine, flags.workDir),
    ...(gpus.value.length > 0 && { gpus: String(gpus.value.length) }),
  }).filter(([name]) => !isMentioned(name));
  const found = parseResources(missing.map(([name, value]) => `${name}:${value}`).join(";"), options);
  if (!found.ok) return found;
  return success({ resources: [...given.value, ...found.value], gpuDevices: gpus.value });
}

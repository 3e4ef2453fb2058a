// Which GPUs of the machine an agent gives to tasks.
import { failure, scalarOf, success, type Resource, type Result } from "@mezzo/wire";

export interface GpuFlags {
  /** `--nvidia_gpu_devices`: positions among the machine's GPUs, by commas. */
  devices: string | undefined;
  /** `gpu/nvidia` in `--isolation`. */
  isolated: boolean;
  /** `--resources`. */
  given: readonly Resource[];
  /** Whether it speaks of `gpus`, be it of none. */
  mentioned: boolean;
}

const ISOLATOR =
  "'--nvidia_gpus_devices' can only be specified if the `--isolation` flag contains 'gpu/nvidia'";

/**
 * Numbers of the devices, N of `/dev/nvidiaN`, out of those that the machine has. Refuses in the words of
 * `enumerateGpuResources` in Mesos' src/slave/containerizer/mesos/isolators/gpu/allocator.cpp.
 */
export function gpuDevices(flags: GpuFlags, available: readonly number[]): Result<number[]> {
  const { devices, isolated, mentioned } = flags;
  if (!isolated) return devices === undefined ? success([]) : failure(ISOLATOR);
  const count = scalarOf(flags.given, "gpus") ?? 0;
  if (mentioned && count === 0) {
    return devices === undefined
      ? success([])
      : failure("'--nvidia_gpus_devices' cannot be specified when '--resources' specifies 0 GPUs");
  }
  if (devices === undefined) {
    return mentioned
      ? failure("The `gpus` resource cannot be set without also setting `--nvidia_gpu_devices`")
      : success([...available]);
  }
  if (!mentioned) {
    return failure("'--nvidia_gpus_devices' cannot be set without also setting 'gpus' in '--resources'");
  }
  return chosen(devices, { count, available });
}

function chosen(
  devices: string,
  { count, available }: { count: number; available: readonly number[] },
): Result<number[]> {
  if (!Number.isInteger(count)) return failure("The 'gpus' resource must be an non-negative integer");
  const positions = devices.split(",").map((text) => (/^\s*\d+\s*$/.test(text) ? Number(text) : Number.NaN));
  if (positions.some((position) => Number.isNaN(position))) {
    return failure(`'--nvidia_gpu_devices' are positions of GPUs, such as 0,1, and not '${devices}'`);
  }
  if (new Set(positions).size < positions.length) {
    return failure("'--nvidia_gpu_devices' contains duplicates");
  }
  if (positions.length !== count) {
    return failure("'--resources' and '--nvidia_gpu_devices' specify different numbers of GPU devices");
  }
  const found = positions.map((position) => available[position]).filter((one) => one !== undefined);
  return found.length === count
    ? success(found)
    : failure("The number of GPUs requested is greater than the number of GPUs available on the machine");
}

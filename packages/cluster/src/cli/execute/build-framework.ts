// As whom `mezzo execute` subscribes.
import {
  failure,
  success,
  type FrameworkInfo,
  type FrameworkInfoCapabilityType,
  type Result,
} from "@mezzo/wire";
import type { FlagValues } from "../../core/flags/flag.ts";
import type { executeFlags } from "../flags/execute-flags.ts";

/** @see Mesos include/mesos/v1/mesos.proto `FrameworkInfo.Capability` */
const KNOWN_CAPABILITIES: readonly string[] = [
  "REVOCABLE_RESOURCES",
  "TASK_KILLING_STATE",
  "GPU_RESOURCES",
  "SHARED_RESOURCES",
  "PARTITION_AWARE",
  "MULTI_ROLE",
  "RESERVATION_REFINEMENT",
  "REGION_AWARE",
];

/** The FrameworkInfo for a user, or what is wrong with the flags. @see Mesos src/cli/execute.cpp */
export function buildFramework(values: FlagValues<typeof executeFlags>, user: string): Result<FrameworkInfo> {
  const capabilities: FrameworkInfoCapabilityType[] = [
    "RESERVATION_REFINEMENT",
    "TASK_KILLING_STATE",
    "REVOCABLE_RESOURCES",
  ];
  if (values.partition_aware) capabilities.push("PARTITION_AWARE");
  for (const name of (values.framework_capabilities ?? "").split(",").filter((each) => each !== "")) {
    if (name !== "GPU_RESOURCES") {
      const kind = KNOWN_CAPABILITIES.includes(name) ? "unsupported" : "unknown";
      return failure(`Flags '--framework_capabilities' specifies an ${kind} capability '${name}'`);
    }
    capabilities.push("GPU_RESOURCES");
  }
  return success({
    user,
    name: "mesos-execute instance",
    role: values.role,
    checkpoint: values.checkpoint,
    capabilities: capabilities.map((type) => ({ type })),
    ...(values.principal !== undefined && { principal: values.principal }),
  });
}

// What the container of an executor is described as.
import type { ContainerInfo, ExecutorInfo } from "@mezzo/wire";
import type { AgentOptions } from "../options.ts";

/** Its own description, or that of `--default_container_info`. @see Mesos src/slave/slave.cpp Slave::__run */
export function containerInfoOf(
  { container }: Pick<ExecutorInfo, "container">,
  { defaultContainerInfo }: Pick<AgentOptions, "defaultContainerInfo">,
): ContainerInfo | undefined {
  return container ?? defaultContainerInfo;
}

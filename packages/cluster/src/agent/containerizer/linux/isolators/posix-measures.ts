// posix/cpu and posix/mem: what a container uses is measured, nothing is limited.
// Follows `src/slave/containerizer/mesos/isolators/posix.hpp`; containers of this launcher have cgroups to be read anyhow.
import { measureCpu } from "../cgroups/measure-cpu.ts";
import { measureMemory } from "../cgroups/measure-memory.ts";
import type { Isolator } from "../isolator.ts";

export const posixCpuIsolator = (): Isolator => ({
  name: "posix/cpu",
  usage: ({ cgroup }) => measureCpu(cgroup),
});

export const posixMemoryIsolator = (): Isolator => ({
  name: "posix/mem",
  usage: ({ cgroup }) => measureMemory(cgroup),
});

// linux/nnp: no program in the container gives more privileges than its caller had, setuid or not.
// Follows `src/slave/containerizer/mesos/isolators/linux/nnp.cpp`.
import type { Isolator } from "../isolator.ts";

export function noNewPrivilegesIsolator(): Isolator {
  return {
    name: "linux/nnp",
    prepare({ spec }) {
      spec.process.noNewPrivileges = true;
    },
  };
}

// linux/capabilities: what a container's first process is capable of, and what anything in it can ever be.
// Follows `src/slave/containerizer/mesos/isolators/linux/capabilities.cpp`.
import type { CapabilityInfo } from "@mezzo/wire";
import type { Isolator } from "../isolator.ts";
import { ownCapabilities } from "../kernel-capabilities.ts";

export interface CapabilityOptions {
  /** `--effective_capabilities`. */
  effective: CapabilityInfo | undefined;
  /** `--bounding_capabilities`. */
  bounding: CapabilityInfo | undefined;
}

export function capabilitiesIsolator(defaults: CapabilityOptions): Isolator {
  const own = ownCapabilities();
  return {
    name: "linux/capabilities",
    prepare({ config, spec }) {
      const info = config.container?.linux_info;
      const wanted = info?.effective_capabilities ?? info?.capability_info;
      const effective = namesOf(wanted ?? defaults.effective);
      const bounding = namesOf(
        info?.bounding_capabilities ?? defaults.bounding ?? wanted ?? defaults.effective,
      );
      const most = namesOf(defaults.bounding ?? defaults.effective);
      for (const name of [...(effective ?? []), ...(bounding ?? [])]) {
        if (most && !most.includes(name)) {
          throw new Error(`Capability ${name} is not among those that the agent allows: ${most.join(", ")}`);
        }
      }
      if (effective?.some((name) => bounding && !bounding.includes(name))) {
        throw new Error("Invalid capabilities: the effective ones are not a subset of the bounding ones");
      }
      const held = (names: string[]): string[] => names.filter((name) => own.includes(name));
      const { capabilities } = spec.process;
      if (bounding) capabilities.bounding = held(bounding);
      if (effective) {
        for (const set of ["effective", "permitted", "inheritable", "ambient"] as const) {
          capabilities[set] = held(effective);
        }
      } else if (bounding) {
        for (const set of ["effective", "permitted"] as const) {
          capabilities[set] = capabilities[set].filter((name) => bounding.includes(name));
        }
      }
    },
  };
}

function namesOf(info: CapabilityInfo | undefined): string[] | undefined {
  return info && (info.capabilities ?? []).map((name) => `CAP_${name}`);
}

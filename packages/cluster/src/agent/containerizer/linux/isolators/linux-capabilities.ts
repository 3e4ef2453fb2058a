// linux/capabilities: what a container's first process is capable of, and what anything in it can ever be.
// Follows `src/slave/containerizer/mesos/isolators/linux/capabilities.cpp`.
import type { CapabilityInfo } from "@mezzo/wire";
import type { Isolator } from "../isolator.ts";
import { kernelOrder, ownCapabilities } from "../kernel-capabilities.ts";

export interface CapabilityOptions {
  /** `--effective_capabilities`: of containers that ask for none. */
  effective: CapabilityInfo | undefined;
  /** `--bounding_capabilities`: the most there is. */
  bounding: CapabilityInfo | undefined;
}

/** Throws, as every refusal here in Mesos' words, when what the flags say contradicts itself. */
export function capabilitiesIsolator(
  defaults: CapabilityOptions,
  own: readonly string[] = ownCapabilities(),
): Isolator {
  const most = namesOf(defaults.bounding);
  const usual = namesOf(defaults.effective);
  if (most && usual && !isSubset(usual, most)) {
    throw new Error("Allowed capabilities are not a subset of the bounding capabilites");
  }
  return {
    name: "linux/capabilities",
    prepare({ config, spec }) {
      const info = config.container?.linux_info;
      if (info?.capability_info && info.effective_capabilities) {
        throw new Error("Only one of 'capability_info' or 'effective_capabilities' is allowed");
      }
      const asked = namesOf(info?.bounding_capabilities);
      if (asked && most && !isSubset(asked, most)) throw notAllowed("Bounding", asked, most);
      const effective = namesOf(info?.effective_capabilities ?? info?.capability_info) ?? usual;
      const bounding = asked ?? most ?? effective;
      if (bounding === undefined) return;
      if (effective && !isSubset(effective, bounding)) throw notAllowed("Requested", effective, bounding);
      const held = (names: readonly string[]): string[] => own.filter((name) => names.includes(name));
      const { capabilities } = spec.process;
      capabilities.bounding = held(bounding);
      // So that no program's own capabilities give more than that.
      capabilities.inheritable = held(bounding);
      if (effective) {
        for (const set of ["effective", "permitted", "ambient"] as const) capabilities[set] = held(effective);
      } else {
        for (const set of ["effective", "permitted"] as const) {
          capabilities[set] = capabilities[set].filter((name) => bounding.includes(name));
        }
      }
    },
  };
}

function isSubset(some: readonly string[], all: readonly string[]): boolean {
  return some.every((name) => all.includes(name));
}

function notAllowed(kind: "Bounding" | "Requested", some: readonly string[], all: readonly string[]): Error {
  return new Error(`${kind} capabilities '${written(some)}', but only '${written(all)}' are allowed`);
}

/** A set in Mesos' hand: without prefixes, in the kernel's order. */
function written(names: readonly string[]): string {
  return `{ ${kernelOrder(names)
    .map((name) => name.replace("CAP_", ""))
    .join(", ")} }`;
}

function namesOf(info: CapabilityInfo | undefined): string[] | undefined {
  return info && (info.capabilities ?? []).map((name) => `CAP_${name}`);
}

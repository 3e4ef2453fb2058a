// The roles and abilities of a framework, whichever way it tells them.
import type { FrameworkInfo, FrameworkInfoCapabilityType } from "../messages.gen.ts";

/** Whether the framework says that it can do something. */
export function hasCapability(framework: FrameworkInfo, type: FrameworkInfoCapabilityType): boolean {
  return framework.capabilities?.some((capability) => capability.type === type) ?? false;
}

/** The roles it is subscribed to: `roles` of a MULTI_ROLE framework, else its one `role`, which is `*` by default. */
export function frameworkRoles(framework: FrameworkInfo): ReadonlySet<string> {
  if (hasCapability(framework, "MULTI_ROLE")) return new Set(framework.roles);
  return new Set([framework.role ?? "*"]);
}

// The TypeScript name of a message or enum: its own name, preceded by what tells apart equal names.
import protobuf from "protobufjs";

/** Prefix of each package: `mesos.v1.scheduler.Call` is `SchedulerCall`. */
const PREFIXES: Readonly<Record<string, string>> = {
  ".mesos.v1": "",
  ".mesos.v1.quota": "",
  ".mesos.v1.allocator": "",
  ".mesos.v1.scheduler": "Scheduler",
  ".mesos.v1.executor": "Executor",
  ".mesos.v1.master": "Master",
  ".mesos.v1.agent": "Agent",
  ".mesos.v1.maintenance": "Maintenance",
  ".mesos.v1.resource_provider": "ResourceProvider",
  ".mesos.internal": "",
  ".mesos.resource_provider.registry": "ResourceProviderRegistry",
  ".mesos.scheduler": "Driver",
  ".google.protobuf": "Google",
};

/** A nested type is named after the one around it: `OfferOperation`. Throws for a package without a prefix. */
export function typeName(object: protobuf.ReflectionObject): string {
  const { parent } = object;
  const prefix = parent === null ? undefined : PREFIXES[parent.fullName];
  if (prefix !== undefined) return prefix + object.name;
  if (parent instanceof protobuf.Type) return typeName(parent) + object.name;
  throw new Error(`Cannot name ${object.fullName}: its package has no prefix`);
}

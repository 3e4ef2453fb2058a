// Cutting resources down to an amount. Follows `Resources::shrink` and `shrinkResources` of src/common.
import type { Resource } from "../messages.gen.ts";
import { fromThousandths } from "../values/scalars.ts";
import { accumulate } from "./accumulate.ts";
import type { Quantities } from "./quantities.ts";
import { quantityOf } from "./quantities.ts";
import { isIndivisible } from "./same-kind.ts";
import { withScalar } from "./with-amount.ts";

/** The resource with at most the thousandths given; undefined when it is larger and cannot be cut. */
export function shrinkResource(resource: Resource, thousandths: number): Resource | undefined {
  if (quantityOf(resource) <= thousandths) return resource;
  return isIndivisible(resource) ? undefined : withScalar(resource, fromThousandths(thousandths));
}

function shrink(
  resources: readonly Resource[],
  target: Quantities,
  isNamed: "required" | "optional",
): Resource[] {
  const left = new Map(target);
  const result: Resource[] = [];
  for (const resource of resources) {
    const limit = left.get(resource.name);
    if (limit === undefined && isNamed === "optional") {
      accumulate(result, resource);
      continue;
    }
    const shrunk = limit === undefined || limit === 0 ? undefined : shrinkResource(resource, limit);
    if (shrunk === undefined || limit === undefined) continue;
    left.set(resource.name, limit - quantityOf(shrunk));
    accumulate(result, shrunk);
  }
  return result;
}

/** At most these quantities of scalar resources; names not in `target` are dropped. Entries are taken in their order. */
export function shrinkToQuantities(resources: readonly Resource[], target: Quantities): Resource[] {
  return shrink(resources, target, "required");
}

/** Scalar resources within these limits; names without a limit are kept whole. Entries are taken in their order. */
export function shrinkToLimits(resources: readonly Resource[], limits: Quantities): Resource[] {
  return shrink(resources, limits, "optional");
}

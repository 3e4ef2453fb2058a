// The words of operations in tests: what is reserved, what is a volume, and accepting an offer with them.
import assert from "node:assert/strict";
import type { OfferOperation, Resource, SchedulerCall } from "@mezzo/wire";
import { scalar } from "./cast.ts";
import type { Stage } from "./stage.ts";

/** A framework as `subscribe` gives it. */
export interface Subscriber {
  id: string;
  streamId: string;
}

/** A scalar resource reserved at run time for role `r`. */
export function reserved(name: string, value: number, more: Partial<Resource> = {}): Resource {
  return { ...scalar(name, value), reservations: [{ type: "DYNAMIC", role: "r" }], ...more };
}

/** A persistent volume on a reserved disk. */
export function volume(value: number, id = "v", more: Partial<Resource> = {}): Resource {
  const disk = { persistence: { id }, volume: { container_path: "data", mode: "RW" } } as const;
  return reserved("disk", value, { disk, ...more });
}

/** Operations by their verbs; with an id the framework wants to hear how they end. */
export const operation = {
  reserve: (resources: Resource[], id?: string): OfferOperation => ({
    type: "RESERVE",
    ...named(id),
    reserve: { resources },
  }),
  unreserve: (resources: Resource[], id?: string): OfferOperation => ({
    type: "UNRESERVE",
    ...named(id),
    unreserve: { resources },
  }),
  create: (volumes: Resource[], id?: string): OfferOperation => ({
    type: "CREATE",
    ...named(id),
    create: { volumes },
  }),
  destroy: (volumes: Resource[], id?: string): OfferOperation => ({
    type: "DESTROY",
    ...named(id),
    destroy: { volumes },
  }),
  grow: (grown: Resource, addition: Resource, id?: string): OfferOperation => ({
    type: "GROW_VOLUME",
    ...named(id),
    grow_volume: { volume: grown, addition },
  }),
  shrink: (shrunk: Resource, value: number, id?: string): OfferOperation => ({
    type: "SHRINK_VOLUME",
    ...named(id),
    shrink_volume: { volume: shrunk, subtract: { value } },
  }),
};

function named(id: string | undefined): { id?: { value: string } } {
  return id === undefined ? {} : { id: { value: id } };
}

/** Accepts all offers that the framework holds with these operations; allocates first when it holds none. */
export function accept(stage: Stage, framework: Subscriber, operations: OfferOperation[]): string[] {
  const offers = (): Set<string> =>
    stage.state.frameworks.registered.get(framework.id)?.offers ?? new Set<string>();
  if (offers().size === 0) stage.allocate();
  assert.ok(offers().size > 0, "there is an offer");
  const offer_ids = [...offers()].map((value) => ({ value }));
  return stage.call(
    callOf(framework, { type: "ACCEPT", accept: { offer_ids, operations } }),
    framework.streamId,
  );
}

/** A call in the framework's name. */
export function callOf({ id }: Subscriber, call: SchedulerCall): SchedulerCall {
  return { ...call, framework_id: { value: id } };
}

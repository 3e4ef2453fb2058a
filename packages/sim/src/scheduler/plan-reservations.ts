// Reservations and volumes that a framework makes of what an offer has left, and takes back.
import type { OfferOperation, Resource } from "@mezzo/wire";
import type { SeededRandom } from "../time/seeded-random.ts";

/** Most of one resource that is reserved at a time. */
const MOST = { cpus: 0.5, mem: 64, disk: 50 } as const;

function isReserved({ reservations = [] }: Resource): boolean {
  return reservations.at(-1)?.type === "DYNAMIC";
}

function reserve(resource: Resource): OfferOperation | undefined {
  const role = resource.allocation_info?.role;
  const most = MOST[resource.name as keyof typeof MOST];
  if (role === undefined || role === "*" || most === undefined) return undefined;
  const value = Math.min(most, resource.scalar?.value ?? 0);
  if (value <= 0 || (resource.reservations ?? []).length > 0) return undefined;
  const reserved: Resource = { ...resource, scalar: { value }, reservations: [{ type: "DYNAMIC", role }] };
  return { type: "RESERVE", reserve: { resources: [reserved] } };
}

function change(resource: Resource, random: SeededRandom): OfferOperation | undefined {
  if (resource.disk?.persistence !== undefined) {
    return random.chance(0.5) ? { type: "DESTROY", destroy: { volumes: [resource] } } : undefined;
  }
  if (!isReserved(resource)) return random.chance(0.3) ? reserve(resource) : undefined;
  if (resource.name === "disk" && random.chance(0.5)) {
    const disk = {
      persistence: { id: random.uuid() },
      volume: { container_path: "data", mode: "RW" as const },
    };
    return { type: "CREATE", create: { volumes: [{ ...resource, disk }] } };
  }
  return random.chance(0.3) ? { type: "UNRESERVE", unreserve: { resources: [resource] } } : undefined;
}

/** Operations on what no task of the same ACCEPT uses. */
export function planReservations(left: readonly Resource[], random: SeededRandom): OfferOperation[] {
  return left.flatMap((resource) => change(resource, random) ?? []);
}

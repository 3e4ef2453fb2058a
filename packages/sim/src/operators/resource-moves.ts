// What operators do with resources of an agent: reservations, and volumes on them.
import { type OfferOperation, type Resource, unallocateResources } from "@mezzo/wire";
import type { Agent } from "../../../cluster/src/master/agent.ts";
import type { OperatorInput } from "../master/master-run.ts";
import type { SeededRandom } from "../time/seeded-random.ts";
import type { OperatorAction } from "./operator-action.ts";

/** Roles that get something reserved. */
const ROLES = ["a", "c"] as const;

/** How much of one resource: little enough for tasks to find room beside it. */
const MOST = 0.5;

/** Some of what nobody has reserved, reserved, and where it is disk now and then made a volume in the same moment. */
export function drawResourceMove(agent: Agent, random: SeededRandom): OperatorAction | undefined {
  const free = agent.totalResources.filter(
    ({ scalar, reservations }) => scalar !== undefined && (reservations ?? []).length === 0,
  );
  if (free.length === 0) return undefined;
  const [chosen] = unallocateResources([random.pick(free)]);
  if (chosen === undefined) return undefined;
  const resource: Resource = {
    ...chosen,
    scalar: { value: Math.min(chosen.scalar?.value ?? 0, MOST) },
    reservations: [{ type: "DYNAMIC", role: random.pick(ROLES) }],
  };
  const by = (operation: OfferOperation): OperatorInput => ({
    type: "operator-operation",
    agentId: agent.id,
    operation,
  });
  const reserve = by({ type: "RESERVE", reserve: { resources: [resource] } });
  const unreserve = by({ type: "UNRESERVE", unreserve: { resources: [resource] } });
  if (resource.name !== "disk" || random.chance(0.2)) return { act: [reserve], undo: [unreserve] };
  const volume: Resource = {
    ...resource,
    disk: { persistence: { id: random.uuid() }, volume: { container_path: "data", mode: "RW" } },
  };
  const create = by({ type: "CREATE", create: { volumes: [volume] } });
  const destroy = by({ type: "DESTROY", destroy: { volumes: [volume] } });
  return { act: [reserve, create], undo: [destroy, unreserve] };
}

// Draws one framework: what it can do, how it connects, what work it has.
import {
  type FrameworkInfo,
  type FrameworkInfoCapabilityType,
  JSON_MEDIA_TYPE,
  PROTOBUF_MEDIA_TYPE,
} from "@mezzo/wire";
import type { SchedulerOptions } from "../scheduler/scheduler-options.ts";
import type { SeededRandom } from "../time/seeded-random.ts";
import type { FaultMix } from "./fault-mix.ts";

const MINUTE_MS = 60_000;

/** Work stops coming so long before the end, as a share of the time: what came last should have a chance to run. */
const ARRIVAL_SHARE = 0.8;

/** Work comes in at most so many bursts: each may bring the offers of the whole cluster. */
const MAX_BURSTS = 40;

/** In a cluster with more agents frameworks decline for longer, as sensible ones do: every offer costs something. */
const LARGE_CLUSTER = 100;

/** Role lists of frameworks that know several. */
const ROLE_LISTS = [["*"], ["a"], ["a", "a/b"], ["c", "*"], ["a/b", "c", "d/e/f"]] as const;

/** Seconds that a framework may be away. */
const FAILOVER_TIMEOUTS = [0, 20, 600, 600, 604_800] as const;

function frameworkInfo(index: number, random: SeededRandom): FrameworkInfo {
  const multiRole = random.chance(0.6);
  const capabilities: FrameworkInfoCapabilityType[] = [];
  if (multiRole) capabilities.push("MULTI_ROLE");
  if (random.chance(0.7)) capabilities.push("PARTITION_AWARE");
  if (random.chance(0.5)) capabilities.push("TASK_KILLING_STATE");
  if (random.chance(0.6)) capabilities.push("RESERVATION_REFINEMENT");
  return {
    user: "nobody",
    name: `framework ${index}`,
    checkpoint: random.chance(0.8),
    failover_timeout: random.pick(FAILOVER_TIMEOUTS),
    ...(multiRole ? { roles: [...random.pick(ROLE_LISTS)] } : { role: random.pick(["*", "a", "c"]) }),
    capabilities: capabilities.map((type) => ({ type })),
  };
}

/** The framework with this number. */
export function createSchedulerOptions(
  index: number,
  { tasks, faults, minutes, agents }: { tasks: number; faults: FaultMix; minutes: number; agents: number },
  random: SeededRandom,
): SchedulerOptions {
  return {
    index,
    info: frameworkInfo(index, random),
    mediaType: random.chance(0.5) ? JSON_MEDIA_TYPE : PROTOBUF_MEDIA_TYPE,
    orderedCalls: random.chance(0.7),
    tasks,
    arrivalMs: minutes * MINUTE_MS * ARRIVAL_SHARE,
    burst: Math.ceil(tasks / MAX_BURSTS),
    refuseSeconds: agents > LARGE_CLUSTER ? [5, 30, 120] : [0, 1, 5, 20],
    services: random.pick([0, 0.1, 0.2]),
    executors: random.pick([0, 0.2, 0.4]),
    groups: random.pick([0, 0.1]),
    reservations: random.pick([0, 0, 0.2, 0.5]),
    healthChecks: random.pick([0, 0, 0.2]),
    brokenCommands: faults.brokenCommands,
    meanTaskMs: random.pick([500, 5000, 20_000]),
    forgottenAcknowledgements: faults.forgottenAcknowledgements,
  };
}

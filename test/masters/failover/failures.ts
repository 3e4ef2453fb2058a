// What can go wrong with masters and with the place where they meet. Each failure is over when its function resolves.
import type { Server } from "../../stories/support/cluster.ts";
import { until } from "../../stories/support/until.ts";
import type { Masters } from "../support/masters.ts";
import type { MeetingPlace } from "../support/meeting-place.ts";
import type { NetworkMachine } from "../support/network.ts";
import type { Bookkeeping } from "./bookkeeping.ts";

export interface Scene {
  readonly masters: Masters;
  readonly place: MeetingPlace;
  readonly agents: readonly NetworkMachine[];
  readonly books: Bookkeeping;
  /** Where a master runs. */
  machineOf(master: Server): NetworkMachine;
}

/** Resolves when a leader serves, after the number of milliseconds that it returns. */
export type Failure = (scene: Scene) => Promise<number>;

const now = (): number => performance.now();

/** How long a failure lasts that is over before anybody must give up, milliseconds. */
const SHORT_MS = 3000;

/** A store that is slow answers for so long, then not for so long. */
const SLOW_RUN_MS = 100;
const SLOW_PAUSE_MS = 400;

const lasts = (durationMs: number): Promise<void> => new Promise((over) => setTimeout(over, durationMs));

/** Breaks the leader; resolves when another one serves, and it is whole and has ended. */
async function replace(
  { masters }: Scene,
  change: { breaks: (leader: Server) => void; heals: (leader: Server) => void },
): Promise<number> {
  const leader = await masters.leader();
  const atMs = now();
  change.breaks(leader);
  await masters.leader(leader);
  const tookMs = now() - atMs;
  change.heals(leader);
  await until("the deposed leader has ended", () => !leader.child.isRunning, { patienceMs: 60_000 });
  return tookMs;
}

/** Breaks something for a short while; the leader stays. */
async function disturb(scene: Scene, change: { breaks: () => void; heals: () => void }): Promise<number> {
  const leader = await scene.masters.leader();
  change.breaks();
  await lasts(SHORT_MS);
  change.heals();
  const atMs = now();
  const { child } = await scene.masters.leader();
  if (child !== leader.child) throw new Error(`The leader has ended: ${leader.child.errors.slice(-2000)}`);
  return now() - atMs;
}

export const FAILURES: Readonly<Record<string, Failure>> = {
  "leader killed": (scene) =>
    replace(scene, { breaks: ({ child }) => child.signal("SIGKILL"), heals: () => undefined }),

  "leader stopped and continued": (scene) =>
    replace(scene, {
      breaks: ({ child }) => child.signal("SIGSTOP"),
      heals: ({ child }) => child.signal("SIGCONT"),
    }),

  "leader cut off from everything": (scene) =>
    replace(scene, {
      breaks: (leader) => scene.machineOf(leader).unplug(),
      heals: (leader) => scene.machineOf(leader).plug(),
    }),

  "leader cut off from the store": (scene) =>
    replace(scene, {
      breaks: (leader) => scene.machineOf(leader).lose(scene.place.machine),
      heals: (leader) => scene.machineOf(leader).find(scene.place.machine),
    }),

  "leader cut off from the agents": async (scene) => {
    const machine = scene.machineOf(await scene.masters.leader());
    return disturb(scene, {
      breaks: () => scene.agents.forEach((agent) => machine.lose(agent)),
      heals: () => scene.agents.forEach((agent) => machine.find(agent)),
    });
  },

  "store killed and started again": async ({ masters, place }) => {
    const atMs = now();
    await place.stop();
    await place.start();
    await masters.leader();
    return now() - atMs;
  },

  "store frozen": (scene) =>
    disturb(scene, { breaks: () => scene.place.freeze(), heals: () => scene.place.thaw() }),

  "store slow": async ({ masters, place, books }) => {
    const leader = await masters.leader();
    const written = books.write();
    for (const untilMs = now() + SHORT_MS; now() < untilMs;) {
      place.freeze();
      await lasts(SLOW_PAUSE_MS);
      place.thaw();
      await lasts(SLOW_RUN_MS);
    }
    if (!(await written)) throw new Error("The registry takes no write from a store that is slow");
    const atMs = now();
    const { child } = await masters.leader();
    if (child !== leader.child) throw new Error("A leader has ended because its store is slow");
    return now() - atMs;
  },

  "store full": async ({ masters, place, books }) => {
    await place.fill();
    let waiting = 0;
    let isAcknowledged = true;
    // A disk that is full has room for a little more.
    for (let tries = 0; tries < 200 && waiting === 0; tries++) {
      waiting++;
      const write = books.write().then((done) => {
        waiting--;
        isAcknowledged &&= done;
      });
      await Promise.race([write, lasts(1000)]);
    }
    if (waiting === 0) throw new Error("The store has room though it is full");
    const atMs = now();
    await place.makeRoom();
    await masters.leader();
    const tookMs = now() - atMs;
    if (!(await books.write()) || !isAcknowledged)
      throw new Error("A write is refused though there is room again");
    return tookMs;
  },
};

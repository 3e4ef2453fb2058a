// Where the masters of a story meet: a real ZooKeeper or etcd, stopped and started again with its data.
import { type Machine, thisMachine } from "../../stories/support/cluster.ts";
import type { Story } from "../../stories/support/story.ts";
import { Etcd } from "./etcd.ts";
import { ZooKeeper } from "./zookeeper.ts";

export interface MeetingPlace {
  readonly machine: Machine;
  /** What masters, agents and frameworks are told. */
  url(credentials?: string): string;
  /** Resolves when it answers. */
  start(): Promise<void>;
  /** As a power failure does. */
  stop(): Promise<void>;
  /** It neither runs nor lets go of its connections until `thaw`. */
  freeze(): void;
  thaw(): void;
  /** Uses its space up: it takes nothing more until there is room again. */
  fill(): Promise<void>;
  makeRoom(): Promise<void>;
  /** Paths of everything that is there, in order. */
  contents(): Promise<string[]>;
  /** The records of the registry. */
  registry(): Promise<Map<string, Uint8Array>>;
}

/** Every kind that masters can meet at: what is promised of one is promised of all. */
export const MEETING_PLACES: readonly (readonly [
  name: string,
  start: (story: Story, machine?: Machine) => Promise<MeetingPlace>,
])[] = [
  ["ZooKeeper", (story, machine = thisMachine) => ZooKeeper.start(story, machine)],
  ["etcd", (story, machine = thisMachine) => Etcd.start(story, { machine })],
];

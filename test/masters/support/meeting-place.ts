// Where the masters of a story meet: a real ZooKeeper or etcd, stopped and started again with its data.
import type { Story } from "../../stories/support/story.ts";
import { Etcd } from "./etcd.ts";
import { ZooKeeper } from "./zookeeper.ts";

export interface MeetingPlace {
  /** What masters, agents and frameworks are told. */
  url(credentials?: string): string;
  /** Resolves when it answers. */
  start(): Promise<void>;
  /** As a power failure does. */
  stop(): Promise<void>;
}

/** Every kind that masters can meet at: what is promised of one is promised of all. */
export const MEETING_PLACES: readonly (readonly [
  name: string,
  start: (story: Story) => Promise<MeetingPlace>,
])[] = [
  ["ZooKeeper", (story) => ZooKeeper.start(story)],
  ["etcd", (story) => Etcd.start(story)],
];

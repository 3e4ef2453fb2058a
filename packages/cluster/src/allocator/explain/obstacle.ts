// One reason why a framework is not offered an agent, as data: programs read the name, people the words, groups the numbers.
import type { Lack } from "./need.ts";

export interface Obstacle {
  role: string;
  /** The filter's name, stable, for programs. */
  filter: string;
  /** For people, without what differs from agent to agent by a number. */
  reason: string;
  /** Who is served first, where that is the obstacle: the reason names nobody, for not everybody may see everybody. */
  first?: { readonly frameworkId: string; readonly role: string };
  /** What is missing, for obstacles about a task's size. */
  lacks?: readonly Lack[];
  /** When the obstacle ends by itself, ms since 1970. */
  untilMs?: number;
  /** Since when it is there, ms since 1970. */
  sinceMs?: number;
}

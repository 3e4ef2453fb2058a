// One change after the other: each is checked against what the one before it left, so that operators who act at the same
// moment cannot leave registry and master in disagreement.
import type { Turn } from "./turn.ts";

/** The changes of one kind. */
export interface ChangeLine<Change> {
  /** A change is being written to the registry; those that come meanwhile wait in `waiting`. */
  writing: boolean;
  readonly waiting: Change[];
}

/** A write takes milliseconds: more than a few operators at once are a script that went wild. */
const MAX_WAITING_CHANGES = 100;

/** Nothing is written. */
export function createChangeLine<Change>(): ChangeLine<Change> {
  return { writing: false, waiting: [] };
}

/** True when the change cannot be looked at now: it waits, or is refused as one too many. `of` is what it changes. */
export function standInLine<Change extends { request: number }>(
  turn: Turn,
  line: ChangeLine<Change>,
  { change, of }: { change: Change; of: string },
): boolean {
  if (!line.writing) return false;
  if (line.waiting.length < MAX_WAITING_CHANGES) line.waiting.push(change);
  else {
    const body = `Too many changes of ${of} are waiting`;
    turn.effects.push({ type: "respond", request: change.request, status: 503, body });
  }
  return true;
}

/** The change is made: `take` gets those that waited, up to the next that is written. */
export function takeNextInLine<Change>(line: ChangeLine<Change>, take: (change: Change) => void): void {
  while (!line.writing) {
    const next = line.waiting.shift();
    if (next === undefined) return;
    take(next);
  }
}

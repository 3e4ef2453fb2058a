// Which refusals end next: those of one moment together, the moments in a binary heap. All that is declined without a filter waits
// for the same tick, so that the moments are few where the refusals are many. Removed refusals are forgotten with their moment,
// or when they become too many.
import type { Refusal } from "./state.ts";

/** The refusals that end at one time, ms, in the order in which they were made. */
interface Moment {
  readonly timeMs: number;
  refusals: Refusal[];
  /** How many of them are not removed. */
  live: number;
}

export interface Expiries {
  readonly heap: Moment[];
  readonly byTime: Map<number, Moment>;
  /** Refusals in all moments, with the removed ones. */
  size: number;
  removed: number;
}

/** Removed refusals below this number are not worth a rebuild. */
const MIN_REMOVED_FOR_REBUILD = 1024;

/** Nothing that ends. */
export function createExpiries(): Expiries {
  return { heap: [], byTime: new Map(), size: 0, removed: 0 };
}

/** The same moments with copies of the refusals. */
export function copyExpiries(original: Expiries, copyOf: (refusal: Refusal) => Refusal): Expiries {
  const heap = original.heap.map((moment) => ({ ...moment, refusals: moment.refusals.map(copyOf) }));
  return { ...original, heap, byTime: new Map(heap.map((moment) => [moment.timeMs, moment])) };
}

/** Adds a refusal. */
export function addExpiry(expiries: Expiries, refusal: Refusal): void {
  const { expiresAtMs } = refusal;
  expiries.size++;
  const known = expiries.byTime.get(expiresAtMs);
  if (known !== undefined) {
    known.refusals.push(refusal);
    known.live++;
    return;
  }
  const moment: Moment = { timeMs: expiresAtMs, refusals: [refusal], live: 1 };
  expiries.byTime.set(expiresAtMs, moment);
  rise(expiries.heap, moment);
}

/** Adds a moment at the end of the heap and moves it up. */
function rise(heap: Moment[], moment: Moment): void {
  let index = heap.length;
  heap.push(moment);
  while (index > 0) {
    const parentIndex = (index - 1) >>> 1;
    const parent = heap[parentIndex];
    if (parent === undefined || moment.timeMs >= parent.timeMs) break;
    heap[index] = parent;
    index = parentIndex;
  }
  heap[index] = moment;
}

function sink(heap: Moment[], moved: Moment): void {
  let index = 0;
  for (;;) {
    let childIndex = 2 * index + 1;
    let child = heap[childIndex];
    if (child === undefined) break;
    const right = heap[childIndex + 1];
    if (right !== undefined && right.timeMs < child.timeMs) {
      child = right;
      childIndex++;
    }
    if (child.timeMs >= moved.timeMs) break;
    heap[index] = child;
    index = childIndex;
  }
  heap[index] = moved;
}

function removeFirst(expiries: Expiries, first: Moment): void {
  const { heap, byTime } = expiries;
  byTime.delete(first.timeMs);
  expiries.size -= first.refusals.length;
  expiries.removed -= first.refusals.length - first.live;
  const last = heap.pop();
  if (last !== undefined && heap.length > 0) sink(heap, last);
}

/** When the next refusal ends, ms. */
export function nextExpiryAt(expiries: Expiries): number | undefined {
  for (let first = expiries.heap[0]; first !== undefined; first = expiries.heap[0]) {
    if (first.live > 0) return first.timeMs;
    removeFirst(expiries, first);
  }
  return undefined;
}

function liveOf({ refusals, live }: Moment): Refusal[] {
  return live === refusals.length ? refusals : refusals.filter(({ removed }) => !removed);
}

/** Takes out the refusals of the earliest moment; undefined when no more have ended by `nowMs`. */
export function takeExpired(expiries: Expiries, nowMs: number): Refusal[] | undefined {
  const timeMs = nextExpiryAt(expiries);
  const [first] = expiries.heap;
  if (timeMs === undefined || timeMs > nowMs || first === undefined) return undefined;
  removeFirst(expiries, first);
  return liveOf(first);
}

/** What will have ended by then, in the order in which it ends. */
export function expiredBy({ heap }: Expiries, nowMs: number): Refusal[] {
  const over = heap.filter(({ timeMs }) => timeMs <= nowMs);
  return over.sort((left, right) => left.timeMs - right.timeMs).flatMap(liveOf);
}

/** Notes that a refusal was removed; forgets all such when they are half of the whole, so that it stays bounded. */
export function noteRemoved(expiries: Expiries, refusal: Refusal): void {
  const moment = expiries.byTime.get(refusal.expiresAtMs);
  if (moment !== undefined) moment.live--;
  expiries.removed++;
  if (expiries.removed < MIN_REMOVED_FOR_REBUILD || expiries.removed * 2 < expiries.size) return;
  forgetRemoved(expiries);
}

function forgetRemoved(expiries: Expiries): void {
  const moments = expiries.heap.splice(0);
  for (const moment of moments) {
    moment.refusals = liveOf(moment);
    if (moment.live > 0) rise(expiries.heap, moment);
    else expiries.byTime.delete(moment.timeMs);
  }
  expiries.size -= expiries.removed;
  expiries.removed = 0;
}

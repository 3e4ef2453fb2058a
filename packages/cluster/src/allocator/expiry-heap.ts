// Which refusal ends next: a binary heap that forgets removed refusals when they come up or become too many.
import type { Refusal } from "./state.ts";

export interface ExpiryHeap {
  entries: Refusal[];
  /** Removed refusals still among the entries. */
  removed: number;
}

/** Removed entries below this number are not worth a rebuild. */
const MIN_REMOVED_FOR_REBUILD = 1024;

/** A heap without refusals. */
export function createExpiryHeap(): ExpiryHeap {
  return { entries: [], removed: 0 };
}

function isEarlier(left: Refusal, right: Refusal): boolean {
  if (left.expiresAtMs !== right.expiresAtMs) return left.expiresAtMs < right.expiresAtMs;
  return left.sequence < right.sequence;
}

/** Adds a refusal. */
export function pushExpiry(heap: ExpiryHeap, refusal: Refusal): void {
  const { entries } = heap;
  let index = entries.length;
  entries.push(refusal);
  while (index > 0) {
    const parentIndex = (index - 1) >>> 1;
    const parent = entries[parentIndex];
    if (parent === undefined || !isEarlier(refusal, parent)) break;
    entries[index] = parent;
    index = parentIndex;
  }
  entries[index] = refusal;
}

function sink(entries: Refusal[], start: number): void {
  const moved = entries[start];
  if (moved === undefined) return;
  let index = start;
  for (;;) {
    let childIndex = 2 * index + 1;
    let child = entries[childIndex];
    if (child === undefined) break;
    const right = entries[childIndex + 1];
    if (right !== undefined && isEarlier(right, child)) {
      child = right;
      childIndex++;
    }
    if (!isEarlier(child, moved)) break;
    entries[index] = child;
    index = childIndex;
  }
  entries[index] = moved;
}

function removeFirst(heap: ExpiryHeap): void {
  const last = heap.entries.pop();
  if (last === undefined || heap.entries.length === 0) return;
  heap.entries[0] = last;
  sink(heap.entries, 0);
}

/** The refusal that ends first, still in the heap. */
export function peekExpiry(heap: ExpiryHeap): Refusal | undefined {
  for (let first = heap.entries[0]; first !== undefined; first = heap.entries[0]) {
    if (!first.removed) return first;
    removeFirst(heap);
    heap.removed--;
  }
  return undefined;
}

/** Takes out and returns the next refusal that has ended by `nowMs`. */
export function popExpired(heap: ExpiryHeap, nowMs: number): Refusal | undefined {
  const first = peekExpiry(heap);
  if (first === undefined || first.expiresAtMs > nowMs) return undefined;
  removeFirst(heap);
  return first;
}

/** Notes that a refusal in the heap was removed; rebuilds the heap when half of it is gone, so that it stays bounded. */
export function noteRemoved(heap: ExpiryHeap): void {
  heap.removed++;
  if (heap.removed < MIN_REMOVED_FOR_REBUILD || heap.removed * 2 < heap.entries.length) return;
  heap.entries = heap.entries.filter((refusal) => !refusal.removed);
  heap.removed = 0;
  for (let index = (heap.entries.length >>> 1) - 1; index >= 0; index--) sink(heap.entries, index);
}

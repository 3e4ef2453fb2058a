// Draws without putting back, each with a chance in proportion to its weight: the order of the random sorter.
import { type Dice, roll } from "../dice.ts";

/** What is drawn from: weights summed up from the left. */
export interface Urn {
  readonly sums: readonly number[];
}

/** An urn of positive weights. */
export function createUrn(weights: readonly number[]): Urn {
  const sums: number[] = [];
  let sum = 0;
  for (const weight of weights) {
    sum += weight;
    sums.push(sum);
  }
  return { sums };
}

function drawOne({ sums }: Urn, dice: Dice): number {
  const wanted = roll(dice) * (sums.at(-1) ?? 0);
  let low = 0;
  let high = sums.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sums[middle] ?? 0) > wanted) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The rest at once: the smallest of exponential times comes first, which gives the same chances (Efraimidis, Spirakis). */
function drawRest({ sums }: Urn, dice: Dice, drawn: ReadonlySet<number>): number[] {
  const times: { index: number; time: number }[] = [];
  sums.forEach((sum, index) => {
    if (drawn.has(index)) return;
    const weight = sum - (sums[index - 1] ?? 0);
    times.push({ index, time: -Math.log(1 - roll(dice)) / weight });
  });
  return times.sort((left, right) => left.time - right.time).map(({ index }) => index);
}

/**
 * The indexes in a random order. Mostly the first few are enough, so they are drawn one by one; only who goes on for long
 * pays for all.
 */
export function* drawAll(urn: Urn, dice: Dice): Generator<number> {
  const { length } = urn.sums;
  const drawn = new Set<number>();
  for (let draws = 0; draws < length && drawn.size < length; draws++) {
    const index = drawOne(urn, dice);
    if (drawn.has(index)) continue;
    drawn.add(index);
    yield index;
  }
  if (drawn.size < length) yield* drawRest(urn, dice, drawn);
}

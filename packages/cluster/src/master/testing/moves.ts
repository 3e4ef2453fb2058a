// Things that happen to a master at random, for properties that hold whatever happens.
import fc from "fast-check";

/** One thing that happens; numbers choose among what there is at that moment. */
export interface Move<Kind extends string> {
  kind: Kind;
  a: number;
  b: number;
}

/** Between `minLength` and `maxLength` moves, each kind as often as its weight says. */
export function movesOf<Kind extends string>(
  weights: Readonly<Record<Kind, number>>,
  length: { minLength: number; maxLength: number },
): fc.Arbitrary<Move<Kind>[]> {
  const kinds = (Object.keys(weights) as Kind[]).map((kind) => ({
    weight: weights[kind],
    arbitrary: fc.constant(kind),
  }));
  const number = fc.integer({ min: 0, max: 30 });
  const move = fc.record({ kind: fc.oneof(...kinds), a: number, b: number });
  return fc.array(move, { ...length, size: "max" });
}

/** The `n`th of what there is, if anything. */
export function pick<T>(items: Iterable<T>, n: number): T | undefined {
  const all = [...items];
  return all[n % Math.max(1, all.length)];
}

// Repetitions against noise.
import type { Figure } from "../figure.ts";
import { median } from "../quantile.ts";

/** Runs one after the other, and takes the median of each figure. */
export async function medianFigures(repetitions: number, run: () => Promise<Figure[]>): Promise<Figure[]> {
  const runs: Figure[][] = [];
  for (let repetition = 0; repetition < repetitions; repetition++) runs.push(await run());
  const [first = []] = runs;
  return first.map((figure, index) => ({
    ...figure,
    value: median(runs.map((figures) => figures[index]?.value ?? Number.NaN)),
  }));
}

// What a benchmark gives: numbers with the least that is good enough.

export interface Target {
  readonly bound: number;
  readonly better: "more" | "less";
}

export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** Absent: the figure is for information. */
  readonly target?: Target;
}

/** `at least 4,500`: more is better. */
export function atLeast(bound: number): Target {
  return { bound, better: "more" };
}

/** `at most 50 ms`: less is better. */
export function atMost(bound: number): Target {
  return { bound, better: "less" };
}

/** Undefined for a figure without a target; a figure that is no number meets none. */
export function meetsTarget({ value, target }: Figure): boolean | undefined {
  if (target === undefined) return undefined;
  return target.better === "more" ? value >= target.bound : value <= target.bound;
}

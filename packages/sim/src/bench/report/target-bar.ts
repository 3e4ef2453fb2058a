// How near a figure is to its target, as a bar.
import type { Figure } from "../figure.ts";

const CELLS = 20;

/** Where the target is; what reaches to the left of it is good when less is better, to the right when more is. */
const TARGET_CELL = 10;

/** `██████····|·········`: the bar is the value, `|` the target; undefined without a target. */
export function targetBar({ value, target }: Figure): string | undefined {
  if (target === undefined || !Number.isFinite(value)) return undefined;
  const filled = Math.max(0, Math.min(CELLS, Math.round((value / target.bound) * TARGET_CELL)));
  const cells = "█".repeat(filled) + "·".repeat(CELLS - filled);
  return `${cells.slice(0, TARGET_CELL)}|${cells.slice(TARGET_CELL)}`;
}

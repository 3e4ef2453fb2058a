// One figure as a line of the table, or of JSON.
import { type Figure, meetsTarget } from "../figure.ts";
import { formatNumber } from "./format-number.ts";
import { targetBar } from "./target-bar.ts";

const NAME_WIDTH = 62;
const VALUE_WIDTH = 14;
const TARGET_WIDTH = 14;

/** Name, value, target, bar, verdict. */
export function figureLine(figure: Figure): string {
  const { name, value, unit, target } = figure;
  const meets = meetsTarget(figure);
  const bound = target && `${target.better === "more" ? "≥" : "≤"} ${formatNumber(target.bound)} ${unit}`;
  const cells = [
    name.padEnd(NAME_WIDTH),
    `${formatNumber(value)} ${unit}`.padStart(VALUE_WIDTH),
    (bound ?? "").padStart(TARGET_WIDTH),
    targetBar(figure) ?? "",
    meets === undefined ? "" : meets ? "ok" : "MISSED",
  ];
  return cells.join("  ").trimEnd();
}

/** The same for programs. */
export function figureJson(benchmark: string, figure: Figure): string {
  return JSON.stringify({ benchmark, ...figure, ok: meetsTarget(figure) });
}

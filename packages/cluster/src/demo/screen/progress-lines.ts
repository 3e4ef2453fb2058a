// Draws the progress of the demonstration as lines of text. Pure: a view in, lines out.
import { filled, sparkline } from "./bar.ts";
import type { Paint, Style } from "./paint.ts";

export interface FrameworkView {
  name: string;
  weight: number;
  total: number;
  done: number;
  running: number;
  failed: number;
  /** What it does now: "map", "reduce", "checksum". */
  phase: string;
  /** Dominant share in [0, 1] as the master's allocator sees it, the newest last. */
  shares: readonly number[];
}

export interface ProgressView {
  elapsedMs: number;
  frameworks: readonly FrameworkView[];
}

export interface Canvas {
  paint: Paint;
  /** Width of the terminal; no line is longer. */
  columns: number;
}

/** Columns beside a bar: name before it, figures after it. */
const BESIDE_BAR = 47;
const MIN_BAR_CELLS = 8;
const MAX_BAR_CELLS = 32;

/** Anything narrower gets sentences instead of bars. */
export const MIN_COLUMNS: number = BESIDE_BAR + MIN_BAR_CELLS;

const STYLES: readonly Style[] = ["cyan", "yellow", "green", "magenta"];

const percent = (fraction: number): string => `${Math.round(fraction * 100)}%`;

const styleOf = (index: number): Style => STYLES[index % STYLES.length] ?? "cyan";

const newest = ({ shares }: FrameworkView): number => shares.at(-1) ?? 0;

function line(label: string, middle: string, { figure, rest }: { figure: string; rest: string }): string {
  return `  ${label.padEnd(10)} ${middle} ${figure.padStart(4)}  ${rest}`;
}

function frameworkLines(view: FrameworkView, style: Style, { paint, columns }: Canvas): string[] {
  const cells = Math.min(MAX_BAR_CELLS, Math.max(MIN_BAR_CELLS, columns - BESIDE_BAR));
  const done = view.total === 0 ? 0 : view.done / view.total;
  const full = filled(done, cells);
  const drawn = paint(full, style) + paint("·".repeat(cells - full.length), "dim");
  const failed = view.failed > 0 ? paint(`  ${view.failed} failed`, "red") : "";
  const width = String(view.total).length;
  const counts = `${String(view.done).padStart(width)}/${view.total} tasks${failed}`;
  const running = view.running > 0 && view.failed === 0 ? paint(`, ${view.running} running`, "dim") : "";
  const curve = sparkline(view.shares, cells);
  const name = paint(view.name.padEnd(10), "bold");
  return [
    line(name, drawn, { figure: percent(done), rest: counts + running }),
    line(paint(view.phase.padEnd(10), "dim"), paint(curve, style) + " ".repeat(cells - curve.length), {
      figure: percent(newest(view)),
      rest: paint(`dominant share, weight ${view.weight}`, "dim"),
    }),
  ];
}

/** One bar for the whole cluster: who holds which part of it. */
function clusterLine({ frameworks, elapsedMs }: ProgressView, { paint, columns }: Canvas): string {
  const cells = Math.min(MAX_BAR_CELLS, Math.max(MIN_BAR_CELLS, columns - BESIDE_BAR));
  let used = 0;
  let drawnCells = 0;
  let drawn = "";
  for (const [index, framework] of frameworks.entries()) {
    used = Math.min(1, used + newest(framework));
    const end = Math.round(used * cells);
    drawn += paint("█".repeat(end - drawnCells), styleOf(index));
    drawnCells = end;
  }
  drawn += paint("·".repeat(cells - drawnCells), "dim");
  const seconds = `${(elapsedMs / 1000).toFixed(1)} s`;
  return line(paint("cluster".padEnd(10), "bold"), drawn, {
    figure: percent(used),
    rest: `in use, ${seconds}`,
  });
}

/** The whole picture: two lines a framework, and one for what they share. */
export function progressLines(view: ProgressView, canvas: Canvas): string[] {
  return [
    ...view.frameworks.flatMap((framework, index) => frameworkLines(framework, styleOf(index), canvas)),
    clusterLine(view, canvas),
  ];
}

/** The same in one line, for a log that nobody can redraw. */
export function progressSentence(view: ProgressView): string {
  const parts = view.frameworks.map((framework) => {
    const { name, phase, done, total, failed } = framework;
    const failures = failed > 0 ? `, ${failed} failed` : "";
    return `${name} ${phase} ${done}/${total}${failures} (share ${percent(newest(framework))})`;
  });
  return `${(view.elapsedMs / 1000).toFixed(1).padStart(6)} s  ${parts.join("   ")}`;
}

// Draws the progress of the demonstration as lines of text. Pure: a view in, lines out.

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

export interface Paint {
  /** Whether escape codes for colour may be used. */
  color: boolean;
}

const BAR_CELLS = 28;
const EIGHTHS = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
const SPARKS = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];
const COLORS = [36, 35, 33, 32];

/** How many of the newest shares a line shows. */
export const SHARES_SHOWN = 24;

function painted(text: string, code: number, { color }: Paint): string {
  return color ? `\u001b[${code}m${text}\u001b[0m` : text;
}

/** A bar of fixed width, drawn to an eighth of a cell. */
export function bar(fraction: number, cells: number = BAR_CELLS): string {
  const eighths = Math.round(Math.min(1, Math.max(0, fraction)) * cells * 8);
  const filled = "█".repeat(Math.floor(eighths / 8)) + (EIGHTHS[eighths % 8] ?? "");
  return filled.padEnd(cells, "·");
}

/** A small curve of values in [0, 1]. */
export function sparkline(values: readonly number[]): string {
  return values
    .slice(-SHARES_SHOWN)
    .map((value) => SPARKS[Math.min(7, Math.floor(Math.max(0, value) * 8))] ?? "")
    .join("");
}

function percent(fraction: number): string {
  return `${Math.round(fraction * 100)}%`;
}

function frameworkLines(view: FrameworkView, index: number, paint: Paint): string[] {
  const done = view.total === 0 ? 0 : view.done / view.total;
  const failed = view.failed > 0 ? painted(`  ${view.failed} failed`, 31, paint) : "";
  const counts = `${String(view.done).padStart(4)}/${view.total} tasks, ${view.running} running`;
  const share = view.shares.at(-1) ?? 0;
  return [
    `  ${view.name.padEnd(10)} ${painted(bar(done), COLORS[index % COLORS.length] ?? 36, paint)} ${percent(done).padStart(4)}  ${counts}  ${view.phase}${failed}`,
    `  ${"".padEnd(10)} weight ${view.weight}, dominant share ${percent(share).padStart(4)}  ${painted(sparkline(view.shares), 90, paint)}`,
  ];
}

/** The whole picture, two lines a framework. */
export function progressLines(view: ProgressView, paint: Paint): string[] {
  return view.frameworks.flatMap((framework, index) => frameworkLines(framework, index, paint));
}

/** The same in one line, for a log that nobody can redraw. */
export function progressSentence(view: ProgressView): string {
  const parts = view.frameworks.map(
    (f) => `${f.name} ${f.phase} ${f.done}/${f.total} (share ${percent(f.shares.at(-1) ?? 0)})`,
  );
  return `${(view.elapsedMs / 1000).toFixed(1).padStart(6)} s  ${parts.join("   ")}`;
}

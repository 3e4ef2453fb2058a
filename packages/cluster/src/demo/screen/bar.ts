// Bars and curves made of letters, an eighth of a cell fine. Pure.

const EIGHTHS = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
const SPARKS = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];

/** The filled part of a bar of `cells` letters. */
export function filled(fraction: number, cells: number): string {
  const eighths = Math.round(Math.min(1, Math.max(0, fraction)) * cells * 8);
  return "█".repeat(Math.floor(eighths / 8)) + (EIGHTHS[eighths % 8] ?? "");
}

/**
 * A curve over values in [0, 1], at most `cells` letters long: with more values than that, each letter is the mean of
 * its part, so that the curve always shows everything from the beginning.
 */
export function sparkline(values: readonly number[], cells: number): string {
  const letters = Math.min(values.length, cells);
  return Array.from({ length: letters }, (_, index) => {
    const part = values.slice(
      Math.floor((index * values.length) / letters),
      Math.floor(((index + 1) * values.length) / letters),
    );
    const mean = part.reduce((sum, value) => sum + value, 0) / part.length;
    return SPARKS[Math.min(7, Math.max(0, Math.floor(mean * 8)))];
  }).join("");
}

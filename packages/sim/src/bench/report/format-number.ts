// Numbers as people read them.

/** Three significant digits for small numbers, whole ones with separators for large: `0.105`, `48.2`, `5,900`. */
export function formatNumber(value: number): string {
  if (!Number.isFinite(value)) return "none";
  if (Math.abs(value) >= 100) return Math.round(value).toLocaleString("en-US");
  return Number(value.toPrecision(3)).toString();
}

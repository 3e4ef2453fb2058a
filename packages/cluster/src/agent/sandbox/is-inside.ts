// Whether one path lies below another.
import { isAbsolute, relative, sep } from "node:path";

/** Whether `path` is `root` or below it; both absolute and normalized. No I/O. */
export function isInside(root: string, path: string): boolean {
  const rest = relative(root, path);
  return rest === "" || (rest !== ".." && !rest.startsWith(`..${sep}`) && !isAbsolute(rest));
}

// Keeps paths that others name inside the directory they are meant for.
import { lstat, realpath } from "node:fs/promises";
import { isAbsolute, join, normalize, relative, sep } from "node:path";

/** Whether `path` is `root` or below it; both absolute and normalized. No I/O. */
export function isInside(root: string, path: string): boolean {
  const rest = relative(root, path);
  return rest === "" || (rest !== ".." && !rest.startsWith(`..${sep}`) && !isAbsolute(rest));
}

/**
 * Where `name` lies below `root`, or undefined when it would leave it: by an absolute path, by `..`, or by a symbolic
 * link in any of its parents. The last segment need not exist and is not followed.
 */
export async function resolveInside(root: string, name: string): Promise<string | undefined> {
  if (isAbsolute(name) || name.includes("\0")) return undefined;
  const path = join(root, normalize(name));
  if (!isInside(root, path)) return undefined;
  const realRoot = await realpath(root);
  let at = realRoot;
  const segments = relative(root, path)
    .split(sep)
    .filter((segment) => segment !== "");
  for (const segment of segments.slice(0, -1)) {
    at = join(at, segment);
    const found = await lstat(at).catch(() => undefined);
    if (found === undefined) break;
    if (!found.isSymbolicLink()) continue;
    const target = await realpath(at).catch(() => undefined);
    if (target === undefined || !isInside(realRoot, target)) return undefined;
    at = target;
  }
  return path;
}

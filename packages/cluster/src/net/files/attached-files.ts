// Single files shown under names of their own, such as a log.
import { access } from "node:fs/promises";
import type { VirtualFiles } from "./virtual-files.ts";

/** What rotation adds to a name: `.1`, `.2.gz`, `-20250131`. */
const ROTATED = /[.-]\d{1,8}(?:\.gz)?$/;

/**
 * Shows each file under its virtual path, older ones that were rotated away under that path with their suffix
 * (`/slave/log.1`), and nothing else, to those who may. One that is not there yet appears when it is.
 */
export function attachedFiles(
  attached: Readonly<Record<string, string>>,
  isAllowed: () => boolean = () => true,
): VirtualFiles {
  const paths = new Map(Object.entries(attached));
  return {
    async resolve(virtual) {
      const asked = virtual.replace(/\/$/, "");
      const suffix = paths.has(asked) ? "" : (ROTATED.exec(asked)?.[0] ?? "");
      const path = paths.get(asked.slice(0, asked.length - suffix.length));
      if (path === undefined) return { kind: "missing" };
      if (!isAllowed()) return { kind: "forbidden" };
      return access(path + suffix).then(
        () => ({ kind: "found", path: path + suffix }) as const,
        () => ({ kind: "missing" }) as const,
      );
    },
    attached: () => ({ ...attached }),
  };
}

// Single files shown under names of their own, such as a log.
import { access } from "node:fs/promises";
import type { VirtualFiles } from "./virtual-files.ts";

/** Shows each file under its virtual path and nothing else; one that is not there yet appears when it is. */
export function attachedFiles(attached: Readonly<Record<string, string>>): VirtualFiles {
  const paths = new Map(Object.entries(attached));
  return {
    async resolve(virtual) {
      const path = paths.get(virtual.replace(/\/$/, ""));
      if (path === undefined) return { kind: "missing" };
      return access(path).then(
        () => ({ kind: "found", path }) as const,
        () => ({ kind: "missing" }) as const,
      );
    },
    attached: () => ({ ...attached }),
  };
}

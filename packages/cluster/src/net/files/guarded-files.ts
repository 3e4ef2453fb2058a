// Files that not everybody may see.
import type { VirtualFiles } from "./virtual-files.ts";

/** The same files, less those that `isAllowed` forbids. */
export function guardedFiles(files: VirtualFiles, isAllowed: (path: string) => boolean): VirtualFiles {
  return {
    resolve: async (path) => (isAllowed(path) ? files.resolve(path) : { kind: "forbidden" }),
    attached: () => files.attached(),
  };
}

// What a test has left open.
import { readdirSync, readlinkSync } from "node:fs";

/** What this process holds open below a folder, by whatever path: other tests' descriptors do not count. */
export function openBelow(folder: string): string[] {
  return readdirSync("/proc/self/fd").flatMap((descriptor) => {
    try {
      const path = readlinkSync(`/proc/self/fd/${descriptor}`);
      return path === folder || path.startsWith(`${folder}/`) ? [path] : [];
    } catch {
      // The descriptor of the listing itself.
      return [];
    }
  });
}

// The names in a folder.
import { readdirSync } from "node:fs";

/** None when it cannot be read, or is not there. */
export function listFolder(path: string): string[] {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
}

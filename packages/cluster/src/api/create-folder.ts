// Folders that a master or agent keeps its state in.
import { accessSync, constants, mkdirSync } from "node:fs";

/** Creates a folder with its parents. Throws an error that says what cannot be done and why. */
export function createFolder(path: string, purpose: string): void {
  try {
    mkdirSync(path, { recursive: true });
    accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(`Failed to create ${purpose} '${path}': ${why}`, { cause: error });
  }
}

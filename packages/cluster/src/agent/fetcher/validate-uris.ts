// Says what is wrong with the URIs of a command before anything is fetched.
import { isAbsolute, normalize } from "node:path";
import type { CommandInfoURI } from "@mezzo/wire";
import { uriBasename } from "./uri.ts";

/**
 * The first error or undefined, in the words of `src/slave/containerizer/fetcher.cpp`. Unlike there, an output file that
 * leaves the sandbox by `..` is refused too.
 */
export function validateUris(uris: readonly CommandInfoURI[]): string | undefined {
  for (const { value, output_file: file } of uris) {
    const name = uriBasename(value);
    if (!name.ok) return name.error;
    if (file === undefined) continue;
    if (file === "") return "URI output file path is empty";
    const path = normalize(file);
    if (isAbsolute(path) || path === ".." || path.startsWith("../") || file.includes("\0")) {
      return "URI output file must be within the sandbox directory";
    }
  }
  return undefined;
}

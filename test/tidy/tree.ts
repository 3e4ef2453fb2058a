// Reads the tree once for the tests that look at how the code is written.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

export interface SourceFile {
  /** Relative to the repository's root. */
  path: string;
  text: string;
  lines: string[];
}

const root = join(import.meta.dirname, "../..");

/** The project's own text files that git knows or would take, without recorded data and generated code. */
export function sourceFiles(): SourceFile[] {
  const listed = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], {
    cwd: root,
    encoding: "utf8",
    maxBuffer: 16 * 1024 * 1024,
  });
  return listed
    .split("\n")
    .filter((path) => /\.(ts|tsx|mjs|js|sh|md|json|proto|yml)$/.test(path) && existsSync(join(root, path)))
    .filter(
      (path) => !/\.gen\.ts$|^test\/(conformance\/\w+-suite|reference)\/|^package-lock\.json$/.test(path),
    )
    .map((path) => {
      const text = readFileSync(join(root, path), "utf8");
      return { path, text, lines: text.split("\n") };
    });
}

/** TypeScript of the packages and the tests. */
export function typescriptFiles(): SourceFile[] {
  return sourceFiles().filter(({ path }) => /\.tsx?$/.test(path));
}

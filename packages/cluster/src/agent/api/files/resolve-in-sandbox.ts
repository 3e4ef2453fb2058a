// Finds a file of a sandbox without ever leaving it.
import { realpath, stat } from "node:fs/promises";
import { relative } from "node:path";
import type { ListedEntry, ResolvedPath } from "../../../net/files/virtual-files.ts";
import { isInside } from "../../sandbox/is-inside.ts";
import { listInSandbox } from "./list-in-sandbox.ts";

/** Follows `FilesProcess::resolve` of Mesos: what links and `..` in `rest` lead to has to lie in the sandbox. */
export async function resolveInSandbox(sandbox: string, rest: string): Promise<ResolvedPath> {
  // Not normalized: `a/..` needs an `a`, and a link before `..` leads where it leads.
  const asked = rest === "" ? sandbox : `${sandbox}/${rest}`;
  try {
    const [realSandbox, path] = await Promise.all([realpath(sandbox), realpath(asked)]);
    if (!isInside(realSandbox, path)) return { kind: "refused", words: `'${asked}' is inaccessible.\n` };
    await stat(path);
    const list = (): Promise<ListedEntry[]> => listInSandbox(sandbox, relative(realSandbox, path));
    return { kind: "found", path, isReal: true, list };
  } catch {
    return { kind: "missing" };
  }
}

// Fetches one URI into a sandbox.
import { chmod } from "node:fs/promises";
import type { CommandInfoURI } from "@mezzo/wire";
import { copyLocalFile } from "./copy-local-file.ts";
import { download } from "./download.ts";
import { extractArchive } from "./extract.ts";
import type { FetchContext } from "./fetch-context.ts";
import { isHttpUri, localPath, uriBasename } from "./uri.ts";

/** Everyone may run it, only its owner change it. */
const EXECUTABLE_MODE = 0o755;

/**
 * Fetches a URI that `validateUris` found nothing wrong with; resolves with the path of the file. Rejects with the
 * reason. Follows `fetchBypassingCache` in `src/launcher/fetcher.cpp`.
 */
export async function fetchUri(context: FetchContext, uri: CommandInfoURI): Promise<string> {
  context.log("I", `Fetching URI '${uri.value}'`);
  context.log("I", `Fetching '${uri.value}' directly into the sandbox directory`);
  // A leading space has always been forgiven.
  const source = uri.value.trimStart();
  const basename = uriBasename(source);
  if (!basename.ok) throw new Error(basename.error);
  const path = await bring(context, source, uri.output_file ?? basename.value);
  if (uri.executable === true) await chmod(path, EXECUTABLE_MODE);
  else if ((uri.extract ?? true) && !(await extractArchive(context, path)) && uri.extract !== undefined) {
    context.log(
      "W",
      "Copying instead of extracting resource from URI with 'extract' flag, " +
        `because it does not seem to be an archive: ${uri.value}`,
    );
  }
  return path;
}

async function bring(context: FetchContext, source: string, name: string): Promise<string> {
  const local = localPath(source, context.frameworksHome);
  if (!local.ok) throw new Error(local.error);
  if (local.value !== undefined) return copyLocalFile(context, local.value, name);
  if (!isHttpUri(source)) {
    const scheme = source.slice(0, source.indexOf("://"));
    throw new Error(`the scheme '${scheme}' is not implemented: use http, https, file or a path`);
  }
  context.log("I", `Downloading resource from '${source}' to '${context.sandbox}/${name}'`);
  return download(context, source, name);
}

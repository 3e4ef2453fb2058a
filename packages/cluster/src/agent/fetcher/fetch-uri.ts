// Fetches one URI into a sandbox.
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import type { CommandInfoURI } from "@mezzo/wire";
import { copyFromHadoop } from "./copy-from-hadoop.ts";
import { copyLocalFile } from "./copy-local-file.ts";
import { download } from "./download.ts";
import { type Archive, extractArchive } from "./extract.ts";
import type { FetchCache } from "./fetch-cache.ts";
import type { FetchContext } from "./fetch-context.ts";
import { isHttpUri, localPath, uriBasename } from "./uri.ts";
import { type FetchTarget, readFile, writeFile } from "./write-into-sandbox.ts";

/** Everyone may run it, only its owner change it. */
const EXECUTABLE_MODE = 0o755;

/**
 * Fetches a URI that `validateUris` found nothing wrong with; resolves with the path of the file, or of the sandbox when
 * it was unpacked from the cache. Rejects with the reason. Follows `fetch` in `src/launcher/fetcher.cpp`.
 */
export async function fetchUri(
  context: FetchContext,
  uri: CommandInfoURI,
  cache?: { files: FetchCache; user: string },
): Promise<string> {
  context.log("I", `Fetching URI '${uri.value}'`);
  // A leading space has always been forgiven.
  const source = uri.value.trimStart();
  const basename = uriBasename(source);
  if (!basename.ok) throw new Error(basename.error);
  const name = uri.output_file ?? basename.value;
  if (cache && uri.cache === true) {
    context.log("I", `Fetching URI '${uri.value}' from cache`);
    return cache.files.with(
      { key: `${cache.user}@${source}`, name: basename.value },
      (file) => bring({ ...context, sandbox: file.directory }, source, { name: file.name }),
      (path) => retrieve(context, uri, { path, name }),
    );
  }
  context.log("I", `Fetching '${uri.value}' directly into the sandbox directory`);
  const executable = uri.executable === true;
  const path = await bring(context, source, { name, ...(executable && { mode: EXECUTABLE_MODE }) });
  if (!executable && (uri.extract ?? true)) {
    await readFile(context, name, (content) => extract(context, uri, { path, content }));
  }
  return path;
}

/** Takes a file out of the cache; an archive is unpacked from there and not copied. */
async function retrieve(
  context: FetchContext,
  uri: CommandInfoURI,
  cached: { path: string; name: string },
): Promise<string> {
  const executable = uri.executable === true;
  if (
    !executable &&
    (uri.extract ?? true) &&
    (await extract(context, uri, { path: cached.path, content: cached.path }))
  ) {
    return context.sandbox;
  }
  const mode = executable ? EXECUTABLE_MODE : (await stat(cached.path)).mode;
  return writeFile(context, { name: cached.name, mode }, () => createReadStream(cached.path));
}

async function extract(context: FetchContext, uri: CommandInfoURI, archive: Archive): Promise<boolean> {
  const extracted = await extractArchive(context, archive);
  if (!extracted && uri.extract !== undefined) {
    context.log(
      "W",
      "Copying instead of extracting resource from URI with 'extract' flag, " +
        `because it does not seem to be an archive: ${uri.value}`,
    );
  }
  return extracted;
}

async function bring(context: FetchContext, source: string, target: FetchTarget): Promise<string> {
  const local = localPath(source, context.frameworksHome);
  if (!local.ok) throw new Error(local.error);
  if (local.value !== undefined) return copyLocalFile(context, local.value, target);
  const path = join(context.sandbox, target.name);
  if (!isHttpUri(source)) {
    context.log("I", `Downloading resource with Hadoop client from '${source}' to '${path}'`);
    return copyFromHadoop(context, source, target);
  }
  context.log("I", `Downloading resource from '${source}' to '${path}'`);
  return download(context, source, target);
}

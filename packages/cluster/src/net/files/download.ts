// GET /files/download: a file as it is.
import { stat } from "node:fs/promises";
import { basename } from "node:path";
import type { HttpResponse } from "../http/http-response.ts";
import { errorResponse } from "../http/responses.ts";
import { mediaTypeOf } from "./media-types.ts";
import { openFound } from "./open-found.ts";
import type { ResolvedPath, VirtualFiles } from "./virtual-files.ts";

/** Smaller files are sent in one piece with their length. */
const ONE_PIECE_BYTES = 1024 * 1024;

/** The file, or why not, in the words of `FilesProcess::_download` of Mesos. */
export async function downloadFile(files: VirtualFiles, path: string): Promise<HttpResponse> {
  const found = await files.resolve(path);
  if (found.kind === "missing") return errorResponse(404);
  if (found.kind === "forbidden") return errorResponse(403);
  if (found.kind === "refused") return errorResponse(400, found.words);
  const stats = await stat(found.path);
  if (stats.isDirectory()) return errorResponse(400, "Cannot download a directory.\n");
  if (!stats.isFile()) return errorResponse(400, `'${path}' is not a file.\n`);
  return {
    status: 200,
    headers: {
      "Content-Type": mediaTypeOf(found.path),
      // A task names its files as it likes; a header takes only some of it.
      "Content-Disposition": `attachment; filename=${basename(found.path).replace(/[^ -~]/g, "_")}`,
    },
    body: await contentOf(found, stats.size),
  };
}

async function contentOf(
  found: Extract<ResolvedPath, { kind: "found" }>,
  size: number,
): Promise<NonNullable<HttpResponse["body"]>> {
  const file = await openFound(found);
  if (size > ONE_PIECE_BYTES) return file.createReadStream();
  try {
    return await file.readFile();
  } finally {
    await file.close();
  }
}

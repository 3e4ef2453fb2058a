// The parts of LIST_FILES, READ_FILE and READ_LOG that answers of masters and agents have in common.
import type { FileInfo } from "@mezzo/wire";
import type { HttpResponse } from "../http/http-response.ts";
import { errorResponse } from "../http/responses.ts";
import { listFiles, readFilePart } from "./read-files.ts";
import type { VirtualFiles } from "./virtual-files.ts";

/** Where to read; without a length, as much as one answer holds. */
interface Part {
  offset?: number | undefined;
  length?: number | undefined;
}

/** The size of the whole and the part in base64. */
export interface FileData {
  size: number;
  data: string;
}

/** The content of a folder, or a refusal. */
export async function answerList(
  files: VirtualFiles,
  { path }: { path: string } = { path: "" },
): Promise<{ file_infos?: FileInfo[] } | HttpResponse> {
  const listed = await listFiles(files, path);
  if (!Array.isArray(listed)) return errorResponse(listed.status, listed.words);
  return listed.length === 0 ? {} : { file_infos: listed };
}

/** A part of a file, or a refusal. */
export async function answerRead(
  files: VirtualFiles,
  { path, offset = 0, length }: Part & { path: string } = { path: "" },
): Promise<FileData | HttpResponse> {
  const part = await readFilePart(files, path, { offset, ...(length !== undefined && { length }) });
  if ("words" in part) return errorResponse(part.status, part.words);
  return { size: part.size, data: part.data.toString("base64") };
}

/** A part of the log of the process itself, which stands in `logFile` and is shown as `path`. */
export async function answerOwnLog(
  files: VirtualFiles,
  { path, logFile }: { path: string; logFile: string | undefined },
  part: Part = {},
): Promise<FileData | HttpResponse> {
  if (logFile === undefined) {
    return errorResponse(404, "There is no log file: neither --log_dir nor --external_log_file was given");
  }
  const read = await answerRead(files, { path, ...part });
  if (!("status" in read) || read.status !== 404) return read;
  return errorResponse(404, `There is no log file at '${logFile}'`);
}

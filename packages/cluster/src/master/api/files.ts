// The files a master shows: its log.
import type { MasterCall, MediaType } from "@mezzo/wire";
import { encode } from "@mezzo/wire";
import { attachedFiles } from "../../net/files/attached-files.ts";
import { listFiles, readFilePart } from "../../net/files/read-files.ts";
import type { VirtualFiles } from "../../net/files/virtual-files.ts";
import type { HttpResponse } from "../../net/http/http-response.ts";
import { bodyResponse, errorResponse } from "../../net/http/responses.ts";
import { may } from "../authorization/may.ts";
import type { MasterState } from "../state.ts";

/** Where the log stands. @see Mesos src/master/master.cpp Master::initialize */
const LOG_PATH = "/master/log";

/** The master's log, when it writes one or was told of one, for those who may read it. */
export function masterFiles(state: MasterState): (principal: string | undefined) => VirtualFiles {
  const { logFile } = state.options;
  const attached: Record<string, string> = logFile === undefined ? {} : { [LOG_PATH]: logFile };
  return (principal) => attachedFiles(attached, () => may(state, principal, "ACCESS_MESOS_LOG"));
}

/** LIST_FILES. @see Mesos src/master/http.cpp Master::Http::listFiles */
export async function answerListFiles(
  files: VirtualFiles,
  call: MasterCall,
  type: MediaType,
): Promise<HttpResponse> {
  const listed = await listFiles(files, call.list_files?.path ?? "");
  if (!Array.isArray(listed)) return errorResponse(listed.status, listed.words);
  const list = listed.length === 0 ? {} : { file_infos: listed };
  return bodyResponse(encode("MasterResponse", { type: "LIST_FILES", list_files: list }, type), type);
}

/** READ_FILE. @see Mesos src/master/http.cpp Master::Http::readFile */
export async function answerReadFile(
  files: VirtualFiles,
  call: MasterCall,
  type: MediaType,
): Promise<HttpResponse> {
  const { path = "", offset = 0, length } = call.read_file ?? {};
  const part = await readFilePart(files, path, { offset, ...(length === undefined ? {} : { length }) });
  if ("words" in part) return errorResponse(part.status, part.words);
  const read = { size: part.size, data: part.data.toString("base64") };
  return bodyResponse(encode("MasterResponse", { type: "READ_FILE", read_file: read }, type), type);
}

// The files a master shows: its log.
import { encode, type MasterCall, type MasterResponse, type MediaType } from "@mezzo/wire";
import { answerList, answerOwnLog, answerRead } from "../../net/files/answer-files.ts";
import { attachedFiles } from "../../net/files/attached-files.ts";
import type { VirtualFiles } from "../../net/files/virtual-files.ts";
import type { HttpResponse } from "../../net/http/http-response.ts";
import { bodyResponse } from "../../net/http/responses.ts";
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

type FilesCall = MasterCall & { type: "LIST_FILES" | "READ_FILE" | "READ_LOG" };

/** Whether a call is about files. */
export function isFilesCall(call: MasterCall): call is FilesCall {
  return call.type === "LIST_FILES" || call.type === "READ_FILE" || call.type === "READ_LOG";
}

/** Answers one in `type`; `logFile` is the master's own. @see Mesos src/master/http.cpp */
export async function answerFilesCall(
  files: VirtualFiles,
  call: FilesCall,
  { type, logFile }: { type: MediaType; logFile: string | undefined },
): Promise<HttpResponse> {
  const answer = await answerOf(files, call, logFile);
  return "status" in answer ? answer : bodyResponse(encode("MasterResponse", answer, type), type);
}

async function answerOf(
  files: VirtualFiles,
  call: FilesCall,
  logFile: string | undefined,
): Promise<MasterResponse | HttpResponse> {
  const { type } = call;
  if (type === "LIST_FILES") {
    const list = await answerList(files, call.list_files);
    return "status" in list ? list : { type, list_files: list };
  }
  if (type === "READ_FILE") {
    const read = await answerRead(files, call.read_file);
    return "status" in read ? read : { type, read_file: read };
  }
  const read = await answerOwnLog(files, { path: LOG_PATH, logFile }, call.read_log);
  return "status" in read ? read : { type, read_log: read };
}

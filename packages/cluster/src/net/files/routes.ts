// The endpoints of the process `files` (docs/endpoints/files of Mesos, src/files/files.cpp).
import type { HttpRequest } from "../http/http-request.ts";
import type { HttpAnswer, HttpResponse } from "../http/http-response.ts";
import { jsonAnswer } from "../http/json-answer.ts";
import { bodyResponse, errorResponse } from "../http/responses.ts";
import { downloadFile } from "./download.ts";
import { fileModel } from "./file-info.ts";
import { jsonBytes } from "./json-bytes.ts";
import { listFiles, readFilePart } from "./read-files.ts";
import type { VirtualFiles } from "./virtual-files.ts";

type Query = HttpRequest["query"];

const NO_PATH = "Expecting 'path=value' in query.\n";

/** A route whose handler is told who asks. */
interface FilesRoute<Caller> {
  readonly process: string;
  readonly path: string;
  readonly handle: (request: HttpRequest, caller?: Caller) => HttpAnswer;
}

/**
 * `/files/browse`, `/files/read`, `/files/download` and `/files/debug`. `filesOf` is what a caller may see; undefined is a
 * caller who did not authenticate.
 */
export function filesRoutes<Caller>(
  filesOf: (caller: Caller | undefined) => VirtualFiles,
): FilesRoute<Caller>[] {
  const withPath =
    (answer: (files: VirtualFiles, path: string, query: Query) => Promise<HttpResponse>) =>
    ({ query }: HttpRequest, caller?: Caller): HttpAnswer => {
      const path = query.get("path");
      if (path === undefined || path === "") return errorResponse(400, NO_PATH);
      return answer(filesOf(caller), path, query);
    };
  return [
    { process: "files", path: "/browse", handle: withPath(browse) },
    { process: "files", path: "/read", handle: withPath(read) },
    { process: "files", path: "/download", handle: withPath(downloadFile) },
    {
      process: "files",
      path: "/debug",
      handle: ({ query }, caller) => jsonAnswer(filesOf(caller).attached(), query),
    },
  ];
}

async function browse(files: VirtualFiles, path: string, query: Query): Promise<HttpResponse> {
  const listed = await listFiles(files, path);
  if (!Array.isArray(listed)) return errorResponse(listed.status, listed.words);
  return jsonAnswer(listed.map(fileModel), query);
}

async function read(files: VirtualFiles, path: string, query: Query): Promise<HttpResponse> {
  const offset = integer(query, "offset");
  if (typeof offset === "string") return errorResponse(400, offset);
  const length = integer(query, "length");
  if (typeof length === "string") return errorResponse(400, length);
  // Viewers ask with an offset of -1 for the size first.
  const from = offset === undefined || offset === -1 ? undefined : offset;
  const part = await readFilePart(files, path, {
    offset: from ?? 0,
    ...(from === undefined ? { length: 0 } : length !== undefined && length >= 0 && { length }),
  });
  if ("words" in part) return errorResponse(part.status, part.words);
  const body = [Buffer.from('{"offset":'), Buffer.from(String(from ?? part.size)), Buffer.from(',"data":')];
  const json = Buffer.concat([...body, jsonBytes(part.data), Buffer.from("}")]);
  const call = query.get("jsonp");
  if (call === undefined) return bodyResponse(json, "application/json");
  return bodyResponse(Buffer.concat([Buffer.from(`${call}(`), json, Buffer.from(")")]), "text/javascript");
}

/** A number of the query, at least -1; undefined when it is not there; a text says what is wrong with it. */
function integer(query: Query, name: string): number | string | undefined {
  const text = query.get(name);
  if (text === undefined) return undefined;
  if (!/^[+-]?\d+$/.test(text) || !Number.isSafeInteger(Number(text))) {
    return `Failed to parse ${name}: Failed to convert '${text}' to number.\n`;
  }
  const value = Number(text);
  return value < -1 ? `Negative ${name} provided: ${value}.\n` : value;
}

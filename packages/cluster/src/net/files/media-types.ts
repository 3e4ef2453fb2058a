// Content types of downloads by the ends of names.
import { extname } from "node:path";

/** Those of 3rdparty/libprocess/src/mime.cpp that are met in sandboxes. */
const MEDIA_TYPES: Readonly<Record<string, string>> = {
  ".bat": "text/plain",
  ".c": "text/plain",
  ".css": "text/css",
  ".gif": "image/gif",
  ".gtar": "application/x-gtar",
  ".h": "text/plain",
  ".htm": "text/html",
  ".html": "text/html",
  ".jpeg": "image/jpeg",
  ".jpg": "image/jpeg",
  ".js": "application/x-javascript",
  ".mp4": "video/mp4",
  ".pdf": "application/pdf",
  ".pl": "text/plain",
  ".png": "image/png",
  ".ps": "application/postscript",
  ".py": "text/x-python",
  ".sh": "application/x-sh",
  ".tar": "application/x-tar",
  ".tsv": "text/tab-separated-values",
  ".txt": "text/plain",
  ".wav": "audio/x-wav",
  ".xml": "text/xml",
  ".zip": "application/zip",
};

/** The media type of a file, by its name: bytes when nothing is known. */
export function mediaTypeOf(path: string): string {
  return MEDIA_TYPES[extname(path)] ?? "application/octet-stream";
}

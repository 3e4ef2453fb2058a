// Puts an error of a system call into the words of strerror(3), which is how Mesos words them.
import { getSystemErrorMap } from "node:util";

/** Where libuv's words differ from those of the C library. */
const WORDS: Readonly<Record<string, string>> = {
  EACCES: "Permission denied",
  EEXIST: "File exists",
  EISDIR: "Is a directory",
  ELOOP: "Too many levels of symbolic links",
  ENAMETOOLONG: "File name too long",
  ENOENT: "No such file or directory",
  ENOSPC: "No space left on device",
  ENOTDIR: "Not a directory",
  ENOTEMPTY: "Directory not empty",
  EPERM: "Operation not permitted",
  EROFS: "Read-only file system",
};

/** "Permission denied" for an EACCES; the message itself for anything that is no error of a system call. */
export function describeSystemError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code, errno } = error as NodeJS.ErrnoException;
  if (code !== undefined && WORDS[code] !== undefined) return WORDS[code];
  const known = errno === undefined ? undefined : getSystemErrorMap().get(errno);
  return known?.[1] ?? error.message;
}

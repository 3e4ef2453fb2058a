// Reads the URIs of a CommandInfo: plain text to Mesos, with slashes that matter and nothing else.
import { isAbsolute, join, posix } from "node:path";
import { failure, success, type Result } from "@mezzo/wire";

const FILE_PREFIX = "file://";

/** The name under which a URI is saved: what follows its last slash (`Fetcher::basename` of Mesos). */
export function uriBasename(uri: string): Result<string> {
  if (/[\\'\0]/.test(uri)) return failure("Illegal characters in URI");
  const scheme = uri.indexOf("://");
  if (scheme <= 1) return success(posix.basename(uri));
  const path = uri.slice(scheme + 3);
  const slash = path.indexOf("/");
  if (slash < 0 || path.length <= slash + 1) return failure(`Malformed URI (missing path): ${uri}`);
  return success(path.slice(path.lastIndexOf("/") + 1));
}

/**
 * The local file a URI names, undefined when it names something elsewhere. A relative path needs `frameworksHome`
 * (`Fetcher::uriToLocalPath` of Mesos).
 */
export function localPath(uri: string, frameworksHome: string): Result<string | undefined> {
  const isFile = uri.startsWith(FILE_PREFIX);
  if (!isFile && uri.includes("://")) return success(undefined);
  const path = isFile ? uri.slice(FILE_PREFIX.length).replace(/^localhost/, "") : uri;
  if (isAbsolute(path)) return success(path);
  if (isFile) return failure("File URI only supports absolute paths");
  if (frameworksHome !== "") return success(join(frameworksHome, path));
  return failure(
    "A relative path was passed for the resource but the Mesos framework home was not specified. " +
      "Please either provide this config option or avoid using a relative path",
  );
}

/** Whether an HTTP client can fetch it. */
export function isHttpUri(uri: string): boolean {
  return /^https?:\/\//.test(uri);
}

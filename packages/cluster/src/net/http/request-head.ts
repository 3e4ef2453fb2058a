// Request line and headers of one request: parsed once, shared by the requests that repeat them.
import { decodeQuery } from "./decode-query.ts";
import { MAX_HEADER_COUNT } from "./limits.ts";

/** What libprocess' parser (http_parser 2.6) takes for a method; anything else ends the connection. */
const METHODS: ReadonlySet<string> = new Set(
  (
    "DELETE GET HEAD POST PUT OPTIONS TRACE COPY LOCK MKCOL MOVE PROPFIND PROPPATCH SEARCH UNLOCK BIND REBIND " +
    "UNBIND ACL REPORT MKACTIVITY CHECKOUT MERGE M-SEARCH NOTIFY SUBSCRIBE UNSUBSCRIBE PATCH PURGE MKCALENDAR " +
    "LINK UNLINK"
  ).split(" "),
);
const LONGEST_METHOD = 11;

// `GET /health` without a version is HTTP/0.9; the version is otherwise any pair of numbers.
const REQUEST_LINE = /^([A-Z-]+) +([\x21-\x7e]+)(?: +HTTP\/([1-9]\d{0,2})\.(\d{1,3}))?$/;
const HEADER_NAME = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const HEADER_VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;
const DECIMAL = /^\d{1,15}$/;

/** How the body is delimited: its length in bytes, or `chunked`. No body is length 0. */
export type BodyFraming = number | "chunked";

/** The parsed head of a request. Header names are in lower case; of equal names the last wins. */
export interface RequestHead {
  readonly method: string;
  /** As sent, not decoded, without query and fragment. */
  readonly path: string;
  readonly query: ReadonlyMap<string, string>;
  readonly headers: ReadonlyMap<string, string>;
  readonly keepAlive: boolean;
  readonly framing: BodyFraming;
  /** The client waits for `100 Continue` before it sends the body. */
  readonly expectsContinue: boolean;
  /** HTTP/1.0 or older: knows no chunks. */
  readonly isHttp10: boolean;
  /** Carries a libprocess message rather than a request (process.cpp, `libprocess`). */
  readonly isMessage: boolean;
}

/** The head, or why it is malformed: `text` holds all lines up to, not including, the empty one. */
export function parseRequestHead(text: string): RequestHead | string {
  const lineEnd = text.indexOf("\n");
  const line = parseRequestLine(lineEnd < 0 ? text : text.slice(0, lineEnd));
  if (typeof line === "string") {
    return line;
  }
  const headers = parseHeaders(text, lineEnd < 0 ? text.length : lineEnd + 1);
  if (typeof headers === "string") {
    return headers;
  }
  const query = decodeQuery(line.query);
  if (query === undefined) {
    return "malformed % escape in the query";
  }
  const framing = bodyFraming(headers);
  if (framing === undefined) {
    return "ambiguous or invalid body length";
  }
  const agent = headers.get("user-agent");
  const fromLibprocess = headers.has("libprocess-from") || (agent?.startsWith("libprocess/") ?? false);
  return {
    method: line.method,
    path: line.path,
    query,
    headers,
    keepAlive: keepsAlive(line.minor, headers.get("connection")),
    framing,
    expectsContinue: headers.get("expect")?.toLowerCase() === "100-continue",
    isHttp10: line.minor === 0,
    isMessage: line.method === "POST" && fromLibprocess,
  };
}

interface RequestLine {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  /** Minor version: every one above 0 counts as HTTP/1.1, as in http_parser. */
  readonly minor: number;
}

/** The parts of a request line (a CR at its end is ignored), or why it is malformed. */
export function parseRequestLine(line: string): RequestLine | string {
  const match = REQUEST_LINE.exec(line.endsWith("\r") ? line.slice(0, -1) : line);
  if (match === null) {
    return "malformed request line";
  }
  const [, method = "", target = "", major, minor] = match;
  if (!METHODS.has(method)) {
    return "unknown method";
  }
  const path = /^[^/*][^/?#]*:\/\//.test(target) ? target.replace(/^[^:]+:\/\/[^/?#]*/, "") : target;
  if (path === target && !target.startsWith("/") && target !== "*") {
    return "malformed request target";
  }
  const withoutFragment = path.includes("#") ? path.slice(0, path.indexOf("#")) : path;
  const mark = withoutFragment.indexOf("?");
  return {
    method,
    path: mark < 0 ? withoutFragment : withoutFragment.slice(0, mark),
    query: mark < 0 ? "" : withoutFragment.slice(mark + 1),
    minor: major === undefined ? 0 : Number(minor),
  };
}

/** Whether these first bytes can still become a request line; lets garbage be refused before its end. */
export function mayStartRequest(prefix: string): boolean {
  const space = prefix.indexOf(" ");
  if (space >= 0) {
    return METHODS.has(prefix.slice(0, space));
  }
  return prefix.length < LONGEST_METHOD && [...METHODS].some((method) => method.startsWith(prefix));
}

function parseHeaders(text: string, from: number): ReadonlyMap<string, string> | string {
  const headers = new Map<string, string>();
  let start = from;
  for (let count = 0; start < text.length; count += 1) {
    if (count === MAX_HEADER_COUNT) {
      return "too many headers";
    }
    const newline = text.indexOf("\n", start);
    let end = newline < 0 ? text.length : newline;
    const next = newline < 0 ? text.length : newline + 1;
    if (text.charCodeAt(end - 1) === 13) {
      end -= 1;
    }
    const colon = text.indexOf(":", start);
    if (colon < 0 || colon >= end) {
      return "header without a colon";
    }
    const name = text.slice(start, colon);
    const value = text.slice(colon + 1, end).trim();
    if (!HEADER_NAME.test(name) || !HEADER_VALUE.test(value)) {
      return "malformed header";
    }
    const key = name.toLowerCase();
    if (key === "content-length" && headers.has(key)) {
      return "two lengths";
    }
    headers.set(key, value);
    start = next;
  }
  return headers;
}

/** Undefined if length and encoding contradict, are unknown or absurd: guessing lets requests be smuggled. */
function bodyFraming(headers: ReadonlyMap<string, string>): BodyFraming | undefined {
  const encoding = headers.get("transfer-encoding");
  const length = headers.get("content-length");
  if (encoding !== undefined) {
    return length === undefined && encoding.toLowerCase() === "chunked" ? "chunked" : undefined;
  }
  if (length === undefined) {
    return 0;
  }
  return DECIMAL.test(length) ? Number(length) : undefined;
}

function keepsAlive(minor: number, connection: string | undefined): boolean {
  if (connection === undefined) {
    return minor > 0;
  }
  const tokens = connection.toLowerCase().split(/[\s,]+/);
  return minor > 0 ? !tokens.includes("close") : tokens.includes("keep-alive");
}

// The responses that libprocess and Mesos give everywhere, in their words (http.hpp).
import type { HttpResponse, ResponseBody } from "./http-response.ts";
import { statusText } from "./status-text.ts";

/** `202 Accepted` without a body. */
export const ACCEPTED: HttpResponse = { status: 202 };

/** A value as JSON (`OK(JSON::Value)`). */
export function jsonResponse(value: unknown): HttpResponse {
  return bodyResponse(JSON.stringify(value), "application/json");
}

/** `200 OK` with a body of that media type, written to the letter. */
export function bodyResponse(body: ResponseBody, contentType: string): HttpResponse {
  return { status: 200, headers: { "Content-Type": contentType }, body };
}

/** A refusal in plain text; without words libprocess' own: `404 Not Found.`. */
export function errorResponse(status: number, words?: string): HttpResponse {
  return { status, body: words ?? `${statusText(status)}.` };
}

/** `405`: what the endpoint expects and what came. */
export function methodNotAllowed(allowed: readonly string[], received: string): HttpResponse {
  return {
    status: 405,
    headers: { Allow: allowed.join(", ") },
    body: `405 Method Not Allowed. Expecting one of { '${allowed.join("', '")}' }, but received '${received}'.`,
  };
}

/** `307` without a body. */
export function temporaryRedirect(location: string): HttpResponse {
  return { status: 307, headers: { Location: location } };
}

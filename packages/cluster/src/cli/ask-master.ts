// One question to the master that leads, for commands that only look.
import { type Result, failure, parseJson, success } from "@mezzo/wire";
import { describeSystemError } from "../core/describe-system-error.ts";
import { findMaster } from "./find-master.ts";

/** A question to a path below the master's address. */
export interface MasterQuestion {
  /** `host:port`, a URL, or where masters are elected. Any master will do: one that does not lead sends the question on. */
  master: string;
  /** With its query. */
  path: string;
  /** Makes it a POST. */
  body?: unknown;
  principal?: string | undefined;
  secret?: string | undefined;
}

/** A master that does not answer for so long does not answer at all. */
const TIMEOUT_MS = 30_000;

function headersOf({ body, principal, secret }: MasterQuestion): Record<string, string> {
  const headers: Record<string, string> = { Accept: "application/json" };
  if (body !== undefined) headers["Content-Type"] = "application/json";
  if (principal !== undefined)
    headers["Authorization"] = `Basic ${Buffer.from(`${principal}:${secret ?? ""}`).toString("base64")}`;
  return headers;
}

/** The JSON that the master answers, or why there is none. */
export async function askMaster(question: MasterQuestion): Promise<Result<unknown>> {
  const { path, body } = question;
  const found = await findMaster(question.master);
  if (!found.ok) return found;
  const master = found.value;
  const base = master.includes("://") ? master.replace(/\/+$/, "") : `http://${master}`;
  if (!URL.canParse(`${base}${path}`)) return failure(`Cannot ask master '${master}': expected host:port`);
  try {
    const response = await fetch(`${base}${path}`, {
      headers: headersOf(question),
      signal: AbortSignal.timeout(TIMEOUT_MS),
      ...(body === undefined ? {} : { method: "POST", body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (response.status === 401)
      return failure(`The master at ${master} wants to know who asks: give --principal and --secret`);
    if (!response.ok)
      return failure(text === "" ? `The master at ${master} answers ${response.status}` : text.trim());
    const json = parseJson(text);
    return json.ok
      ? success(json.value)
      : failure(`The master at ${master} answers no JSON: is it a Mezzo master?`);
  } catch (error) {
    const reason = error instanceof Error && error.cause !== undefined ? error.cause : error;
    return failure(`Cannot reach the master at ${master}: ${describeSystemError(reason)}`);
  }
}

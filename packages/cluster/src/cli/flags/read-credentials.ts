// `--credentials=/path`: the principals that may authenticate, and their secrets.
import { type Credential, type Result, failure, fromJson, success } from "@mezzo/wire";
import type { ReadText } from "../../core/flags/parse-flag-value.ts";

/** Secrets by principal. */
export type Secrets = ReadonlyMap<string, string>;

/** `principal secret`, one a line, as Mesos had it before JSON. */
function fromLines(text: string): Result<Credential[]> {
  const credentials: Credential[] = [];
  for (const [index, line] of text.split("\n").entries()) {
    if (line.trim() === "" || line.startsWith("#")) continue;
    const [principal, secret, ...more] = line.trim().split(/\s+/);
    // The line itself is not shown: it may hold a secret.
    if (principal === undefined || secret === undefined || more.length > 0) {
      return failure(`Invalid credential format at line ${index + 1}`);
    }
    credentials.push({ principal, secret });
  }
  return success(credentials);
}

function fromDocument(text: string): Result<Credential[]> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // What the parser says quotes the text, which holds secrets.
    return failure("Invalid json format");
  }
  const parsed = fromJson("Credentials", value);
  if (!parsed.ok) return failure(`Failed to parse credentials: ${parsed.error}`);
  return success(parsed.value.credentials ?? []);
}

function checkCredential({ principal, secret }: Credential): string | undefined {
  if (secret === undefined || secret === "") return `Principal '${principal}' has no secret`;
  // Basic authentication joins the two with a colon.
  if (!principal.includes(":") && !secret.includes(":")) return undefined;
  return `Principal '${principal}' cannot authenticate: a colon in a principal or a secret is not supported`;
}

/** The credentials in the text of a file, JSON or lines. Errors never show a secret; most are Mesos' words. */
export function parseCredentials(text: string): Result<Secrets> {
  const credentials = text.trimStart().startsWith("{") ? fromDocument(text) : fromLines(text);
  if (!credentials.ok) return credentials;
  if (credentials.value.length === 0) {
    return failure("Credentials file must contain at least one credential");
  }
  const secrets = new Map<string, string>();
  for (const credential of credentials.value) {
    const wrong = checkCredential(credential);
    if (wrong !== undefined) return failure(wrong);
    secrets.set(credential.principal, credential.secret ?? "");
  }
  return success(secrets);
}

/** The path that the flag names, which may be written as `file://`. */
export function credentialsPath(flag: string): string {
  return flag.startsWith("file://") ? flag.slice("file://".length) : flag;
}

/**
 * Secrets by principal, from a file of the form `{"credentials": [{"principal": "p", "secret": "s"}]}` or of lines, or
 * what is wrong. @see Mesos src/credentials/credentials.hpp
 */
export function readCredentials(
  flag: string,
  readText: ReadText,
  flagName = "--credentials",
): Result<Secrets> {
  const path = credentialsPath(flag);
  const text = readText(path);
  const secrets = text.ok
    ? parseCredentials(text.value)
    : failure(`Failed to read credentials file '${path}': ${text.error}`);
  return secrets.ok ? secrets : failure(`${secrets.error} (see ${flagName} flag)`);
}

/** `--credential=/path`: the one principal and secret that this process proves itself with. */
export function readCredential(
  flag: string,
  readText: ReadText,
): Result<{ principal: string; secret: string }> {
  const path = credentialsPath(flag);
  const text = readText(path);
  if (!text.ok)
    return failure(`Failed to read credential file '${path}': ${text.error} (see --credential flag)`);
  if (text.value.trim() === "") return failure(`Empty credential file '${path}' (see --credential flag)`);
  const credential = parseCredential(text.value);
  return credential.ok ? credential : failure(`${credential.error} (see --credential flag)`);
}

function parseCredential(text: string): Result<{ principal: string; secret: string }> {
  const isDocument = text.trimStart().startsWith("{");
  const parsed = isDocument ? fromDocument(`{"credentials":[${text}]}`) : fromLines(text);
  if (!parsed.ok) return parsed;
  const [credential, ...more] = parsed.value;
  if (credential === undefined || more.length > 0) return failure("Expecting only one credential");
  const { principal, secret = "" } = credential;
  return secret === "" ? failure(`Principal '${principal}' has no secret`) : success({ principal, secret });
}

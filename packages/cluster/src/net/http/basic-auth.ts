// HTTP basic authentication, as libprocess' `BasicAuthenticator` does it (authenticator.cpp).
import { createHash, timingSafeEqual } from "node:crypto";
import type { HttpResponse } from "./http-response.ts";

/** Either who asks, or the `401` that asks who. */
export type BasicAuthResult = { readonly principal: string } | { readonly unauthorized: HttpResponse };

export interface BasicAuthOptions {
  /** `mesos-master-readonly`, `mesos-master-readwrite`, `mesos-agent-readonly`, … */
  readonly realm: string;
  /** Secrets by principal. */
  readonly credentials: ReadonlyMap<string, string>;
}

const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;

/** Checks an Authorization header. Neither principals nor secrets may contain a colon, as in Mesos. */
export function authenticateBasic(
  authorization: string | undefined,
  options: BasicAuthOptions,
): BasicAuthResult {
  const principal =
    authorization === undefined ? undefined : verifiedPrincipal(authorization, options.credentials);
  if (principal !== undefined) {
    return { principal };
  }
  const challenge = `Basic realm="${options.realm}"`;
  return {
    unauthorized: { status: 401, headers: { "WWW-Authenticate": challenge }, body: "401 Unauthorized." },
  };
}

function verifiedPrincipal(
  authorization: string,
  credentials: ReadonlyMap<string, string>,
): string | undefined {
  const [scheme, encoded, ...more] = authorization.split(" ");
  if (scheme !== "Basic" || encoded === undefined || more.length > 0 || !BASE64.test(encoded)) {
    return undefined;
  }
  const [principal, secret, ...rest] = Buffer.from(encoded, "base64").toString("utf8").split(":");
  if (principal === undefined || secret === undefined || rest.length > 0) {
    return undefined;
  }
  const expected = credentials.get(principal);
  // Strangers take as long as principals with a wrong secret, so that nobody learns who is known.
  const right = equalSecrets(secret, expected ?? "");
  return expected !== undefined && right ? principal : undefined;
}

function digest(secret: string): Buffer {
  return createHash("sha256").update(secret).digest();
}

/** Takes as long for a nearly right secret as for a wrong one of any length. */
function equalSecrets(given: string, expected: string): boolean {
  return timingSafeEqual(digest(given), digest(expected));
}

// HTTP authentication by token, as libprocess' `JWTAuthenticator` does it (jwt_authenticator.cpp).
import type { HttpResponse } from "../http/http-response.ts";
import { type Claims, verifyToken } from "./json-web-token.ts";

/** Either what the token claims, or the `401` that asks for a better one. */
export type BearerAuthResult = { readonly claims: Claims } | { readonly unauthorized: HttpResponse };

/** Checks an Authorization header. */
export function authenticateBearer(
  authorization: string | undefined,
  { realm, key, nowMs }: { realm: string; key: string; nowMs: number },
): BearerAuthResult {
  if (authorization === undefined) return refuse(realm);
  const [scheme = "", token, ...more] = authorization.split(" ");
  if (token === undefined || more.length > 0) return refuse(realm, "Malformed 'Authorization' header");
  if (scheme !== "Bearer") return refuse(realm, `Scheme '${scheme}' unsupported`);
  const verified = verifyToken(token, { key, nowMs });
  if ("error" in verified) return refuse(realm, `Invalid JWT: ${verified.error}`);
  return Object.keys(verified.claims).length === 0 ? refuse(realm, "JWT claims missing") : verified;
}

function refuse(realm: string, description?: string): BearerAuthResult {
  const error =
    description === undefined ? "" : `, error="invalid_token", error_description="${description}"`;
  const headers = { "WWW-Authenticate": `Bearer realm="${realm}"${error}` };
  return { unauthorized: { status: 401, headers, body: "401 Unauthorized." } };
}

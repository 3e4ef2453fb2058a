// Signed tokens that executors prove themselves with: JSON Web Tokens with HMAC SHA-256, as Mesos makes and reads them.
// @see Mesos 3rdparty/libprocess/src/jwt.cpp
import { createHmac, timingSafeEqual } from "node:crypto";

/** What a token says of its bearer. */
export type Claims = Readonly<Record<string, string>>;

const HEADER = Buffer.from(JSON.stringify({ alg: "HS256", typ: "JWT" })).toString("base64url");
const MS_PER_SECOND = 1000;

const sign = (text: string, key: string): string =>
  createHmac("sha256", key).update(text).digest("base64url");

/** A token that whoever knows the key can check. */
export function createToken(claims: Claims, key: string): string {
  const content = `${HEADER}.${Buffer.from(JSON.stringify(claims)).toString("base64url")}`;
  return `${content}.${sign(content, key)}`;
}

/** What the token claims, or why it is not believed, in Mesos' words. */
export function verifyToken(
  token: string,
  { key, nowMs }: { key: string; nowMs: number },
): { claims: Claims } | { error: string } {
  const parts = token.split(".");
  const [header = "", payload = "", signature = ""] = parts;
  if (parts.length !== 3) return { error: `Expected 3 components in token, got ${parts.length}` };
  const head = decodeObject(header);
  if (head === undefined) return { error: "Failed to decode token header: Failed to parse into JSON" };
  const wrong = wrongHeader(head);
  if (wrong !== undefined) return { error: wrong };
  const claims = decodeObject(payload);
  if (claims === undefined) return { error: "Failed to decode token payload: Failed to parse into JSON" };
  const expired = whyExpired(claims["exp"], Math.floor(nowMs / MS_PER_SECOND));
  if (expired !== undefined) return { error: expired };
  const expected = Buffer.from(sign(`${header}.${payload}`, key));
  const given = Buffer.from(signature.replace(/=+$/, ""));
  if (expected.length !== given.length || !timingSafeEqual(expected, given)) {
    return { error: "Token signature does not match" };
  }
  const texts = Object.entries(claims).map(([name, value]): [string, string] => [
    name,
    typeof value === "string" ? value : JSON.stringify(value),
  ]);
  return { claims: Object.fromEntries(texts) };
}

function decodeObject(part: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, "base64url").toString("utf8"));
    return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

function wrongHeader({ typ, alg, crit }: Record<string, unknown>): string | undefined {
  if (typ !== undefined && typeof typ !== "string") return "Token 'typ' is not a string";
  if (alg === undefined) return "Failed to locate 'alg' in token JSON header";
  if (typeof alg !== "string") return "Token 'alg' field is not a string";
  if (!["none", "HS256", "RS256"].includes(alg)) return `Unsupported token algorithm: ${alg}`;
  if (crit !== undefined) return "Token 'crit' field is unsupported";
  return alg === "HS256" ? undefined : `Token 'alg' value "${alg}" does not match, expected "HS256"`;
}

function whyExpired(exp: unknown, nowSeconds: number): string | undefined {
  if (exp === undefined) return undefined;
  if (typeof exp !== "number") return "JSON payload 'exp' field is not a number";
  return exp < nowSeconds ? `Token has expired: exp(${exp}) < now(${nowSeconds})` : undefined;
}

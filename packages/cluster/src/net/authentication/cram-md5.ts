// The mechanism with which drivers and agents prove who they are: a keyed digest of a challenge (RFC 2195).
import { createHmac, timingSafeEqual } from "node:crypto";

/** What the answer to a challenge is checked against. */
export interface CramMd5Check {
  readonly challenge: string;
  /** Secrets by principal. */
  readonly credentials: ReadonlyMap<string, string>;
}

/** Hexadecimal digits of an MD5 digest. */
const DIGEST_LENGTH = 32;

/** What a client answers, in hexadecimal digits. */
export function cramMd5Digest(secret: string, challenge: string): string {
  return createHmac("md5", secret).update(challenge).digest("hex");
}

/** The principal of an answer `<principal> <digest>`, or undefined when the answer does not prove it. */
export function verifyCramMd5(
  answer: Uint8Array,
  { challenge, credentials }: CramMd5Check,
): string | undefined {
  const text = Buffer.from(answer).toString("utf8");
  const principal = text.slice(0, -(DIGEST_LENGTH + 1));
  if (text.at(-(DIGEST_LENGTH + 1)) !== " " || principal === "") return undefined;
  const secret = credentials.get(principal);
  // Strangers take as long as principals with a wrong secret, so that nobody learns who is known.
  const expected = Buffer.from(cramMd5Digest(secret ?? "", challenge));
  const given = Buffer.from(text.slice(-DIGEST_LENGTH));
  const right = given.length === expected.length && timingSafeEqual(given, expected);
  return right && secret !== undefined ? principal : undefined;
}

// CRAM-MD5 by the example of RFC 2195.
import assert from "node:assert/strict";
import { test } from "node:test";
import { cramMd5Digest, verifyCramMd5 } from "./cram-md5.ts";

// The example of RFC 2195.
const CHALLENGE = "<1896.697170952@postoffice.reston.mci.net>";
const SECRET = "tanstaaftanstaaf";
const DIGEST = "b913a602c7eda7a495b4e6e7334d3890";
const credentials = new Map([
  ["tim", SECRET],
  ["a b", SECRET],
  ["empty", ""],
]);

const verify = (answer: string): string | undefined =>
  verifyCramMd5(Buffer.from(answer), { challenge: CHALLENGE, credentials });

test("cramMd5Digest() is RFC 2195's", () => {
  assert.equal(cramMd5Digest(SECRET, CHALLENGE), DIGEST);
});

test("verifyCramMd5() names who has the secret, and nobody else", () => {
  assert.equal(verify(`tim ${DIGEST}`), "tim");
  assert.equal(verify(`a b ${DIGEST}`), "a b");
  const wrong = [`bob ${DIGEST}`, `tim ${DIGEST.replace("b9", "b8")}`, `tim ${DIGEST}0`, `tim  ${DIGEST}`];
  for (const answer of [
    ...wrong,
    DIGEST,
    ` ${DIGEST}`,
    "",
    "tim",
    `nobody ${cramMd5Digest("", CHALLENGE)}`,
  ]) {
    assert.equal(verify(answer), undefined, answer);
  }
});

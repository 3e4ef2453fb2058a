// docs/flags.md lists the flags there are.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { it } from "node:test";
import { flagsDocument } from "./flags-document.ts";

void it("flagsDocument() is docs/flags.md: else run `node packages/cluster/scripts/write-flags-doc.ts`", () => {
  const written = readFileSync(new URL("../../../../../docs/flags.md", import.meta.url), "utf8");
  assert.equal(written, flagsDocument());
});

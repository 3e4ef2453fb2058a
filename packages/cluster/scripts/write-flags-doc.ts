// Writes docs/flags.md from the declarations of the flags: `node packages/cluster/scripts/write-flags-doc.ts`.
import { writeFileSync } from "node:fs";
import { flagsDocument } from "../src/cli/flags/flags-document.ts";

writeFileSync(new URL("../../../docs/flags.md", import.meta.url), flagsDocument());

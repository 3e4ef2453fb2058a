// What the generator makes of proto/, in memory: so that a test can tell whether the files are stale.
import { join } from "node:path";
import { readProtos } from "./read-protos.ts";
import { renderSchema } from "./render-schema.ts";
import { renderTypes } from "./render-types.ts";

const SOURCE_DIR = join(import.meta.dirname, "../src");
const HEADER = "// Generated from proto/ by `npm run generate`; do not edit.\n\n";

export interface GeneratedFile {
  path: string;
  text: string;
}

/** Every generated file as it should be. */
export function generatedFiles(): GeneratedFile[] {
  const protos = readProtos();
  return [
    { path: join(SOURCE_DIR, "messages.gen.ts"), text: HEADER + renderTypes(protos) },
    { path: join(SOURCE_DIR, "schema.gen.ts"), text: HEADER + renderSchema(protos) },
  ];
}

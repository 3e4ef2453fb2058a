// Writes the generated files: `npm run generate`.
import { writeFileSync } from "node:fs";
import { generatedFiles } from "./generated-files.ts";

for (const { path, text } of generatedFiles()) writeFileSync(path, text);

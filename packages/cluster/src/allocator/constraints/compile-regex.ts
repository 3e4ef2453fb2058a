// Compiles a framework's regular expression to a test of whole texts.
import type { Result } from "@mezzo/wire";
import type { RegexLimits } from "./regex-limits.ts";

/** A test whether the expression matches all of a text; refuses what does not parse or is too complex. */
export function compileRegex(regex: string, limits: RegexLimits): Result<(text: string) => boolean> {
  if (regex.length > limits.maxProgramSize) {
    return {
      ok: false,
      error:
        `Regex '${regex}' is too complex: program size of ${regex.length} is larger than maximum of ` +
        `${limits.maxProgramSize} allowed`,
    };
  }
  try {
    const compiled = new RegExp(`^(?:${regex})$`, "su");
    return { ok: true, value: (text) => compiled.test(text) };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { ok: false, error: `Failed to construct regex from pattern '${regex}': ${reason}` };
  }
}

// Compiles a framework's regular expression to a test of whole texts, within the operator's limit of complexity.
import type { Result } from "@mezzo/wire";
import { maxInstructions, type RegexLimits } from "./regex-limits.ts";
import { matchesWhole } from "./regex/match-program.ts";
import { parseRegex } from "./regex/parse-regex.ts";
import { PatternError } from "./regex/pattern-reader.ts";
import { buildProgram, programSize } from "./regex/program.ts";

/**
 * A test whether the expression matches all of a text (RE2::FullMatch); refuses in Mesos' words what does not parse
 * or is too complex (createRE2 in offer_constraints_filter.cpp).
 */
export function compileRegex(regex: string, limits: RegexLimits): Result<(text: string) => boolean> {
  try {
    const node = parseRegex(regex);
    const size = programSize(node);
    if (size > maxInstructions(limits)) throw new PatternError("pattern too large - compile failed");
    if (size > limits.maxProgramSize) {
      const error =
        `Regex '${regex}' is too complex: program size of ${size} is larger than maximum of ` +
        `${limits.maxProgramSize} allowed`;
      return { ok: false, error };
    }
    const program = buildProgram(node);
    return { ok: true, value: (text) => matchesWhole(program, text) };
  } catch (error) {
    if (!(error instanceof PatternError)) throw error;
    return { ok: false, error: `Failed to construct regex from pattern '${regex}': ${error.message}` };
  }
}

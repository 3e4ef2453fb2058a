// How complex a framework's regular expressions may be.

export interface RegexLimits {
  /** `--offer_constraints_re2_max_program_size`: instructions of the compiled program. */
  maxProgramSize: number;
  /** `--offer_constraints_re2_max_mem`: what RE2 may need for an expression. */
  maxMemoryBytes: number;
}

/** Mesos' defaults (src/master/constants.hpp). */
export const DEFAULT_REGEX_LIMITS: RegexLimits = { maxProgramSize: 100, maxMemoryBytes: 4096 };

/** RE2's program without its instructions, nearly. */
const PROGRAM_BYTES = 432;

const INSTRUCTION_BYTES = 8;

/** How many instructions RE2 has room for: two thirds of its memory are for the program (compile.cc, `Compiler::Setup`). */
export function maxInstructions({ maxMemoryBytes }: RegexLimits): number {
  const programBytes = Math.trunc((maxMemoryBytes * 2) / 3);
  return Math.max(0, Math.trunc((programBytes - PROGRAM_BYTES) / INSTRUCTION_BYTES));
}

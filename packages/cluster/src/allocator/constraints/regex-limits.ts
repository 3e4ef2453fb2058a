// How complex a framework's regular expressions may be.

export interface RegexLimits {
  /** `--offer_constraints_re2_max_program_size`: instructions of the compiled program. */
  maxProgramSize: number;
}

/** Mesos' default (src/master/constants.hpp). */
export const DEFAULT_REGEX_LIMITS: RegexLimits = { maxProgramSize: 100 };

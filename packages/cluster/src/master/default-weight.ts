// What a role weighs that was given no weight.

/** Mesos' DEFAULT_WEIGHT. */
export const DEFAULT_WEIGHT = 1;

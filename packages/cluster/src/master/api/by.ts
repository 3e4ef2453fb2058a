// Who asks, as a part of an input.

/** Nobody authenticated: no field, rather than one that is undefined. */
export function by(principal: string | undefined): { principal?: string } {
  return principal === undefined ? {} : { principal };
}

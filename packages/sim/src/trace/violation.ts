// A broken invariant: what was found, by which check, and whom it is about.

/** Thrown by checks; ends the simulation. */
export class InvariantViolation extends Error {
  /** Name of the check, as its file. */
  readonly invariant: string;
  /** Ids of the agents, frameworks, tasks or offers involved: the report shows what happened to them last. */
  readonly entities: readonly string[];

  constructor(invariant: string, message: string, entities: readonly string[] = []) {
    super(message);
    this.name = "InvariantViolation";
    this.invariant = invariant;
    this.entities = entities;
  }
}

/** What a check calls when something does not hold; bound to its name. */
export type Violate = (message: string, entities?: readonly string[]) => never;

/** The way out for the check of this name. */
export function violationsOf(invariant: string): Violate {
  return (message, entities) => {
    throw new InvariantViolation(invariant, message, entities);
  };
}

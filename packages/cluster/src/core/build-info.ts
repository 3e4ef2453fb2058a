// Which Mezzo this is, and which Mesos it says it is.

/** Mezzo's own version, as in package.json. */
export const mezzoVersion = "0.1.0";

/**
 * The Mesos version that `/version`, registrations and `MasterInfo` carry.
 * Digits and dots only: clients call an integer parser on each part.
 */
export const mesosVersion = "1.11.0";

// Ids that a master gives: `<master uuid>-0000` to frameworks, `<master uuid>-S0` to agents, `<master uuid>-O0` to offers.
import type { MasterState } from "./state.ts";

/** Digits that a framework id has at least. @see Mesos src/master/master.cpp Master::newFrameworkId */
const FRAMEWORK_ID_DIGITS = 4;

/** The next framework id. */
export function nextFrameworkId(state: MasterState): string {
  return `${state.info.id}-${String(state.nextFrameworkId++).padStart(FRAMEWORK_ID_DIGITS, "0")}`;
}

/** The next agent id. */
export function nextAgentId(state: MasterState): string {
  return `${state.info.id}-S${state.nextAgentId++}`;
}

/** The next offer id. */
export function nextOfferId(state: MasterState): string {
  return `${state.info.id}-O${state.nextOfferId++}`;
}

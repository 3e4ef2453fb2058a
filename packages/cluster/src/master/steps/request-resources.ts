// REQUEST: a hint to the allocator, which Mesos' allocator ignores as this one does.
import type { Framework } from "../framework.ts";
import { type Turn, log } from "../turn.ts";

/** Counts the hint. */
export function requestResources(turn: Turn, framework: Framework): void {
  turn.state.counters.messages_resource_request++;
  log(turn, "info", { message: "Ignoring REQUEST: it is a hint only", facts: { frameworkId: framework.id } });
}

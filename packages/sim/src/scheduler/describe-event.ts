// A scheduler's event in a few words for the trace.
import type { SchedulerEvent } from "@mezzo/wire";

/** Ids and states: what tells two runs apart. */
export function describeEvent(event: SchedulerEvent): string {
  switch (event.type) {
    case "OFFERS":
      return (event.offers?.offers ?? [])
        .map(({ id, agent_id }) => `${id.value}@${agent_id.value}`)
        .join(" ");
    case "RESCIND":
      return event.rescind?.offer_id.value ?? "";
    case "UPDATE": {
      const { task_id, state, source, reason, uuid, message } = event.update?.status ?? {};
      return [task_id?.value, state, source, reason, uuid, message]
        .filter((part) => part !== undefined)
        .join(" ");
    }
    case "ERROR":
      return event.error?.message ?? "";
    case "SUBSCRIBED":
      return event.subscribed?.framework_id.value ?? "";
    default:
      return "";
  }
}

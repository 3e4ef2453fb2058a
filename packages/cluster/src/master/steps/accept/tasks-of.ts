// The tasks that an operation would start.
import type { OfferOperation, TaskInfo } from "@mezzo/wire";

/** Those of a LAUNCH or LAUNCH_GROUP; none for any other operation. */
export function tasksOf(operation: OfferOperation): readonly TaskInfo[] {
  if (operation.type === "LAUNCH") return operation.launch?.task_infos ?? [];
  if (operation.type === "LAUNCH_GROUP") return operation.launch_group?.task_group.tasks ?? [];
  return [];
}

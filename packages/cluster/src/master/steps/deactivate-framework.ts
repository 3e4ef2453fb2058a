// DeactivateFrameworkMessage: a driver stops without ending its framework.
import type { DeactivateFrameworkMessage } from "@mezzo/wire";
import { deactivate } from "../changes/disconnect-framework.ts";
import type { Turn } from "../turn.ts";

/** Stops offers to the framework; only its own driver may ask. */
export function deactivateFrameworkMessage(turn: Turn, from: string, body: DeactivateFrameworkMessage): void {
  turn.state.counters.messages_deactivate_framework++;
  const framework = turn.state.frameworks.registered.get(body.framework_id.value);
  if (framework?.connection?.kind !== "driver" || framework.connection.pid !== from) return;
  if (framework.state === "connected") deactivate(turn, framework, { rescind: true });
}

// TEARDOWN: the framework ends, with every task and executor.
import { removeFramework } from "../changes/remove-framework.ts";
import type { Framework } from "../framework.ts";
import type { Turn } from "../turn.ts";

/** Removes the framework. */
export function teardown(turn: Turn, framework: Framework): void {
  turn.state.counters.messages_unregister_framework++;
  removeFramework(turn, framework);
}

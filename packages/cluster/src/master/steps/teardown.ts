// TEARDOWN: the framework ends, with every task and executor.
import { removeFramework } from "../changes/remove-framework.ts";
import type { Framework } from "../framework.ts";
import type { Turn } from "../turn.ts";

/** Removes the framework. The metric is about drivers, as in Mesos (src/master/master.cpp Master::teardown). */
export function teardown(turn: Turn, framework: Framework): void {
  if (framework.connection?.kind === "driver") turn.state.counters.messages_unregister_framework++;
  removeFramework(turn, framework);
}

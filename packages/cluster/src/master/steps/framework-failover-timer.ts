// A framework has not come back in time.
import { removeFramework } from "../changes/remove-framework.ts";
import type { Turn } from "../turn.ts";

/** Ends the framework, unless it subscribed since. @see Mesos src/master/master.cpp frameworkFailoverTimeout */
export function frameworkFailoverTimer(
  turn: Turn,
  facts: { frameworkId: string; reregisteredTime: number },
): void {
  const framework = turn.state.frameworks.registered.get(facts.frameworkId);
  if (framework === undefined || framework.state === "connected") return;
  if (framework.reregisteredTime === facts.reregisteredTime) removeFramework(turn, framework);
}

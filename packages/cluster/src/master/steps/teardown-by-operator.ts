// An operator ends a framework.
import { may } from "../authorization/may.ts";
import { removeFramework } from "../changes/remove-framework.ts";
import type { Turn } from "../turn.ts";

/** Removes the framework and answers. @see Mesos src/master/http.cpp Master::Http::teardown */
export function teardownByOperator(
  turn: Turn,
  facts: { request: number; principal?: string; frameworkId: string },
): void {
  const { request, principal, frameworkId } = facts;
  const framework = turn.state.frameworks.registered.get(frameworkId);
  if (framework === undefined) {
    turn.effects.push({
      type: "respond",
      request,
      status: 400,
      body: "No framework found with specified ID",
    });
    return;
  }
  if (!may(turn.state, principal, "TEARDOWN_FRAMEWORK", framework.info.principal)) {
    turn.effects.push({ type: "respond", request, status: 403 });
    return;
  }
  removeFramework(turn, framework);
  turn.effects.push({ type: "respond", request, status: 200 });
}

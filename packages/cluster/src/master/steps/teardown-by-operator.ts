// An operator ends a framework.
import { removeFramework } from "../changes/remove-framework.ts";
import type { Turn } from "../turn.ts";

/** Removes the framework and answers. @see Mesos src/master/http.cpp Master::Http::teardown */
export function teardownByOperator(turn: Turn, facts: { request: number; frameworkId: string }): void {
  const { request, frameworkId } = facts;
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
  removeFramework(turn, framework);
  turn.effects.push({ type: "respond", request, status: 200 });
}

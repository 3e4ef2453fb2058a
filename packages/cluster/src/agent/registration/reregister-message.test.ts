import assert from "node:assert/strict";
import { test } from "node:test";
import { AgentScript, FRAMEWORK, commandTask } from "../testing/agent-script.ts";
import { reregisterMessage } from "./reregister-message.ts";

test("what runs is told, but not of a framework that is being shut down", () => {
  const script = new AgentScript().register();
  script.runTask(commandTask("t"));
  script.launched("t");
  const { frameworks = [], tasks = [] } = reregisterMessage(script.state);
  assert.deepEqual([frameworks.length, tasks.map(({ task_id }) => task_id.value)], [1, ["t"]]);
  script.message("ShutdownFrameworkMessage", { framework_id: { value: FRAMEWORK } });
  assert.equal(script.state.frameworks.get(FRAMEWORK)?.phase, "TERMINATING");
  const after = reregisterMessage(script.state);
  assert.deepEqual([after.frameworks, after.tasks, after.executor_infos], [[], [], []]);
});

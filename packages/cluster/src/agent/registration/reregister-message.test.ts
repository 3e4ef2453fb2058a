// What an agent that comes back tells its master of frameworks, executors and tasks.
import assert from "node:assert/strict";
import { test } from "node:test";
import { AgentScript, FRAMEWORK, commandTask, executorTask } from "../testing/agent-script.ts";
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

/** The tasks that a master would be told of, as `id state`. */
const told = ({ state }: AgentScript): string[] =>
  (reregisterMessage(state).tasks ?? []).map((task) => `${task.task_id.value} ${task.state}`);

test("tasks are told from before they are launched until their end is acknowledged", () => {
  const waiting = new AgentScript().register();
  waiting.runTask(executorTask("t", "e1"), { launch_executor: true });
  assert.deepEqual(told(waiting), ["t TASK_STAGING"]);
  const script = new AgentScript().register();
  script.runTask(commandTask("t"));
  script.launched("t");
  assert.deepEqual(told(script), ["t TASK_RUNNING"]);
  script.exited("t", { exitCode: 0 });
  for (const update of ["TASK_STARTING", "TASK_RUNNING", "TASK_FINISHED"]) {
    assert.deepEqual(told(script), ["t TASK_FINISHED"], `${update} is not acknowledged`);
    script.acknowledge("t");
  }
  assert.deepEqual(told(script), []);
});

test("only executors that frameworks name are told, with their tasks", () => {
  const script = new AgentScript().register();
  script.runTask(commandTask("command"));
  script.runTask(executorTask("custom", "e1"), { launch_executor: true });
  const { tasks = [], executor_infos = [] } = reregisterMessage(script.state);
  assert.deepEqual(
    tasks.map(({ task_id, executor_id }) => [task_id.value, executor_id?.value]),
    [
      ["command", undefined],
      ["custom", "e1"],
    ],
  );
  assert.deepEqual(
    executor_infos.map(({ executor_id }) => executor_id.value),
    ["e1"],
  );
});

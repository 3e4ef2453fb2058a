// What the agent allows by its own rules.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { ACLEntity, ACLs, AgentCall } from "@mezzo/wire";
import { AgentScript, commandTask, executorTask } from "../testing/agent-script.ts";
import { type Caller, may, viewerFor } from "./caller.ts";
import { mayUseContainer } from "./container-access.ts";
import { seenBy } from "./seen-by.ts";

const ANY: ACLEntity = { type: "ANY" };
const NONE: ACLEntity = { type: "NONE" };
const some = (...values: string[]): ACLEntity => ({ values });
const ops: Caller = { principal: "ops", claims: {} };

test("a task that the agent forbids ends with TASK_ERROR, whatever the master allowed", () => {
  const acls: ACLs = {
    run_tasks: [
      { principals: ANY, users: some("guest") },
      { principals: NONE, users: ANY },
    ],
  };
  const script = new AgentScript({ acls }).register();
  const lines = script.runTask(commandTask("t", { command: { value: "true", user: "root" } }));
  const words = "Framework F is not authorized to launch task t";
  assert.ok(lines.includes(`send update t TASK_ERROR REASON_TASK_UNAUTHORIZED "${words}"`), lines.join("\n"));
});

/** An agent with an executor of the user `alice`. */
function withExecutor(acls: ACLs): AgentScript {
  const run_tasks = [{ principals: ANY, users: ANY }];
  const script = new AgentScript({ acls: { run_tasks, ...acls } }).register();
  const command = { value: "true", user: "alice" };
  script.runTask(executorTask("t", "e", { command }));
  script.launched("e");
  return script;
}

const nested = (type: "WAIT_NESTED_CONTAINER" | "KILL_NESTED_CONTAINER", root: string): AgentCall => {
  const part = { container_id: { value: "n", parent: { value: root } } };
  return type === "WAIT_NESTED_CONTAINER"
    ? { type, wait_nested_container: part }
    : { type, kill_nested_container: part };
};

test("an executor may use the containers within its own by its token, and no others", () => {
  const script = withExecutor({ permissive: false });
  const { containerId } = script.executor("e");
  const executor: Caller = { claims: { cid: containerId, eid: "e", fid: "F" } };
  assert.ok(mayUseContainer(script.state, executor, nested("WAIT_NESTED_CONTAINER", containerId)));
  assert.ok(!mayUseContainer(script.state, executor, nested("WAIT_NESTED_CONTAINER", "another")));
  const launch: AgentCall = { type: "LAUNCH_CONTAINER", launch_container: { container_id: { value: "s" } } };
  assert.ok(!mayUseContainer(script.state, executor, launch));
  assert.ok(!may(script.state, executor, "VIEW_FLAGS"));
});

test("operators use containers of the users that the rules name", () => {
  const script = withExecutor({
    permissive: false,
    kill_nested_containers: [{ principals: some("ops"), users: some("alice") }],
    launch_standalone_containers: [{ principals: some("ops"), users: ANY }],
  });
  const { containerId } = script.executor("e");
  const asks = (caller: Caller | undefined, call: AgentCall): boolean =>
    mayUseContainer(script.state, caller, call);
  assert.ok(asks(ops, nested("KILL_NESTED_CONTAINER", containerId)));
  assert.ok(!asks(ops, nested("WAIT_NESTED_CONTAINER", containerId)));
  assert.ok(!asks(undefined, nested("KILL_NESTED_CONTAINER", containerId)));
  const launch: AgentCall = { type: "LAUNCH_CONTAINER", launch_container: { container_id: { value: "s" } } };
  assert.ok(asks(ops, launch));
  assert.ok(!asks(undefined, launch));
});

test("a nested container needs leave for its parent's user and for its own", () => {
  const script = withExecutor({
    permissive: false,
    launch_nested_containers_under_parent_with_user: [{ principals: some("ops"), users: some("alice") }],
    launch_nested_containers_as_user: [{ principals: some("ops"), users: some("guest") }],
  });
  const { containerId } = script.executor("e");
  const launch = (user: string): AgentCall => ({
    type: "LAUNCH_NESTED_CONTAINER",
    launch_nested_container: {
      container_id: { value: "n", parent: { value: containerId } },
      command: { value: "true", user },
    },
  });
  assert.ok(mayUseContainer(script.state, ops, launch("guest")));
  assert.ok(!mayUseContainer(script.state, ops, launch("root")));
});

test("frameworks, executors and tasks are shown to those who may see each of them", () => {
  const script = withExecutor({
    view_executors: [
      { principals: some("ops"), users: some("alice") },
      { principals: NONE, users: ANY },
    ],
  });
  const seen = (caller: Caller | undefined): number =>
    [...seenBy(script.state, viewerFor(script.state, caller)).frameworks.values()].reduce(
      (sum, { executors }) => sum + executors.size,
      0,
    );
  assert.equal(seen(ops), 1);
  assert.equal(seen(undefined), 0);
  assert.equal(seen({ claims: { cid: "c" } }), 0);
});

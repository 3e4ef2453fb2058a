// Calls of schedulers, executors and operators.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { AgentCall, ExecutorCall, MasterCall, SchedulerCall, TaskStatus } from "../messages.gen.ts";
import { validateAgentCall } from "./validate-agent-call.ts";
import { validateExecutorCall } from "./validate-executor-call.ts";
import { validateMasterCall } from "./validate-master-call.ts";
import { validateSchedulerCall } from "./validate-scheduler-call.ts";
import { validateUuid } from "./validate-uuid.ts";

const UUID = Buffer.from("0f3c1a2e5b6d4c8f9a0b1c2d3e4f5a6b", "hex").toString("base64");
const framework_id = { value: "f" };
const framework = { user: "u", name: "n" };

test("validateUuid() wants sixteen bytes of a known version", () => {
  assert.equal(validateUuid(UUID), undefined);
  const unknown = Buffer.from("0f3c1a2e5b6d0c8f9a0b1c2d3e4f5a6b", "hex").toString("base64");
  for (const text of ["", "abc", unknown, `${UUID}AA`]) assert.equal(validateUuid(text), "Not a valid UUID");
});

test("validateSchedulerCall() wants what the type says", () => {
  const withField: [SchedulerCall["type"], string][] = [
    ["SUBSCRIBE", "subscribe"],
    ["ACCEPT", "accept"],
    ["DECLINE", "decline"],
    ["ACCEPT_INVERSE_OFFERS", "accept_inverse_offers"],
    ["DECLINE_INVERSE_OFFERS", "decline_inverse_offers"],
    ["KILL", "kill"],
    ["SHUTDOWN", "shutdown"],
    ["ACKNOWLEDGE", "acknowledge"],
    ["ACKNOWLEDGE_OPERATION_STATUS", "acknowledge_operation_status"],
    ["RECONCILE", "reconcile"],
    ["RECONCILE_OPERATIONS", "reconcile_operations"],
    ["MESSAGE", "message"],
    ["REQUEST", "request"],
    ["UPDATE_FRAMEWORK", "update_framework"],
  ];
  for (const [type, field] of withField) {
    assert.equal(
      validateSchedulerCall({ framework_id, ...(type && { type }) }),
      `Expecting '${field}' to be present`,
    );
    if (type === "SUBSCRIBE" || type === undefined) continue;
    assert.equal(validateSchedulerCall({ type }), "Expecting 'framework_id' to be present");
  }
  for (const type of ["TEARDOWN", "REVIVE", "SUPPRESS", "UNKNOWN"] as const) {
    assert.equal(validateSchedulerCall({ type, framework_id }), undefined);
  }
  assert.equal(validateSchedulerCall({}), "Expecting 'type' to be present");
});

test("validateSchedulerCall() compares ids and principals", () => {
  const cases: [SchedulerCall, string | undefined, string | undefined][] = [
    [{ type: "SUBSCRIBE", subscribe: { framework_info: framework } }, undefined, undefined],
    [
      { type: "SUBSCRIBE", framework_id, subscribe: { framework_info: framework } },
      undefined,
      "'framework_id' differs from 'subscribe.framework_info.id'",
    ],
    [{ type: "SUBSCRIBE", subscribe: { framework_info: { ...framework, principal: "p" } } }, "p", undefined],
    [
      { type: "SUBSCRIBE", subscribe: { framework_info: { ...framework, principal: "p" } } },
      "q",
      "Authenticated principal 'q' does not match principal 'p' set in `FrameworkInfo`",
    ],
    [
      { type: "UPDATE_FRAMEWORK", framework_id, update_framework: { framework_info: framework } },
      undefined,
      "'framework_id' differs from 'update_framework.framework_info.id'",
    ],
    [
      {
        type: "ACKNOWLEDGE",
        framework_id,
        acknowledge: { agent_id: { value: "a" }, task_id: { value: "t" }, uuid: "" },
      },
      undefined,
      "Not a valid UUID",
    ],
    [
      {
        type: "ACKNOWLEDGE_OPERATION_STATUS",
        framework_id,
        acknowledge_operation_status: { uuid: UUID, operation_id: { value: "o" } },
      },
      undefined,
      "Expecting 'agent_id' to be present",
    ],
  ];
  for (const [call, principal, error] of cases) assert.equal(validateSchedulerCall(call, principal), error);
});

test("validateExecutorCall() wants updates to be the executor's own", () => {
  const ids = { executor_id: { value: "e" }, framework_id };
  const status: TaskStatus = {
    task_id: { value: "t" },
    state: "TASK_RUNNING",
    source: "SOURCE_EXECUTOR",
    uuid: UUID,
  };
  const update = (changes: Partial<TaskStatus>): ExecutorCall => ({
    ...ids,
    type: "UPDATE",
    update: { status: { ...status, ...changes } },
  });
  const { uuid: _, ...withoutUuid } = status;
  const cases: [ExecutorCall, string | undefined][] = [
    [update({}), undefined],
    [ids, "Expecting 'type' to be present"],
    [{ ...ids, type: "SUBSCRIBE" }, undefined],
    [{ ...ids, type: "MESSAGE" }, "Expecting 'message' to be present"],
    [{ ...ids, type: "UPDATE" }, "Expecting 'update' to be present"],
    [{ ...ids, type: "HEARTBEAT" }, undefined],
    [{ ...ids, type: "UPDATE", update: { status: withoutUuid } }, "Expecting 'uuid' to be present"],
    [update({ uuid: "AA==" }), "Not a valid UUID"],
    [
      update({ executor_id: { value: "x" } }),
      "ExecutorID in Call: e does not match ExecutorID in TaskStatus: x",
    ],
    [
      update({ source: "SOURCE_AGENT" }),
      "Received Call from executor e of framework f with invalid source, expecting 'SOURCE_EXECUTOR'",
    ],
    [
      update({ state: "TASK_STAGING" }),
      "Received TASK_STAGING from executor e of framework f which is not allowed",
    ],
    [update({ check_status: {} }), "CheckStatusInfo must specify 'type'"],
    [update({ check_status: { type: "HTTP" } }), "Expecting 'http' to be set for HTTP check's status"],
    [update({ check_status: { type: "HTTP", http: {} } }), undefined],
  ];
  for (const [call, error] of cases) assert.equal(validateExecutorCall(call), error);
});

test("validateMasterCall() wants what the type says", () => {
  const withField: [MasterCall["type"], string][] = [
    ["GET_METRICS", "get_metrics"],
    ["SET_LOGGING_LEVEL", "set_logging_level"],
    ["LIST_FILES", "list_files"],
    ["READ_FILE", "read_file"],
    ["READ_LOG", "read_log"],
    ["UPDATE_WEIGHTS", "update_weights"],
    ["RESERVE_RESOURCES", "reserve_resources"],
    ["UNRESERVE_RESOURCES", "unreserve_resources"],
    ["CREATE_VOLUMES", "create_volumes"],
    ["DESTROY_VOLUMES", "destroy_volumes"],
    ["GROW_VOLUME", "grow_volume"],
    ["SHRINK_VOLUME", "shrink_volume"],
    ["UPDATE_MAINTENANCE_SCHEDULE", "update_maintenance_schedule"],
    ["START_MAINTENANCE", "start_maintenance"],
    ["STOP_MAINTENANCE", "stop_maintenance"],
    ["DRAIN_AGENT", "drain_agent"],
    ["DEACTIVATE_AGENT", "deactivate_agent"],
    ["REACTIVATE_AGENT", "reactivate_agent"],
    ["UPDATE_QUOTA", "update_quota"],
    ["SET_QUOTA", "set_quota"],
    ["REMOVE_QUOTA", "remove_quota"],
    ["TEARDOWN", "teardown"],
    ["MARK_AGENT_GONE", "mark_agent_gone"],
  ];
  for (const [type, field] of withField) {
    assert.equal(validateMasterCall({ ...(type && { type }) }), `Expecting '${field}' to be present`);
  }
  for (const type of ["GET_STATE", "SUBSCRIBE", "UNKNOWN", "GET_QUOTA"] as const) {
    assert.equal(validateMasterCall({ type }), undefined);
  }
  assert.equal(validateMasterCall({}), "Expecting 'type' to be present");
  const disk = { name: "disk", type: "SCALAR", scalar: { value: 1 } } as const;
  assert.equal(
    validateMasterCall({ type: "GROW_VOLUME", grow_volume: { volume: disk, addition: disk } }),
    "Expecting 'agent_id' to be present; only agent default resources are supported right now",
  );
  assert.equal(
    validateMasterCall({
      type: "RESERVE_RESOURCES",
      reserve_resources: { agent_id: { value: "a" }, resources: [{ ...disk, scalar: { value: -1 } }] },
    }),
    "Resource 'disk:-1' is invalid: Invalid scalar resource: value <= 0",
  );
});

const nested = { value: "c", parent: { value: "p" } };

test("validateAgentCall() wants what the type says", () => {
  const fields = [
    "get_metrics",
    "set_logging_level",
    "list_files",
    "read_file",
    "read_log",
    "launch_nested_container",
    "wait_nested_container",
    "kill_nested_container",
    "remove_nested_container",
    "launch_nested_container_session",
    "attach_container_input",
    "attach_container_output",
    "launch_container",
    "wait_container",
    "kill_container",
    "remove_container",
    "add_resource_provider_config",
    "update_resource_provider_config",
    "remove_resource_provider_config",
    "mark_resource_provider_gone",
  ] as const;
  for (const field of fields) {
    const type = field.toUpperCase() as NonNullable<AgentCall["type"]>;
    assert.equal(validateAgentCall({ type }), `Expecting '${field}' to be present`);
  }
  assert.equal(validateAgentCall({}), "Expecting 'type' to be present");
  assert.equal(validateAgentCall({ type: "PRUNE_IMAGES" }), undefined);
});

test("validateAgentCall() checks container ids and what they run", () => {
  const linux = (share_cgroups: boolean) => ({ type: "MESOS", linux_info: { share_cgroups } }) as const;
  const cases: [AgentCall, string | undefined][] = [
    [{ type: "LAUNCH_NESTED_CONTAINER", launch_nested_container: { container_id: nested } }, undefined],
    [
      { type: "LAUNCH_NESTED_CONTAINER", launch_nested_container: { container_id: { value: "c" } } },
      "Expecting 'launch_nested_container.container_id.parent' to be present",
    ],
    [
      { type: "WAIT_NESTED_CONTAINER", wait_nested_container: { container_id: { value: "c" } } },
      "Expecting 'wait_nested_container.container_id.parent' to be present",
    ],
    [
      { type: "KILL_CONTAINER", kill_container: { container_id: { value: "a.b" } } },
      "'kill_container.container_id' is invalid: 'ContainerID.value' 'a.b' contains invalid characters",
    ],
    [
      { type: "WAIT_CONTAINER", wait_container: { container_id: { value: "c", parent: { value: "" } } } },
      "'wait_container.container_id' is invalid: 'ContainerID.parent' is invalid: ID must not be empty",
    ],
    [
      { type: "REMOVE_CONTAINER", remove_container: { container_id: { value: "x".repeat(243) } } },
      `'remove_container.container_id' is invalid: 'ContainerID.value' '${"x".repeat(243)}' exceeds the maximum` +
        " length (242)",
    ],
    [
      {
        type: "LAUNCH_NESTED_CONTAINER",
        launch_nested_container: { container_id: { value: "c", parent: nested }, container: linux(false) },
      },
      "'launch_nested_container' is invalid: containers nested at the second level or greater cannot set" +
        " 'share_cgroups' to 'false'",
    ],
    [
      {
        type: "LAUNCH_NESTED_CONTAINER_SESSION",
        launch_nested_container_session: { container_id: nested, container: linux(false) },
      },
      "'launch_nested_container_session.container.linux_info' is invalid: 'share_cgroups' cannot be set to 'false'" +
        " for nested container sessions",
    ],
    [{ type: "READ_LOG", read_log: { source: "UNKNOWN" } }, "'read_log.source' must be CONTAINER or AGENT"],
    [
      { type: "READ_LOG", read_log: { source: "CONTAINER" } },
      "Expecting 'read_log.container_id' for CONTAINER source",
    ],
    [
      { type: "READ_LOG", read_log: { source: "CONTAINER", container_id: { value: "a/b" } } },
      "'read_log.container_id' is invalid: 'a/b' contains invalid characters",
    ],
    [
      { type: "READ_LOG", read_log: { source: "AGENT", container_id: nested } },
      "'read_log.container_id' is only valid for CONTAINER source",
    ],
    [{ type: "READ_LOG", read_log: { source: "CONTAINER", container_id: nested } }, undefined],
    [{ type: "READ_LOG", read_log: { source: "AGENT" } }, undefined],
    [
      { type: "ATTACH_CONTAINER_INPUT", attach_container_input: {} },
      "Expecting 'attach_container_input.type' to be present",
    ],
    [
      { type: "ATTACH_CONTAINER_INPUT", attach_container_input: { type: "UNKNOWN" } },
      "'attach_container_input.type' is unknown",
    ],
    [
      { type: "ATTACH_CONTAINER_INPUT", attach_container_input: { type: "CONTAINER_ID" } },
      "'attach_container_input.container_id' is invalid: ID must not be empty",
    ],
    [{ type: "ATTACH_CONTAINER_INPUT", attach_container_input: { type: "PROCESS_IO" } }, undefined],
    [
      {
        type: "LAUNCH_CONTAINER",
        launch_container: {
          container_id: { value: "c" },
          resources: [{ name: "cpus", type: "SCALAR", scalar: { value: 1 }, role: "r" }],
        },
      },
      "'launch_container.resources' must be unreserved",
    ],
    [
      {
        type: "LAUNCH_CONTAINER",
        launch_container: { container_id: { value: "c" }, container: linux(true) },
      },
      "'launch_container' is invalid: containers without a parent cannot set 'share_cgroups' to 'true'",
    ],
    [
      {
        type: "LAUNCH_CONTAINER",
        launch_container: { container_id: { value: "c", parent: nested }, limits: { cpus: { value: 1 } } },
      },
      "'launch_container' is invalid: containers nested at the second level or greater cannot specify resource limits",
    ],
    [
      {
        type: "ADD_RESOURCE_PROVIDER_CONFIG",
        add_resource_provider_config: { info: { id: { value: "i" }, type: "t", name: "n" } },
      },
      "Expecting 'add_resource_provider_config.info.id' to be unset",
    ],
  ];
  for (const [call, error] of cases) assert.equal(validateAgentCall(call), error);
});

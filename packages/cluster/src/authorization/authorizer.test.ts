// Which rule of an ACL decides, for whom and about what, as Mesos' local authorizer has it.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { ACLEntity, ACLs } from "@mezzo/wire";
import type { Action } from "./actions.ts";
import { Authorizer } from "./authorizer.ts";

const ANY: ACLEntity = { type: "ANY" };
const NONE: ACLEntity = { type: "NONE" };
const some = (...values: string[]): ACLEntity => ({ values });

/** Which objects a principal may act on, of those asked about; `ANY` is asking without one. */
function allowed(acls: ACLs, action: Action, who: string | undefined, objects: readonly string[]): string[] {
  const approver = new Authorizer(acls).approver(who, action);
  return objects.filter((object) => approver(object === "ANY" ? undefined : object));
}

const USERS = ["guest", "root", "ANY"];

test("without a rule that matches, permissive decides", () => {
  assert.deepEqual(allowed({}, "RUN_TASK", "foo", USERS), USERS);
  assert.deepEqual(allowed({ permissive: false }, "RUN_TASK", "foo", USERS), []);
  const acls: ACLs = { permissive: false, run_tasks: [{ principals: some("foo"), users: some("guest") }] };
  assert.deepEqual(allowed(acls, "RUN_TASK", "foo", USERS), ["guest"]);
  assert.deepEqual(allowed(acls, "RUN_TASK", "bar", USERS), []);
});

test("anybody may act as some user, and nobody else is denied", () => {
  const acls: ACLs = { run_tasks: [{ principals: ANY, users: some("guest") }] };
  assert.deepEqual(allowed(acls, "RUN_TASK", undefined, USERS), USERS);
  assert.deepEqual(allowed(acls, "RUN_TASK", "foo", USERS), USERS);
});

test("a rule about NONE is about everybody, and forbids", () => {
  const acls: ACLs = { run_tasks: [{ principals: NONE, users: some("root") }] };
  assert.deepEqual(allowed(acls, "RUN_TASK", "foo", USERS), ["guest", "ANY"]);
  assert.deepEqual(allowed(acls, "RUN_TASK", undefined, USERS), ["guest", "ANY"]);
  const none: ACLs = { run_tasks: [{ principals: some("foo"), users: NONE }] };
  assert.deepEqual(allowed(none, "RUN_TASK", "foo", USERS), []);
  assert.deepEqual(allowed(none, "RUN_TASK", "bar", USERS), USERS);
});

test("the first rule that matches decides", () => {
  const acls: ACLs = {
    run_tasks: [
      { principals: some("foo", "bar"), users: some("guest") },
      { principals: NONE, users: some("guest") },
      { principals: some("foo"), users: NONE },
    ],
  };
  assert.deepEqual(allowed(acls, "RUN_TASK", "foo", USERS), ["guest"]);
  assert.deepEqual(allowed(acls, "RUN_TASK", "bar", USERS), ["guest", "root", "ANY"]);
  assert.deepEqual(allowed(acls, "RUN_TASK", "baz", USERS), ["root", "ANY"]);
});

test("asking for all is only allowed by a rule about ANY", () => {
  const acls: ACLs = {
    run_tasks: [
      { principals: some("foo"), users: ANY },
      { principals: some("bar"), users: some("guest") },
      { principals: ANY, users: NONE },
    ],
  };
  assert.deepEqual(allowed(acls, "RUN_TASK", "foo", USERS), USERS);
  assert.deepEqual(allowed(acls, "RUN_TASK", "bar", USERS), ["guest"]);
});

test("a caller without a name is matched by ANY and NONE alone", () => {
  const acls: ACLs = {
    permissive: false,
    view_flags: [
      { principals: some("foo"), flags: ANY },
      { principals: ANY, flags: ANY },
    ],
  };
  assert.deepEqual(allowed(acls, "VIEW_FLAGS", undefined, ["ANY"]), ["ANY"]);
  acls.view_flags = [{ principals: some("foo"), flags: ANY }];
  assert.deepEqual(allowed(acls, "VIEW_FLAGS", undefined, ["ANY"]), []);
});

test("roles: a/% is everything below a, and not a itself", () => {
  const acls: ACLs = {
    permissive: false,
    register_frameworks: [{ principals: some("foo"), roles: some("a/%", "b") }],
  };
  const roles = ["a", "a/b", "a/b/c", "ab/c", "b", "b/c", "ANY"];
  assert.deepEqual(allowed(acls, "REGISTER_FRAMEWORK", "foo", roles), ["a/b", "a/b/c", "b"]);
});

test("roles: an earlier rule about a part of a tree goes before one about all of it", () => {
  const acls: ACLs = {
    view_roles: [
      { principals: some("foo"), roles: some("a/b/%") },
      { principals: NONE, roles: some("a/%") },
    ],
  };
  const roles = ["a", "a/b", "a/b/c", "c"];
  assert.deepEqual(allowed(acls, "VIEW_ROLE", "foo", roles), ["a", "a/b/c", "c"]);
  assert.deepEqual(allowed(acls, "VIEW_ROLE", "bar", roles), ["a", "c"]);
});

test("a percent sign means nothing where objects are no roles", () => {
  const acls: ACLs = {
    permissive: false,
    teardown_frameworks: [{ principals: ANY, framework_principals: some("a/%") }],
  };
  assert.deepEqual(allowed(acls, "TEARDOWN_FRAMEWORK", "foo", ["a/%", "a/b"]), ["a/%"]);
});

// What a master that does not lead answers, and where it sends clients on.
import assert from "node:assert/strict";
import { test } from "node:test";
import { HttpRequest } from "../../net/http/http-request.ts";
import type { HttpResponse } from "../../net/http/http-response.ts";
import { parseRequestHead } from "../../net/http/request-head.ts";
import type { MasterState } from "../state.ts";
import { Stage } from "../testing/stage.ts";
import { ofLeader } from "./of-leader.ts";

function ask(state: MasterState, target: string, method = "POST"): HttpResponse {
  const route = ofLeader(state, {
    path: "/teardown",
    methods: ["POST"],
    handle: () => ({ status: 200, body: "done" }),
  });
  const head = parseRequestHead(`${method} ${target} HTTP/1.1\r\n`);
  assert.ok(typeof head !== "string");
  const answer = route.handle(new HttpRequest(head, { body: Buffer.alloc(0), remote: "" }));
  assert.ok(!(answer instanceof Promise));
  return answer;
}

/** A master that leads. */
function leader(): MasterState {
  const { state } = new Stage();
  state.leader = state.info;
  return state;
}

/** A master that heard of another leader. */
function follower(): MasterState {
  const state = leader();
  state.leader = { ...state.info, id: "another", hostname: "other", port: 6060 };
  return state;
}

const PATHS: readonly [string, string][] = [
  ["/teardown", "/master/teardown"],
  ["/master/teardown", "/master/teardown"],
  ["/master/teardown/", "/master/teardown/"],
  ["/teardown?a=1&b=x%20y&c", "/master/teardown?a=1&b=x%20y&c"],
];

for (const [sent, expected] of PATHS) {
  void test(`ofLeader() sends a client that asks another master for ${sent} on with all of it`, () => {
    const { status, headers, body } = ask(follower(), sent);
    assert.deepEqual([status, headers?.["Location"], body], [307, `//other:6060${expected}`, undefined]);
  });
}

void test("ofLeader() looks at the method only where the master leads", () => {
  assert.equal(ask(follower(), "/teardown", "GET").status, 307);
  assert.equal(ask(leader(), "/teardown", "GET").status, 405);
  assert.equal(ask(leader(), "/teardown").body, "done");
});

void test("ofLeader() says that there is no leader, or that it is not ready yet", () => {
  const state = leader();
  state.recovered = false;
  assert.deepEqual(ask(state, "/teardown"), { status: 503, body: "Master has not finished recovery" });
  delete state.leader;
  assert.deepEqual(ask(state, "/teardown"), { status: 503, body: "No leader elected" });
});

// Which route answers which path, as libprocess finds it, and which are disabled.
import assert from "node:assert/strict";
import { test } from "node:test";
import { HttpRequest } from "./http-request.ts";
import type { HttpResponse } from "./http-response.ts";
import { parseRequestHead } from "./request-head.ts";
import { Router, type RouterOptions } from "./router.ts";

const NAMES = ["state", "slaves", "tasks", "health", "flags", "api/v1", "api/v1/scheduler"];

function createRouter(options: RouterOptions): Router {
  const router = new Router(options);
  for (const name of NAMES) {
    router.add({ path: `/${name}`, handle: () => ({ status: 200, body: name }) });
  }
  router.add({ process: "metrics", path: "/snapshot", handle: () => ({ status: 200, body: "metrics" }) });
  router.add({ process: "version", path: "/", handle: () => ({ status: 200, body: "version" }) });
  router.add({ path: "/teardown", methods: ["POST"], handle: () => ({ status: 200 }) });
  return router;
}

function ask(router: Router, path: string, method = "GET", accept?: string): HttpResponse {
  const headers = accept === undefined ? "" : `Accept: ${accept}\r\n`;
  const head = parseRequestHead(`${method} ${path} HTTP/1.1\r\n${headers}`);
  assert.ok(typeof head !== "string");
  const answer = router.handle(new HttpRequest(head, { body: Buffer.alloc(0), remote: "" }));
  assert.ok(!(answer instanceof Promise));
  return answer;
}

const MASTER: readonly [string, string | number][] = [
  ["/state", "state"],
  ["/state/", "state"],
  ["/state/x", "state"],
  ["/slaves/x/y", "slaves"],
  ["/master/state", "state"],
  ["/master/slaves/x", "slaves"],
  ["//state", "state"],
  ["/state?x", "state"],
  ["/api/v1", "api/v1"],
  ["/api/v1/operator", "api/v1"],
  ["/api/v1/x/y", "api/v1"],
  ["/master/api/v1", "api/v1"],
  ["/api/v1/scheduler/", "api/v1/scheduler"],
  ["/api/v1/scheduler/x", "api/v1/scheduler"],
  ["/metrics/snapshot", "metrics"],
  ["/metrics/snapshot/x", "metrics"],
  ["/version", "version"],
  ["/%6daster/state", "state"],
  ["/statex", 404],
  ["/State", 404],
  ["/%73tate", 404],
  ["/api", 404],
  ["/api/v2", 404],
  ["/metrics", 404],
  ["/metrics/", 404],
  ["/version/x", 404],
  ["/version.json", 404],
  ["/state.json", 404],
  ["//master/state", 404],
  ["/", 404],
  ["/state/../flags", 404],
  ["/%zz", 404],
];

for (const [path, expected] of MASTER) {
  void test(`Router answers ${path} as the master does`, () => {
    const { status, body } = ask(createRouter({ delegate: "master" }), path);
    assert.equal(status === 200 ? body : status, expected);
  });
}

void test("Router finds the agent's process id, percent-encoded too", () => {
  const router = createRouter({ delegate: "slave(1)" });
  for (const path of ["/slave(1)/state", "/slave%281%29/state", "/slave(1)/state/", "/state"]) {
    assert.equal(ask(router, path).body, "state", path);
  }
  assert.equal(ask(router, "/slave(2)/state").status, 404);
});

void test("Router serves .json suffixes to clients that name JSON when told to", () => {
  const router = createRouter({ delegate: "master", jsonSuffix: true });
  const json = "application/json";
  assert.equal(ask(router, "/master/state.json", "GET", json).body, "state");
  assert.equal(ask(router, "/state.json", "GET", json).body, "state");
  assert.equal(ask(router, "/state.json").status, 404);
  assert.equal(ask(router, "/nothing.json", "GET", json).status, 404);
});

void test("Router refuses methods and paths in libprocess' words", () => {
  const router = createRouter({ delegate: "master" });
  assert.deepEqual(ask(router, "/teardown"), {
    status: 405,
    headers: { Allow: "POST" },
    body: "405 Method Not Allowed. Expecting one of { 'POST' }, but received 'GET'.",
  });
  assert.deepEqual(ask(router, "/nothing"), { status: 404, body: "404 Not Found." });
  assert.deepEqual(ask(router, "*", "OPTIONS"), {
    status: 400,
    body: "Request URL path must start with '/'",
  });
});

void test("a disabled path of the delegate is disabled where the delegate is not named, too", () => {
  const disabledPaths = ["/master/state", "/master/slaves/x"];
  const router = createRouter({ delegate: "master", jsonSuffix: true, disabledPaths });
  for (const path of ["/master/state", "/state"]) {
    const { status, body } = ask(router, path);
    assert.deepEqual([status, body], [403, "Endpoint '/master/state' is disabled"], path);
  }
  assert.equal(ask(router, "/slaves/x").status, 403);
  assert.equal(ask(router, "/state.json", "GET", "application/json").status, 403);
  // Nothing but the path itself, as in Mesos.
  for (const path of ["/state/", "/state/x", "/slaves"]) assert.equal(ask(router, path).status, 200, path);
});

test("disabled paths answer nobody, exactly as they are sent", () => {
  const router = createRouter({ delegate: "master", disabledPaths: ["/state", "/metrics/snapshot"] });
  const { status, body } = ask(router, "/state");
  assert.deepEqual([status, body], [403, "Endpoint '/state' is disabled"]);
  assert.equal(ask(router, "/metrics/snapshot").status, 403);
  assert.equal(ask(router, "/master/state").status, 200);
  assert.equal(ask(router, "/slaves").status, 200);
});

// `/help`: a page for people, JSON for programs.
import assert from "node:assert/strict";
import { test } from "node:test";
import { helpRoutes } from "./help-routes.ts";
import { HttpRequest } from "./http-request.ts";
import type { HttpResponse } from "./http-response.ts";
import { parseRequestHead } from "./request-head.ts";
import { Router } from "./router.ts";

const handle = (): HttpResponse => ({ status: 200 });
const routes = [
  { path: "/teardown", methods: ["POST"], handle },
  { path: "/api/v1/scheduler", handle },
  { process: "version", path: "/", handle },
  { process: "files", path: "/read", handle },
];
const router = new Router({ delegate: "master" });
for (const route of [...routes, ...helpRoutes(routes, "master")]) router.add(route);

function ask(path: string, client = "curl/8.0"): { status: number; type: string | undefined; body: string } {
  const head = parseRequestHead(`GET ${path} HTTP/1.1\r\nUser-Agent: ${client}\r\n`);
  assert.ok(typeof head !== "string");
  const answer = router.handle(new HttpRequest(head, { body: Buffer.alloc(0), remote: "" }));
  assert.ok(!(answer instanceof Promise) && typeof answer.body === "string");
  return { status: answer.status, type: answer.headers?.["Content-Type"], body: answer.body };
}

void test("/help lists the processes, and below each its endpoints, in order", () => {
  const { body, type } = ask("/help");
  assert.equal(type, "text/x-markdown");
  assert.equal(
    body,
    "## HELP\n> [/files][files]\n> [/master][master]\n> [/version][version]\n\n" +
      "[files]: help/files\n[master]: help/master\n[version]: help/version\n",
  );
  assert.equal(
    ask("/help/master").body,
    "## `/master` ##\n> [/master/api/v1/scheduler][master/api/v1/scheduler]\n> [/master/teardown][master/teardown]\n\n" +
      "[master/api/v1/scheduler]: master/api/v1/scheduler\n[master/teardown]: master/teardown\n",
  );
  assert.match(ask("/help/version/").body, /^> \[\/version\]\[version\]$/m);
});

void test("/help/<process>/<endpoint> says how it is asked", () => {
  assert.equal(
    ask("/help/master/teardown").body,
    "### USAGE ###\n>        /teardown\n>        /master/teardown\n\n### METHODS ###\nPOST\n",
  );
  assert.equal(ask("/help/files/read").body, "### USAGE ###\n>        /files/read\n");
  assert.match(ask("/help/master/api/v1/scheduler").body, /\/master\/api\/v1\/scheduler/);
});

void test("/help is a page for browsers, and JSON for those who ask for it", () => {
  const { body, type } = ask("/help", "Mozilla/5.0");
  assert.equal(type, "text/html");
  assert.match(body, /<pre>## HELP/);
  const { processes } = JSON.parse(ask("/help?format=json").body);
  assert.deepEqual(processes[0], {
    id: "files",
    endpoints: [{ name: "/read", text: "### USAGE ###\n>        /files/read\n" }],
  });
});

void test("/help knows nothing of what is not there", () => {
  const { status, body } = ask("/help/master/nothing");
  assert.deepEqual([status, body], [400, "No help available for '/master/nothing'.\n"]);
  assert.equal(ask("/help/nobody").status, 404);
});

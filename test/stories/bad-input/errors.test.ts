// Requests that are wrong, and the words that answer them: those recorded from Mesos, to the letter, and some more.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { startAgent, startMaster, type Server } from "../support/cluster.ts";
import { Framework } from "../support/framework.ts";
import { ask, type RawRequest } from "../support/raw-connection.ts";
import { root, Story } from "../support/story.ts";

const JSON_TYPE = { "Content-Type": "application/json" };
const PROTOBUF_TYPE = { "Content-Type": "application/x-protobuf" };
const HEALTH = JSON.stringify({ type: "GET_HEALTH" });

const post = (path: string, body: string | Uint8Array, headers: Record<string, string>): RawRequest => ({
  method: "POST",
  path,
  headers,
  body,
});

/** The requests of `errors.json`, which holds the answers: by case, to the master unless named otherwise. */
const RECORDED: Readonly<Record<string, RawRequest>> = {
  agent_files_read_404: { path: "/files/read?path=/no/such/file" },
  api_bad_accept: post("/api/v1", HEALTH, { ...JSON_TYPE, Accept: "text/html" }),
  api_bad_content_type: post("/api/v1", HEALTH, { "Content-Type": "text/plain" }),
  api_get: { path: "/api/v1" },
  api_no_content_type: post("/api/v1", HEALTH, {}),
  api_not_json: post("/api/v1", "not json", JSON_TYPE),
  api_unknown_type: post("/api/v1", '{"type":"NOPE"}', JSON_TYPE),
  not_found: { path: "/nope" },
  scheduler_subscribe_without_body: post("/api/v1/scheduler", '{"type":"SUBSCRIBE"}', JSON_TYPE),
  scheduler_teardown_unknown: post(
    "/api/v1/scheduler",
    '{"framework_id":{"value":"nope"},"type":"TEARDOWN"}',
    JSON_TYPE,
  ),
};

interface RecordedError {
  case: string;
  status: string;
  body: string;
}

const recorded = JSON.parse(
  readFileSync(join(root, "test/reference/errors.json"), "utf8"),
) as RecordedError[];

const call = (type: string, more: object = {}): string => JSON.stringify({ type, ...more });

void describe("answers to requests that are wrong", () => {
  const story = new Story({ after });
  let master: Server;
  let agent: Server;
  let framework: Framework;

  before(async () => {
    master = await startMaster(story);
    agent = await startAgent(story, master);
    framework = new Framework({ master: master.address });
    await framework.subscribe();
    story.closes(() => framework.disconnect());
  });

  void it("every recorded case has its request here", () => {
    assert.deepEqual(
      recorded.map((each) => each.case),
      Object.keys(RECORDED),
    );
  });

  for (const each of recorded) {
    void it(`${each.case}: ${each.status.slice("HTTP/1.1 ".length)}`, async () => {
      const request = RECORDED[each.case];
      assert.ok(request);
      const port = each.case.startsWith("agent_") ? agent.port : master.port;
      const { statusLine, body } = await ask(port, request);
      assert.equal(statusLine, each.status);
      assert.equal(body, each.body);
    });
  }

  const scheduler = (body: string | Uint8Array, headers: Record<string, string> = JSON_TYPE): RawRequest =>
    post("/api/v1/scheduler", body, headers);

  const streamHeaders = (id: string): Record<string, string> => ({ ...JSON_TYPE, "Mesos-Stream-Id": id });

  void it("the scheduler API says what is wrong", async () => {
    const ids = { framework_id: { value: framework.id } };
    const info = { framework_info: { user: "root", name: "n" } };
    const cases: [RawRequest, number, RegExp][] = [
      [scheduler(""), 400, /^Failed to parse body into JSON: /],
      [
        scheduler("[]"),
        400,
        /^Failed to convert JSON into Call protobuf: |^Failed to parse body into JSON: /,
      ],
      [scheduler('{"type":'), 400, /^Failed to parse body into JSON: syntax error at line 1/],
      [scheduler("{}"), 400, /^Failed to validate scheduler::Call: Expecting 'type' to be present$/],
      [scheduler(call("FROBNICATE")), 400, /Expecting 'type' to be present$/],
      [scheduler(call("REVIVE")), 400, /Expecting 'framework_id' to be present$/],
      [scheduler(call("ACCEPT", ids)), 400, /Expecting 'accept' to be present$/],
      [scheduler(call("SUBSCRIBE", { subscribe: {} })), 400, /Missing required fields: .*framework_info/],
      [
        scheduler(call("SUBSCRIBE", { subscribe: { framework_info: { name: "n" } } })),
        400,
        /Missing required fields: .*user/,
      ],
      [
        scheduler(Buffer.from([0xff, 0xff, 0xff]), PROTOBUF_TYPE),
        400,
        /^Failed to parse body into Call protobuf$/,
      ],
      [
        scheduler(call("REVIVE", ids)),
        400,
        /^All non-subscribe calls should include the 'Mesos-Stream-Id' header$/,
      ],
      [
        scheduler(call("REVIVE", ids), streamHeaders("wrong")),
        400,
        /^The stream ID 'wrong' included in this request didn't match the stream ID currently associated with framework ID .+$/,
      ],
      [
        scheduler(call("SUBSCRIBE", { subscribe: info }), streamHeaders("some")),
        400,
        /^Subscribe calls should not include the 'Mesos-Stream-Id' header$/,
      ],
      [
        scheduler(call("SUBSCRIBE", { subscribe: info }), { ...JSON_TYPE, Accept: "text/html" }),
        406,
        /^Expecting 'Accept' to allow/,
      ],
      [{ path: "/api/v1/scheduler" }, 405, /^405 Method Not Allowed\. Expecting one of \{ 'POST' \}/],
    ];
    for (const [request, status, words] of cases) {
      const answer = await ask(master.port, request);
      assert.match(answer.body, words);
      assert.equal(answer.status, status, answer.body);
    }
  });

  void it("a wrong call leaves the framework as it is", async () => {
    assert.ok(framework.isConnected);
    await framework.must({ type: "REVIVE" });
    await framework.launch([framework.command("after-all", "true")]);
    await framework.sees("after-all", "TASK_FINISHED");
  });

  void it("the agent's executor API says what is wrong", async () => {
    const executor = (body: string, headers: Record<string, string> = JSON_TYPE): RawRequest =>
      post("/api/v1/executor", body, headers);
    const ids = { framework_id: { value: "no" }, executor_id: { value: "no" } };
    const cases: [RawRequest, number, RegExp][] = [
      [executor("hello"), 400, /^Failed to parse body into JSON: syntax error at line 1 near: hello$/],
      [executor(call("UPDATE")), 400, /Missing required fields: executor_id, framework_id$/],
      [
        executor(call("UPDATE", ids)),
        400,
        /^Failed to validate Executor::Call: Expecting 'update' to be present$/,
      ],
      [executor(call("NOPE", ids)), 400, /Expecting 'type' to be present$/],
      [executor(call("SUBSCRIBE", { ...ids, subscribe: {} })), 400, /^Framework cannot be found$/],
      [executor(call("SUBSCRIBE", ids), {}), 400, /^Expecting 'Content-Type' to be present$/],
      [{ path: "/api/v1/executor" }, 405, /^405 Method Not Allowed\./],
    ];
    for (const [request, status, words] of cases) {
      const answer = await ask(agent.port, request);
      assert.match(answer.body, words);
      assert.equal(answer.status, status, answer.body);
    }
  });

  void it("the agent's own API says what is wrong", async () => {
    const cases: [RawRequest, number, RegExp][] = [
      [post("/api/v1", "not json", JSON_TYPE), 400, /^Failed to parse body into JSON: /],
      [
        post("/api/v1", "{}", JSON_TYPE),
        400,
        /^Failed to validate agent::Call: Expecting 'type' to be present$/,
      ],
      [post("/api/v1", HEALTH, { "Content-Type": "text/plain" }), 415, /^Expecting 'Content-Type' of/],
      [{ path: "/nope" }, 404, /^404 Not Found\.$/],
    ];
    for (const [request, status, words] of cases) {
      const answer = await ask(agent.port, request);
      assert.match(answer.body, words);
      assert.equal(answer.status, status, answer.body);
    }
  });
});

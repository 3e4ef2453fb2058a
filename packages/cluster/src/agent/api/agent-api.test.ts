// What an agent answers over HTTP, its older endpoints and the v1 calls, from a state made by hand.
import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { encodeProtobuf, parseResources, type AgentCall, type AgentResponse } from "@mezzo/wire";
import type { HttpResponse } from "../../net/http/http-response.ts";
import { HttpRequest } from "../../net/http/http-request.ts";
import { Router } from "../../net/http/router.ts";
import type { Containerizer } from "../containerizer/containerizer.ts";
import { createAgentState } from "../create-state.ts";
import { AGENT_DEFAULTS } from "../options.ts";
import { executorRunPath } from "../sandbox/paths.ts";
import type { AgentState, ExecutorState } from "../state.ts";
import { systemClock } from "../../core/clock.ts";
import { silentLogger } from "../../core/logger.ts";
import { LaunchedContainers } from "../launched/launched-containers.ts";
import { LoggingLevel } from "../run/logging-level.ts";
import { agentRoutes } from "./index.ts";

const workDir = await mkdtemp(join(tmpdir(), "mezzo-api-"));
after(() => rm(workDir, { recursive: true }));

const ids = { agentId: "A-S0", frameworkId: "F-0000", executorId: "t1", containerId: "c1" };
const sandbox = executorRunPath(workDir, ids);
const state = await makeState();
const router = new Router({ delegate: "slave(1)", jsonSuffix: true });
const statistics = { timestamp: 5, cpus_soft_limit: 0.2, mem_rss_bytes: 4096 };
const containerizer = {
  usage: () => Promise.resolve(statistics),
  onExit: () => undefined,
} as unknown as Containerizer;
const noFetcher = { fetch: () => assert.fail(), cancel: () => undefined };
for (const route of agentRoutes({
  state,
  recovered: true,
  containerizer,
  now: () => 20_000,
  measures: {
    cachedBytes: 7,
    recoveryMs: 1500,
    removals: { succeeded: 3, failed: 2, pending: 1 },
    containerizer: [["containerizer/mesos/container_destroy_errors", 4]],
  },
  clock: systemClock,
  launched: new LaunchedContainers(
    { runtimeDir: workDir, httpHeartbeatInterval: 1000 },
    { containerizer, fetcher: noFetcher, clock: systemClock, logger: silentLogger, state: () => state },
  ),
  terminals: { find: () => undefined },
  logging: new LoggingLevel({ logger: silentLogger, clock: systemClock }),
  subscribe: () => assert.fail(),
  call: () => assert.fail(),
})) {
  router.add(route);
}

async function makeState(): Promise<AgentState> {
  const resources = parseResources("cpus:4;mem:2048;ports:[31000-32000]", { defaultRole: "*" });
  assert.ok(resources.ok);
  const made = createAgentState({
    options: {
      ...AGENT_DEFAULTS,
      ip: "127.0.0.1",
      hostname: "host",
      master: "127.0.0.1:5050",
      workDir,
      resources: resources.value,
      flags: { work_dir: workDir },
    },
    random: { next: () => 0, uuid: () => "00000000-0000-4000-8000-000000000000" },
    pid: "slave(1)@127.0.0.1:5051",
    info: {
      hostname: "host",
      port: 5051,
      resources: resources.value,
      id: { value: ids.agentId },
      attributes: [],
    },
    now: 10_000,
    resourceVersion: "",
  });
  made.phase = "RUNNING";
  made.master = "master@127.0.0.1:5050";
  const executor = makeExecutor();
  made.frameworks.set(ids.frameworkId, {
    id: ids.frameworkId,
    info: {
      id: { value: ids.frameworkId },
      name: "f",
      user: "root",
      roles: ["*"],
      capabilities: [{ type: "MULTI_ROLE" }],
    },
    phase: "RUNNING",
    executors: new Map([[executor.id, executor]]),
    completedExecutors: [],
  });
  await mkdir(join(sandbox, "sub"), { recursive: true });
  await writeFile(join(sandbox, "data"), "0123456789");
  await symlink("/etc/passwd", join(sandbox, "link"));
  await symlink("nowhere", join(sandbox, "dangling"));
  return made;
}

function makeExecutor(): ExecutorState {
  const scalar = (name: string, value: number) => ({
    name,
    type: "SCALAR" as const,
    scalar: { value },
    allocation_info: { role: "*" },
  });
  const task = {
    name: "t",
    task_id: { value: "t1" },
    framework_id: { value: ids.frameworkId },
    agent_id: { value: ids.agentId },
    state: "TASK_RUNNING" as const,
    resources: [scalar("cpus", 0.1), scalar("mem", 32)],
    statuses: [{ task_id: { value: "t1" }, state: "TASK_RUNNING" as const, timestamp: 12 }],
  };
  return {
    id: "t1",
    frameworkId: ids.frameworkId,
    info: {
      executor_id: { value: "t1" },
      framework_id: { value: ids.frameworkId },
      name: "Command Executor",
      source: "t1",
      resources: [scalar("cpus", 0.1), scalar("mem", 32)],
    },
    containerId: "c1",
    directory: sandbox,
    checkpoint: true,
    generated: true,
    phase: "RUNNING",
    pid: 77,
    queuedTasks: new Map(),
    queuedTaskGroups: [],
    launchedTasks: new Map([["t1", task]]),
    terminatedTasks: new Map(),
    completedTasks: [],
    launchedAt: 11_000,
    shutdownSent: false,
  };
}

interface Answer {
  status: number;
  type: string | undefined;
  bytes: Buffer;
  text: string;
  json: any; // eslint-disable-line
}

type Given = { method?: string; headers?: Record<string, string>; body?: string | Uint8Array };

function requestOf(target: string, given: Given = {}): HttpRequest {
  const head: HttpRequest["head"] = {
    method: given.method ?? "GET",
    path: target.split("?")[0] ?? "",
    query: new Map(new URL(target, "http://agent").searchParams),
    headers: new Map(Object.entries(given.headers ?? {})),
    keepAlive: true,
    framing: 0,
    expectsContinue: false,
    isHttp10: false,
    isMessage: false,
  };
  return new HttpRequest(head, { body: Buffer.from(given.body ?? ""), remote: "127.0.0.1:1" });
}

async function ask(target: string, given: Given = {}): Promise<Answer> {
  const response: HttpResponse = await router.handle(requestOf(target, given));
  const { body } = response;
  assert.ok(body === undefined || typeof body === "string" || body instanceof Uint8Array);
  const bytes = Buffer.from(body ?? "");
  const text = bytes.toString();
  return {
    bytes,
    status: response.status,
    type: response.headers?.["Content-Type"],
    text,
    get json() {
      return JSON.parse(text);
    },
  };
}

const call = (body: AgentCall | object, headers: Record<string, string> = {}): Promise<Answer> =>
  ask("/api/v1", {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });

void test("/state shows the agent, its resources, frameworks and tasks", async () => {
  const { json, type } = await ask("/slave(1)/state");
  assert.equal(type, "application/json");
  assert.deepEqual(json.resources, { disk: 0, mem: 2048, gpus: 0, cpus: 4, ports: "[31000-32000]" });
  assert.deepEqual(json.unreserved_resources_allocated, { disk: 0, mem: 64, gpus: 0, cpus: 0.2 });
  assert.equal(json.unreserved_resources_full[0].role, "*");
  assert.equal(json.master_hostname, "localhost");
  const [executor] = json.frameworks[0].executors;
  assert.equal(executor.directory, sandbox);
  assert.deepEqual(executor.tasks[0].statuses, [{ state: "TASK_RUNNING", timestamp: 12 }]);
  assert.match((await ask("/state?jsonp=cb")).text, /^cb\(.*\)$/s);
});

void test("/containers and /monitor/statistics show what containers use", async () => {
  const [container] = (await ask("/containers")).json;
  assert.deepEqual(container.status, { container_id: { value: "c1" }, executor_pid: 77 });
  assert.deepEqual(container.statistics, statistics);
  assert.equal((await ask("/containers?container_id=none")).text, "[]");
  assert.equal((await ask("/containers?container_id=c1")).json.length, 1);
  assert.equal((await ask("/containers?executor_id=t1")).status, 400);
  assert.deepEqual(Object.keys((await ask("/monitor/statistics")).json[0]).sort(), [
    "executor_id",
    "executor_name",
    "framework_id",
    "source",
    "statistics",
  ]);
});

void test("/metrics/snapshot has the values of the state", async () => {
  const { json } = await ask("/metrics/snapshot");
  assert.equal(json["slave/uptime_secs"], 10);
  assert.equal(json["slave/cpus_used"], 0.2);
  assert.equal(json["slave/mem_percent"], 64 / 2048);
  assert.deepEqual(
    [json["slave/tasks_running"], json["slave/tasks_staging"], json["slave/executors_running"]],
    [1, 0, 1],
  );
  assert.equal(Object.keys(json).length, 68);
  assert.equal((await ask("/metrics/snapshot?timeout=x")).status, 400);
});

const FILES: [string, number, string][] = [
  ["read?path=DATA&offset=2&length=3", 200, '{"offset":2,"data":"234"}'],
  ["read?path=DATA&offset=0", 200, '{"offset":0,"data":"0123456789"}'],
  ["read?path=DATA&offset=-1", 200, '{"offset":10,"data":""}'],
  ["read?path=DATA", 200, '{"offset":10,"data":""}'],
  ["read?path=DATA&offset=100", 200, '{"offset":100,"data":""}'],
  ["read?path=DATA&offset=0&length=0", 200, '{"offset":0,"data":""}'],
  ["read?path=DATA&offset=0&length=-1", 200, '{"offset":0,"data":"0123456789"}'],
  ["read?path=DATA&offset=-5", 400, "Negative offset provided: -5.\n"],
  ["read?path=DATA&offset=0&length=-7", 400, "Negative length provided: -7.\n"],
  ["read?path=DATA&offset=x", 400, "Failed to parse offset: Failed to convert 'x' to number.\n"],
  ["read?path=DIR/sub&offset=0", 400, "Cannot read a directory.\n"],
  ["read?path=DIR/none&offset=0", 404, ""],
  ["read", 400, "Expecting 'path=value' in query.\n"],
  ["read?path=", 400, "Expecting 'path=value' in query.\n"],
  ["read?path=RUNS/latest/data&offset=0", 200, '{"offset":0,"data":"0123456789"}'],
  ["read?path=/frameworks/F-0000/executors/t1/runs/latest/data&offset=8", 200, '{"offset":8,"data":"89"}'],
  ["browse?path=DIR/sub", 200, "[]"],
  ["browse?path=DATA", 200, "[]"],
  ["browse?path=DIR/none", 404, ""],
  ["browse", 400, "Expecting 'path=value' in query.\n"],
  ["download?path=DATA", 200, "0123456789"],
  ["download?path=DIR/none", 404, "404 Not Found."],
  ["download?path=DIR/sub", 400, "Cannot download a directory.\n"],
  ["download", 400, "Expecting 'path=value' in query.\n"],
  ["read?path=DIR/link&offset=0", 400, "'DIR/link' is inaccessible.\n"],
  [
    "read?path=DIR/../../../../../../../../../../../../../../../../etc/passwd&offset=0",
    400,
    "'DIR/../../../../../../../../../../../../../../../../etc/passwd' is inaccessible.\n",
  ],
  ["read?path=/etc/passwd&offset=0", 404, ""],
  ["read?path=/&offset=0", 404, ""],
  ["read?path=etc/passwd&offset=0", 404, ""],
  ["read?path=DIRx/../data&offset=0", 404, ""],
  ["read?path=DIR/none/../data&offset=0", 404, ""],
  ["read?path=DATA/../data&offset=0", 404, ""],
  [
    "read?path=/frameworks/F-0000/executors/t1/runs/latest/../../../../../../../../../../../etc/none&offset=0",
    404,
    "",
  ],
];
for (const [target, status, text] of FILES) {
  void test(`/files/${target}`, async () => {
    const fill = (words: string): string =>
      words
        .replaceAll("DATA", `${sandbox}/data`)
        .replaceAll("DIR", sandbox)
        .replaceAll("RUNS", sandbox.replace(/\/c1$/, ""));
    const answer = await ask(`/files/${fill(target)}`);
    assert.deepEqual([answer.status, answer.text], [status, fill(text)]);
  });
}

void test("/files/browse shows links that lead out as links, and leaves out those that lead nowhere", async () => {
  const { json } = await ask(`/files/browse?path=${sandbox}`);
  assert.deepEqual(
    json.map(({ path, mode }: { path: string; mode: string }) => [path.slice(sandbox.length + 1), mode]),
    [
      ["data", "-rw-r--r--"],
      ["link", "lrwxrwxrwx"],
      ["sub", "drwxr-xr-x"],
    ],
  );
});

void test("/files/read gives bytes that are no text as they are", async () => {
  await writeFile(join(sandbox, "bytes"), Buffer.from([0xff, 0x22, 0x0a, 0x5c, 0xc3]));
  const answer = await ask(`/files/read?path=${sandbox}/bytes&offset=0`);
  const expected = Buffer.concat([
    Buffer.from('{"offset":0,"data":"'),
    Buffer.from([0xff]),
    Buffer.from('\\"\\n\\\\'),
    Buffer.from([0xc3]),
    Buffer.from('"}'),
  ]);
  assert.deepEqual(answer.bytes, expected);
});

void test("v1 calls answer from the state", async () => {
  const answer = async (type: string): Promise<AgentResponse> => (await call({ type })).json;
  assert.deepEqual(await answer("GET_HEALTH"), { type: "GET_HEALTH", get_health: { healthy: true } });
  assert.deepEqual(await answer("GET_OPERATIONS"), { type: "GET_OPERATIONS", get_operations: {} });
  const { get_state: whole } = await answer("GET_STATE");
  assert.deepEqual(Object.keys(whole?.get_tasks ?? {}).sort(), [
    "completed_tasks",
    "launched_tasks",
    "pending_tasks",
    "queued_tasks",
    "terminated_tasks",
  ]);
  assert.equal(whole?.get_executors?.executors?.length, 1);
  assert.deepEqual((await answer("GET_AGENT")).get_agent?.agent_info?.id, { value: "A-S0" });
  assert.ok(!("attributes" in ((await answer("GET_AGENT")).get_agent?.agent_info ?? {})));
  const { get_containers: containers } = (await call({ type: "GET_CONTAINERS", get_containers: {} })).json;
  assert.deepEqual(containers.containers[0].container_status, {
    container_id: { value: "c1" },
    executor_pid: 77,
  });
  const { get_metrics: metrics } = (await call({ type: "GET_METRICS", get_metrics: {} })).json;
  assert.equal(metrics.metrics.length, 68);
  assert.deepEqual((await answer("GET_FLAGS")).get_flags, { flags: [{ name: "work_dir", value: workDir }] });
});

void test("v1 reads files", async () => {
  const read = (path: string, offset: number, length?: number): Promise<Answer> =>
    call({ type: "READ_FILE", read_file: { path, offset, length } });
  assert.deepEqual((await read(`${sandbox}/data`, 3, 4)).json.read_file, { size: 10, data: "MzQ1Ng==" });
  assert.deepEqual((await read(`${sandbox}/data`, 50)).json.read_file, { size: 10, data: "" });
  assert.deepEqual((await read("/etc/passwd", 0)).status, 404);
  const list = await call({ type: "LIST_FILES", list_files: { path: `${sandbox}/sub` } });
  assert.deepEqual(list.json, { type: "LIST_FILES", list_files: {} });
});

const REFUSED: [string, Parameters<typeof ask>[1], number, string][] = [
  ["GET", {}, 405, "405 Method Not Allowed. Expecting one of { 'POST' }, but received 'GET'."],
  ["no type", { method: "POST", body: "{}" }, 400, "Expecting 'Content-Type' to be present"],
  [
    "text",
    post("text/plain", "{}"),
    415,
    "Expecting 'Content-Type' of application/json or application/x-protobuf or application/recordio",
  ],
  [
    "empty",
    post("application/json", "{}"),
    400,
    "Failed to validate agent::Call: Expecting 'type' to be present",
  ],
  [
    "unknown",
    post("application/json", '{"type":"NO_SUCH"}'),
    400,
    "Failed to validate agent::Call: Expecting 'type' to be present",
  ],
  [
    "a missing part",
    post("application/json", '{"type":"LIST_FILES"}'),
    400,
    "Failed to validate agent::Call: Expecting 'list_files' to be present",
  ],
  [
    "Accept",
    post("application/json", '{"type":"GET_HEALTH"}', { accept: "text/html" }),
    406,
    "Expecting 'Accept' to allow application/json or application/x-protobuf or application/recordio",
  ],
  [
    "a stream for an answer",
    post("application/json", '{"type":"GET_HEALTH"}', { accept: "application/recordio" }),
    406,
    "Streaming response is not supported for GET_HEALTH call",
  ],
  [
    "a stream for a request",
    post("application/recordio", '21\n{"type":"GET_HEALTH"}', { "message-content-type": "application/json" }),
    415,
    "Streaming 'Content-Type' application/recordio is not supported for GET_HEALTH call",
  ],
  [
    "a stream without a type",
    post("application/recordio", ""),
    400,
    "Expecting 'Message-Content-Type' to be set for streaming requests",
  ],
  [
    "a type for no stream",
    post("application/json", "{}", { "message-content-type": "application/json" }),
    415,
    "Expecting 'Message-Content-Type' to be not set for non-streaming requests",
  ],
  [
    "resource providers without a folder",
    post(
      "application/json",
      '{"type":"ADD_RESOURCE_PROVIDER_CONFIG","add_resource_provider_config":{"info":{"type":"org.apache.mesos.rp.local.storage","name":"n"}}}',
    ),
    500,
    "Missing required flag --resource_provider_config_dir",
  ],
  [
    "unknown kinds of resource providers",
    post(
      "application/json",
      '{"type":"UPDATE_RESOURCE_PROVIDER_CONFIG","update_resource_provider_config":{"info":{"type":"t","name":"n"}}}',
    ),
    400,
    "Failed to validate resource provider config with type 't' and name 'n': Unknown local resource provider type 't'",
  ],
];

function post(type: string, body: string, headers: Record<string, string> = {}): Parameters<typeof ask>[1] {
  return { method: "POST", body, headers: { "content-type": type, ...headers } };
}

for (const [name, given, status, words] of REFUSED) {
  void test(`v1 refuses ${name}`, async () => {
    const answer = await ask("/api/v1", given);
    assert.deepEqual([answer.status, answer.text], [status, words]);
  });
}

void test("v1 prunes images where there are none", async () => {
  const answer = await ask("/api/v1", post("application/json", '{"type":"PRUNE_IMAGES"}'));
  assert.deepEqual([answer.status, answer.text], [200, ""]);
});

void test("v1 speaks protobuf", async () => {
  const type = "application/x-protobuf";
  const answer = await ask("/api/v1", {
    method: "POST",
    headers: { "content-type": type, accept: type },
    body: encodeProtobuf("AgentCall", { type: "GET_HEALTH" }),
  });
  assert.deepEqual([answer.type, answer.bytes.toString("hex")], [type, "080112020801"]);
});

void test("/help lists the endpoints", async () => {
  assert.match((await ask("/help/slave(1)")).text, /^> \[\/slave\(1\)\/state\]/m);
  const { processes } = (await ask("/help?format=json")).json;
  assert.deepEqual(
    processes.map(({ id }: { id: string }) => id),
    ["files", "logging", "metrics", "profiler", "slave(1)", "system", "version"],
  );
});

void test("/profiler says that there is none", async () => {
  const { status, text } = await ask("/profiler/start");
  assert.deepEqual([status, text.slice(0, 22)], [400, "Perftools is disabled."]);
});

void test("while checkpoints are read the state is not known", async () => {
  state.phase = "RECOVERING";
  try {
    assert.equal((await ask("/state")).status, 503);
    assert.equal((await call({ type: "GET_HEALTH" })).text, "Agent has not finished recovery");
    assert.equal((await ask("/health")).status, 200);
  } finally {
    state.phase = "RUNNING";
  }
});

void test("what is counted outside the state is in the metrics", async () => {
  const { json } = await ask("/metrics/snapshot");
  assert.equal(json["containerizer/fetcher/cache_size_used_bytes"], 7);
  assert.equal(json["slave/recovery_time_secs"], 1.5);
  assert.equal(json["gc/path_removals_succeeded"], 3);
  assert.equal(json["containerizer/mesos/container_destroy_errors"], 4);
});

void test("the logging level is set and shown", async (context) => {
  context.after(() => ask("/logging/toggle?level=0&duration=1secs"));
  assert.equal((await ask("/logging/toggle?level=3&duration=1hrs")).status, 200);
  assert.equal((await ask("/logging/toggle")).text, "3\n");
  const raised = { level: 2, duration: { nanoseconds: 3_600_000_000_000 } };
  assert.equal((await call({ type: "SET_LOGGING_LEVEL", set_logging_level: raised })).status, 200);
  assert.equal((await call({ type: "GET_LOGGING_LEVEL" })).json.get_logging_level.level, 2);
  assert.equal((await ask("/logging/toggle?level=x&duration=1secs")).status, 400);
});

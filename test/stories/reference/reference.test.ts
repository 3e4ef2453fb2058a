// Every answer recorded from a C++ Mesos in the same situation: ours has the same keys of the same types.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { after, before, describe, it } from "node:test";
import {
  type AgentCall,
  type MasterCall,
  PROTOBUF_MEDIA_TYPE,
  decodeProtobuf,
  encodeJson,
  encodeProtobuf,
} from "@mezzo/wire";
import { getJson } from "../support/cluster.ts";
import { ask } from "../support/raw-connection.ts";
import { Story } from "../support/story.ts";
import { compareShapes, shapeOf, withoutEmptyLists } from "./shape.ts";
import { busySituation, idleSituation, referencePath, type Situation } from "./situation.ts";

/** A difference that is meant to be. */
interface Allowed {
  /** Folder and file: `master/state`. */
  answer: RegExp;
  /** Of the shape. */
  path: RegExp;
  why: string;
}

const ALLOWED: readonly Allowed[] = [
  {
    answer: /^master\/tasks_limit1$/,
    path: /^\.tasks\[\]\.labels: list$/,
    why: "one task only: which is first is another one than at the time of the recording, and this one has labels",
  },
];

/** Requests of older endpoints, where the name of the file does not say it. */
const PATHS: Readonly<Record<string, string>> = {
  tasks_limit1: "/tasks?limit=1",
  metrics_snapshot: "/metrics/snapshot",
  master_state: "/master/state",
  monitor_statistics: "/monitor/statistics",
  maintenance_schedule: "/maintenance/schedule",
  maintenance_status: "/maintenance/status",
};

const FOLDERS: Readonly<Record<string, "master" | "agent">> = {
  master: "master",
  "master-v1": "master",
  agent: "agent",
  "agent-v1": "agent",
};

/** Names of the files of recorded JSON documents in a folder. */
function recordings(folder: string): string[] {
  return readdirSync(referencePath(folder, ""))
    .filter(
      (file) => file.endsWith(".json") && /^[[{]/.test(readFileSync(referencePath(folder, file), "utf8")),
    )
    .map((file) => file.slice(0, -".json".length));
}

const recorded = (folder: string, name: string): unknown =>
  JSON.parse(readFileSync(referencePath(folder, `${name}.json`), "utf8")) as unknown;

const isOfAgent = (folder: string): boolean => FOLDERS[folder] === "agent";

const isV1 = (folder: string): boolean => folder.endsWith("-v1");

/** The call that was recorded. */
function callOf(name: string): { type: string } {
  return { type: name, ...(name === "GET_METRICS" && { get_metrics: {} }) };
}

function ourAnswer(situation: Situation, folder: string, name: string): Promise<unknown> {
  const { address } = isOfAgent(folder) ? situation.agent : situation.master;
  if (!isV1(folder)) return getJson(address, PATHS[name] ?? `/${name}`);
  return getJson(address, "/api/v1", { body: callOf(name) });
}

/** The same of an operator who speaks protobuf, as Mesos would write what it says in JSON. */
async function ourProtobuf(situation: Situation, folder: string, name: string): Promise<unknown> {
  const { address } = isOfAgent(folder) ? situation.agent : situation.master;
  const body = isOfAgent(folder)
    ? encodeProtobuf("AgentCall", callOf(name) as AgentCall)
    : encodeProtobuf("MasterCall", callOf(name) as MasterCall);
  const headers = { "Content-Type": PROTOBUF_MEDIA_TYPE, Accept: PROTOBUF_MEDIA_TYPE };
  const answer = await fetch(`http://${address}/api/v1`, { method: "POST", headers, body });
  assert.equal(answer.status, 200);
  assert.equal(answer.headers.get("content-type"), PROTOBUF_MEDIA_TYPE);
  const kind = isOfAgent(folder) ? "AgentResponse" : "MasterResponse";
  const decoded = decodeProtobuf(kind, await answer.bytes());
  assert.ok(decoded.ok);
  return JSON.parse(encodeJson(kind, decoded.value)) as unknown;
}

function assertSameShape(answer: string, expected: unknown, actual: unknown): void {
  const allowed = ALLOWED.filter((each) => each.answer.test(answer));
  const isMeant = (path: string): boolean => allowed.some((each) => each.path.test(path));
  const { missing, more } = compareShapes(shapeOf(expected), shapeOf(actual));
  assert.deepEqual(
    { missing: missing.filter((path) => !isMeant(path)), more: more.filter((path) => !isMeant(path)) },
    { missing: [], more: [] },
  );
}

void describe("answers have the keys and types of Mesos'", () => {
  const story = new Story({ after });
  let situation: Situation;

  before(async () => {
    situation = await busySituation(story);
  });

  for (const folder of Object.keys(FOLDERS)) {
    for (const name of recordings(folder)) {
      void it(`${folder}/${name}`, async () => {
        assertSameShape(
          `${folder}/${name}`,
          recorded(folder, name),
          await ourAnswer(situation, folder, name),
        );
      });
      if (!isV1(folder)) continue;
      void it(`${folder}/${name} in protobuf`, async () => {
        const actual = await ourProtobuf(situation, folder, name);
        assertSameShape(`${folder}/${name}`, withoutEmptyLists(recorded(folder, name)), actual);
      });
    }
  }

  void it("GET_METRICS has the metrics of /metrics/snapshot", async () => {
    for (const server of [situation.master, situation.agent]) {
      const call = { type: "GET_METRICS", get_metrics: {} };
      const answer = await getJson<{ get_metrics: { metrics: { name: string }[] } }>(
        server.address,
        "/api/v1",
        { body: call },
      );
      const snapshot = await getJson<Record<string, number>>(server.address, "/metrics/snapshot");
      const names = answer.get_metrics.metrics.map(({ name }) => name);
      assert.deepEqual(names.toSorted(), Object.keys(snapshot).toSorted());
    }
  });

  void it("statuses and headers of what is no document", async () => {
    const { master, agent } = situation;
    for (const { port } of [master, agent]) {
      const health = await ask(port, { path: "/health" });
      assert.equal(health.status, 200);
      assert.equal(health.body, "");
    }
    const redirect = await ask(master.port, { path: "/redirect" });
    assert.equal(redirect.statusLine, "HTTP/1.1 307 Temporary Redirect");
    assert.equal(redirect.headers.get("location"), `//localhost:${master.port}`);
    const summary = await ask(master.port, { path: "/roles-summary" });
    assert.equal(summary.statusLine, "HTTP/1.1 404 Not Found");
    assert.equal(summary.body, "404 Not Found.");
    const calls = [
      { file: "GET_METRICS_nobody", call: { type: "GET_METRICS" } },
      { file: "LIST_FILES", call: { type: "LIST_FILES", list_files: { path: "/no/such/file" } } },
    ];
    for (const { file, call } of calls) {
      const headers = { "Content-Type": "application/json" };
      const answer = await ask(master.port, {
        method: "POST",
        path: "/api/v1",
        headers,
        body: JSON.stringify(call),
      });
      const [statusLine] = readFileSync(referencePath("master-v1", `${file}.headers`), "utf8").split(/\r?\n/);
      assert.equal(answer.statusLine, statusLine);
      assert.equal(answer.body, readFileSync(referencePath("master-v1", `${file}.json`), "utf8").trim());
    }
  });

  void it("version is digits and dots", async () => {
    const { version } = await getJson<{ version: string }>(situation.master.address, "/version");
    assert.match(version, /^\d+\.\d+\.\d+$/);
  });
});

void describe("answers of an idle master have the keys and types of Mesos'", () => {
  const story = new Story({ after });
  let situation: Situation;

  before(async () => {
    situation = await idleSituation(story);
  });

  for (const name of recordings("master-idle")) {
    void it(`master-idle/${name}`, async () => {
      const actual = await getJson(situation.master.address, PATHS[name] ?? `/${name}`);
      assertSameShape(`master-idle/${name}`, recorded("master-idle", name), actual);
    });
  }
});

// READ_LOG with files on disk: of containers that run, have ended, are nested or stand alone, and of the agent.
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import type { ACLEntity, ACLs, AgentCallReadLog, AgentResponse, ContainerID } from "@mezzo/wire";
import type { HttpResponse } from "../../../net/http/http-response.ts";
import { AgentScript, executorTask } from "../../testing/agent-script.ts";
import { answerReadLog } from "./read-log.ts";

const ANY: ACLEntity = { type: "ANY" };
const NONE: ACLEntity = { type: "NONE" };
const ops = { principal: "ops", claims: {} };

interface Setting {
  folder: string;
  /** The running container. */
  containerId: string;
  sandbox: string;
  ask: (asked: AgentCallReadLog, principal?: string) => Promise<AgentResponse | HttpResponse>;
  /** The executor ends, and is no longer shown. */
  end: () => void;
}

/** An agent with a log and an executor of `alice` that has written ten bytes. */
function setUp(context: TestContext, { acls, log = true }: { acls?: ACLs; log?: boolean } = {}): Setting {
  const folder = mkdtempSync(join(tmpdir(), "mezzo-read-log-"));
  context.after(() => rmSync(folder, { recursive: true }));
  const shown = { maxCompletedExecutorsPerFramework: 0 };
  const options = {
    workDir: folder,
    ...shown,
    ...(acls && { acls }),
    ...(log && { logFile: join(folder, "log") }),
  };
  const script = new AgentScript(options).register();
  script.runTask(executorTask("t", "e", { command: { value: "true", user: "alice" } }));
  script.launched("e");
  const { containerId, directory: sandbox } = script.executor("e");
  write(sandbox, { stdout: "0123456789", stderr: "oh" });
  writeFileSync(join(folder, "log"), "started\n");
  return {
    folder,
    containerId,
    sandbox,
    ask: (read_log, principal) =>
      answerReadLog(
        script.state,
        { type: "READ_LOG", read_log },
        principal === undefined ? undefined : { ...ops, principal },
      ),
    end: () => {
      script.exited("e", { exitCode: 1 });
      script.acknowledge("t");
      assert.throws(() => script.executor("e"));
    },
  };
}

function write(folder: string, files: Record<string, string>): void {
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
}

const of = (...ids: string[]): Pick<AgentCallReadLog, "source"> & { container_id: ContainerID } => {
  const [value = "", ...parents] = ids.toReversed();
  const rest = parents.toReversed();
  return {
    source: "CONTAINER",
    container_id: { value, ...(rest.length > 0 && { parent: of(...rest).container_id }) },
  };
};

/** `stdout|stderr` as text with their sizes, or the refusal. */
function summary(answer: AgentResponse | HttpResponse): string {
  if ("status" in answer) return `${answer.status} ${typeof answer.body === "string" ? answer.body : ""}`;
  const { stdout, stderr } = answer.read_log ?? {};
  const text = (part: typeof stdout): string =>
    part === undefined ? "none" : `${Buffer.from(part.data, "base64").toString()}/${part.size}`;
  return `${text(stdout)}|${text(stderr)}`;
}

void test("answerReadLog() reads both outputs of a container", async (context) => {
  const { ask, containerId } = setUp(context);
  const cases: [Partial<AgentCallReadLog>, string][] = [
    [{}, "0123456789/10|oh/2"],
    [{ stdout_offset: 3, stderr_offset: 1, length: 4 }, "3456/10|h/2"],
    [{ stdout_offset: 8, length: 100 }, "89/10|oh/2"],
    [{ length: 0 }, "/10|/2"],
    [{ stdout_offset: 10, stderr_offset: 2 ** 60 }, "/10|/2"],
    [{ length: Number.MAX_SAFE_INTEGER }, "0123456789/10|oh/2"],
  ];
  for (const [part, expected] of cases) {
    assert.equal(summary(await ask({ ...of(containerId), ...part })), expected, JSON.stringify(part));
  }
});

void test("answerReadLog() gives at most 64 KiB of each output", async (context) => {
  const { ask, containerId, sandbox } = setUp(context);
  write(sandbox, { stdout: "x".repeat(100_000) });
  for (const length of [undefined, 99_999]) {
    const answer = await ask({ ...of(containerId), ...(length !== undefined && { length }) });
    assert.ok("read_log" in answer);
    const { size, data = "" } = answer.read_log?.stdout ?? {};
    assert.deepEqual([size, Buffer.from(data, "base64").length], [100_000, 65_536]);
  }
});

void test("answerReadLog() reads what a container left, until its sandbox is removed", async (context) => {
  const { ask, containerId, sandbox, end } = setUp(context);
  end();
  assert.equal(summary(await ask(of(containerId))), "0123456789/10|oh/2");
  rmSync(sandbox, { recursive: true });
  const words = `404 Container '${containerId}' cannot be found: its sandbox has been removed`;
  assert.equal(summary(await ask(of(containerId))), words);
});

void test("answerReadLog() reads nested containers and those that stand alone", async (context) => {
  const { ask, containerId, sandbox, folder } = setUp(context);
  write(join(sandbox, "containers/a"), { stdout: "a", stderr: "" });
  write(join(sandbox, "containers/a/containers/b"), { stdout: "b" });
  write(join(folder, "containers/alone"), { stdout: "", stderr: "alone" });
  mkdirSync(join(folder, "containers/alone/containers/mute"), { recursive: true });
  const cases: [string[], string][] = [
    [[containerId, "a"], "a/1|/0"],
    [[containerId, "a", "b"], "b/1|none"],
    [["alone"], "/0|alone/5"],
    [["alone", "mute"], "404 There is neither stdout nor stderr of container 'alone.mute'"],
    [[containerId, "c"], `404 Container '${containerId}.c' cannot be found`],
    [["a"], "404 Container 'a' cannot be found"],
    [["unknown", "a"], "404 Container 'unknown.a' cannot be found"],
  ];
  for (const [ids, expected] of cases) assert.equal(summary(await ask(of(...ids))), expected, ids.join());
});

void test("answerReadLog() neither leaves a sandbox nor reads what is no file", async (context) => {
  const { ask, containerId, sandbox } = setUp(context);
  rmSync(join(sandbox, "stdout"));
  symlinkSync("/etc/passwd", join(sandbox, "stdout"));
  assert.equal(summary(await ask(of(containerId))), `400 '${sandbox}/stdout' is inaccessible.\n`);
  rmSync(join(sandbox, "stdout"));
  mkdirSync(join(sandbox, "stdout"));
  assert.equal(summary(await ask(of(containerId))), "400 Cannot read a directory.\n");
  mkdirSync(join(sandbox, "containers"));
  symlinkSync("/", join(sandbox, "containers/root"));
  const root = `${sandbox}/containers/root`;
  assert.equal(summary(await ask(of(containerId, "root"))), `400 '${root}' is inaccessible.\n`);
});

void test("answerReadLog() reads the agent's own log", async (context) => {
  const { ask, folder } = setUp(context);
  assert.equal(summary(await ask({ source: "AGENT" })), "started\n/8|none");
  assert.equal(summary(await ask({ source: "AGENT", stdout_offset: 5, length: 2 })), "ed/8|none");
  rmSync(join(folder, "log"));
  assert.equal(summary(await ask({ source: "AGENT" })), `404 There is no log file at '${folder}/log'`);
  const { ask: askAnother } = setUp(context, { log: false });
  assert.equal(
    summary(await askAnother({ source: "AGENT" })),
    "404 There is no log file: neither --log_dir nor --external_log_file was given",
  );
});

void test("answerReadLog() asks the rules for sandboxes and for logs", async (context) => {
  const acls: ACLs = {
    access_sandboxes: [
      { principals: { values: ["ops"] }, users: { values: ["alice"] } },
      { principals: { values: ["root"] }, users: ANY },
      { principals: NONE, users: ANY },
    ],
    access_mesos_logs: [
      { principals: { values: ["root"] }, logs: ANY },
      { principals: NONE, logs: ANY },
    ],
  };
  const { ask, containerId, folder, end } = setUp(context, { acls });
  write(join(folder, "containers/alone"), { stdout: "", stderr: "" });
  const statuses = async (principal?: string): Promise<unknown[]> => {
    const answers = [
      await ask(of(containerId), principal),
      await ask(of("alone"), principal),
      await ask({ source: "AGENT" }, principal),
    ];
    return answers.map((answer) => ("status" in answer ? answer.status : 200));
  };
  for (const isOver of [false, true]) {
    if (isOver) end();
    assert.deepEqual(await statuses("root"), [200, 200, 200]);
    assert.deepEqual(await statuses("ops"), [200, 403, 403]);
    assert.deepEqual(await statuses(), [403, 403, 403]);
  }
});

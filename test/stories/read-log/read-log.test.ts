// What containers, agents and masters have written, read over HTTP without knowing a path.
import assert from "node:assert/strict";
import { appendFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import {
  decode,
  encode,
  type AgentCall,
  type AgentCallReadLog,
  type AgentResponseReadLog,
  type AgentResponseReadLogData,
  type ContainerID,
  type MediaType,
} from "@mezzo/wire";
import { getJson, startAgent, startMaster, type Server } from "../support/cluster.ts";
import { Framework } from "../support/framework.ts";
import { Story } from "../support/story.ts";
import { until } from "../support/until.ts";

const JSON_TYPE = "application/json";

const textOf = (part: AgentResponseReadLogData | undefined): string =>
  Buffer.from(part?.data ?? "", "base64").toString();

void describe("READ_LOG", () => {
  const story = new Story({ after });
  // What is not listed any more is read all the same.
  const agentFlags = [`--log_dir=${join(story.folder, "logs")}`, "--max_completed_executors_per_framework=0"];
  const masterLog = join(story.folder, "written-by-others");
  let master: Server;
  let agent: Awaited<ReturnType<typeof startAgent>>;
  let framework: Framework;
  /** Of the task that runs, and of one that is over. */
  let running: ContainerID;
  let ended: ContainerID;

  before(async () => {
    writeFileSync(masterLog, "one\ntwo\n");
    master = await startMaster(story, { flags: [`--external_log_file=${masterLog}`] });
    agent = await startAgent(story, master, { flags: agentFlags });
    framework = new Framework({ master: master.address });
    await framework.subscribe();
  });

  async function post(call: AgentCall, type: MediaType = JSON_TYPE): Promise<Response> {
    return fetch(`http://${agent.address}/api/v1`, {
      method: "POST",
      headers: { "Content-Type": type, Accept: type },
      body: encode("AgentCall", call, type),
    });
  }

  async function readLog(
    read_log: AgentCallReadLog,
    type: MediaType = JSON_TYPE,
  ): Promise<AgentResponseReadLog> {
    const answer = await post({ type: "READ_LOG", read_log }, type);
    const body = Buffer.from(await answer.arrayBuffer());
    assert.equal(answer.status, 200, body.toString());
    assert.equal(answer.headers.get("content-type"), type);
    const response = decode("AgentResponse", body, type);
    assert.ok(response.ok && response.value.type === "READ_LOG");
    return response.value.read_log ?? {};
  }

  const readContainer = (container_id: ContainerID, type?: MediaType): Promise<AgentResponseReadLog> =>
    readLog({ source: "CONTAINER", container_id }, type);

  async function containerOf(taskId: string): Promise<ContainerID> {
    const { container_status: status } = await framework.sees(taskId, "TASK_RUNNING");
    assert.ok(status?.container_id);
    return status.container_id;
  }

  async function find(path: string): Promise<{ status: number; text: string }> {
    const answer = await fetch(`http://${agent.address}/files/read?path=${path}&offset=0`);
    return { status: answer.status, text: await answer.text() };
  }

  void it("reads what a task writes, while it runs and bit by bit", async () => {
    await framework.launch([framework.command("t", "echo out; echo err >&2; echo more; sleep 1000")]);
    running = await containerOf("t");
    await until("it has written", async () => textOf((await readContainer(running)).stdout).includes("more"));
    for (const type of [JSON_TYPE, "application/x-protobuf"] as const) {
      const whole = await readContainer(running, type);
      const [stdout, stderr] = [textOf(whole.stdout), textOf(whole.stderr)];
      assert.match(stdout, /out\nmore\n$/);
      assert.match(stderr, /err\n$/);
      assert.equal(whole.stdout?.size, stdout.length);
      const offsets = { stdout_offset: stdout.indexOf("more"), stderr_offset: stderr.length };
      const rest = await readLog({ source: "CONTAINER", container_id: running, ...offsets, length: 4 }, type);
      assert.deepEqual([textOf(rest.stdout), textOf(rest.stderr)], ["more", ""]);
    }
  });

  void it("reads what is nested in it, and what stands alone", async () => {
    const nested = { value: "inner", parent: running };
    const alone = { value: "alone" };
    for (const [container_id, word] of [
      [nested, "within"],
      [alone, "beside"],
    ] as const) {
      const command = { value: `echo ${word}; exec sleep 1000` };
      const launch: AgentCall = { type: "LAUNCH_CONTAINER", launch_container: { container_id, command } };
      assert.equal((await post(launch)).status, 200);
      await until(`${word} is written`, async () => {
        return textOf((await readContainer(container_id)).stdout) === `${word}\n`;
      });
    }
  });

  void it("reads what a task left, also after the agent has been killed", async () => {
    await framework.launch([framework.command("over", "echo farewell")]);
    ended = await containerOf("over");
    await framework.sees("over", "TASK_FINISHED");
    const readsFarewell = async (): Promise<void> => {
      assert.match(textOf((await readContainer(ended)).stdout), /farewell\n$/);
      const file = await find(`/frameworks/${framework.id}/executors/over/runs/latest/stdout`);
      assert.match(file.text, /farewell/);
    };
    await until("it is not listed any more", async () => {
      const { frameworks } = await getJson<{
        frameworks: { executors: { id: string }[]; completed_executors: object[] }[];
      }>(agent.address, "/state");
      return frameworks.every(
        ({ executors, completed_executors }) =>
          completed_executors.length === 0 && !executors.some(({ id }) => id === "over"),
      );
    });
    await readsFarewell();
    await agent.child.stop("SIGKILL");
    agent = await startAgent(story, master, { port: agent.port, flags: agentFlags });
    await readsFarewell();
    assert.match(textOf((await readContainer(running)).stdout), /more\n$/);
  });

  void it("says what is wrong with a call", async () => {
    const asks = async (read_log: AgentCallReadLog): Promise<[number, string]> => {
      const answer = await post({ type: "READ_LOG", read_log });
      return [answer.status, await answer.text()];
    };
    assert.deepEqual(await asks({ source: "CONTAINER", container_id: { value: "none" } }), [
      404,
      "Container 'none' cannot be found",
    ]);
    assert.deepEqual(await asks({ source: "AGENT", container_id: running }), [
      400,
      "Failed to validate agent::Call: 'read_log.container_id' is only valid for CONTAINER source",
    ]);
  });

  void it("shows the agent's own log, also what was rotated away", async () => {
    const log = await readLog({ source: "AGENT" });
    assert.match(textOf(log.stdout), /Mezzo agent .* is listening/);
    assert.equal(log.stderr, undefined);
    assert.match((await find("/slave/log")).text, /is listening/);
    const path = join(story.folder, "logs/mezzo-agent.log");
    renameSync(path, `${path}.1`);
    writeFileSync(path, "anew\n");
    assert.equal(textOf((await readLog({ source: "AGENT" })).stdout), "anew\n");
    assert.match((await find("/slave/log.1")).text, /is listening/);
    assert.equal((await find("/slave/log.2")).status, 404);
  });

  void it("shows the log that a master was told of", async () => {
    appendFileSync(masterLog, "three\n");
    const answer = await fetch(`http://${master.address}/api/v1`, {
      method: "POST",
      headers: { "Content-Type": JSON_TYPE, Accept: JSON_TYPE },
      body: JSON.stringify({ type: "READ_LOG", read_log: { offset: 4 } }),
    });
    const data = Buffer.from("two\nthree\n").toString("base64");
    assert.deepEqual(await answer.json(), { type: "READ_LOG", read_log: { size: 14, data } });
  });
});

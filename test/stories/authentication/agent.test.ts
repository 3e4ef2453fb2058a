// An agent that proves who it is to its master, and asks its own clients for the same.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { listAgents, startAgent, startMaster, type Server } from "../support/cluster.ts";
import { Framework, scalars } from "../support/framework.ts";
import { mezzo, Story } from "../support/story.ts";
import { takePort } from "../support/ports.ts";
import { until } from "../support/until.ts";

const executorScript = join(import.meta.dirname, "../sdk/echo-executor.ts");

void describe("an agent with a credential", () => {
  const story = new Story({ after });
  const masterFlags: string[] = [];
  let master: Server;
  let agent: Awaited<ReturnType<typeof startAgent>>;
  let framework: Framework;
  const file = (name: string, text: string): string => {
    const path = join(story.folder, name);
    writeFileSync(path, text, { mode: 0o600 });
    return path;
  };

  before(async () => {
    const credentials = file("credentials", "agent secret\nops sesame\n");
    masterFlags.push("--authenticate_agents", `--credentials=${credentials}`);
    master = await startMaster(story, { flags: masterFlags });
    agent = await startAgent(story, master, {
      flags: [
        `--credential=${file("credential", '{"principal": "agent", "secret": "secret"}')}`,
        `--http_credentials=${credentials}`,
        `--jwt_secret_key=${file("key", "a key")}`,
        "--authenticate_http_readonly",
        "--authenticate_http_readwrite",
        "--authenticate_http_executors",
      ],
    });
    framework = new Framework({ master: master.address });
    await framework.subscribe();
  });

  const ask = (path: string, authorization?: string, body?: string): Promise<Response> =>
    fetch(`http://${agent.address}${path}`, {
      headers: {
        "Content-Type": "application/json",
        ...(authorization !== undefined && { Authorization: authorization }),
      },
      ...(body !== undefined && { method: "POST", body }),
    });
  const ops = `Basic ${Buffer.from("ops:sesame").toString("base64")}`;

  void it("joins a master that demands it and runs tasks", async () => {
    await framework.launch([framework.command("t", "exit 0")]);
    await framework.sees("t", "TASK_FINISHED");
  });

  void it("lets in clients by realm", async () => {
    const state = await ask("/state");
    assert.equal(state.status, 401);
    const challenge = state.headers.get("www-authenticate") ?? "";
    assert.match(challenge, /^Basic realm="mesos-agent-readonly",\s?Bearer realm="mesos-agent-readonly"$/);
    assert.equal((await ask("/state", ops)).status, 200);
    assert.equal((await ask("/health")).status, 200);
    const call = JSON.stringify({ type: "GET_HEALTH" });
    assert.equal((await ask("/api/v1", undefined, call)).status, 401);
    assert.equal((await ask("/api/v1", ops, call)).status, 200);
    assert.equal((await ask("/api/v1/executor", undefined, "{}")).status, 401);
  });

  void it("believes executors by the token it gave them", async () => {
    const executor = {
      executor_id: { value: "e" },
      type: "CUSTOM" as const,
      command: { value: `exec '${process.execPath}' --conditions=source '${executorScript}'` },
      framework_id: { value: framework.id },
      resources: scalars({ cpus: 0.1, mem: 64 }),
    };
    const { command: _, ...task } = framework.command("custom", "");
    await framework.launch([{ ...task, executor }]);
    await framework.sees("custom", "TASK_RUNNING");
    await framework.must({ type: "KILL", kill: { task_id: { value: "custom" } } });
    await framework.sees("custom", "TASK_KILLED");
  });

  void it("proves itself again to a master that was started again", async () => {
    await master.child.stop("SIGKILL");
    master = await startMaster(story, { port: master.port, flags: masterFlags });
    await until("the agent is back", async () => (await listAgents(master)).some(({ active }) => active));
  });

  void it("ends when the master refuses it", async () => {
    const folders = [`--work_dir=${join(story.folder, "b")}`, `--runtime_dir=${join(story.folder, "b-run")}`];
    const wrong = `--credential=${file("wrong", "agent guess")}`;
    const where = ["--ip=127.0.0.1", `--port=${await takePort()}`, `--master=${master.address}`];
    const child = story.start([mezzo, "agent", ...where, ...folders, wrong]);
    await child.sees(/Master refused authentication/);
    await until("it has ended", () => !child.isRunning);
  });
});

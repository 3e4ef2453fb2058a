// Tasks that do not do what is asked of them: each ends in Mesos' words, its neighbour never notices, nothing of it is left.
import assert from "node:assert/strict";
import { existsSync, globSync, readFileSync } from "node:fs";
import { createServer, type AddressInfo, type Server } from "node:net";
import { after, before, describe, it } from "node:test";
import type { HealthCheck, TaskInfo, TaskStatus } from "@mezzo/wire";
import { getJson } from "../support/cluster.ts";
import { scalars } from "../support/framework.ts";
import { hangAgainAndAgain } from "../support/hanging-check.ts";
import { OneAgent } from "../support/one-agent.ts";
import { commandLine, isAlive } from "../support/processes.ts";
import { Story } from "../support/story.ts";
import { until } from "../support/until.ts";

const MS = 1e6;

/** Tries at once, again at once, and gives the task two chances. */
const IMPATIENT = {
  delay_seconds: 0,
  interval_seconds: 0.05,
  timeout_seconds: 0.3,
  grace_period_seconds: 0,
  consecutive_failures: 2,
} as const;

void describe("tasks that do not do what is asked of them", () => {
  const story = new Story({ after });
  let one: OneAgent;
  let own: number[];

  before(async () => {
    one = await OneAgent.start(story, ["--executor_registration_timeout=1secs"]);
    await one.run([one.framework.command("neighbour", "exec sleep 1000")]);
    own = one.taskProcesses();
  });

  async function nothingIsLeft(): Promise<void> {
    await until("nothing but the neighbour is left", () => {
      const left = one.taskProcesses();
      return left.length === own.length && left.every((pid) => own.includes(pid));
    });
    assert.ok(one.agent.child.isRunning);
  }

  const marker = (id: string): string => `echo $$ > ${story.folder}/${id}.pid`;

  void it("a task whose secret nobody can look up fails, with its group, before anything runs", async () => {
    const { framework } = one;
    const secret = { type: "REFERENCE" as const, reference: { name: "vault" } };
    const variables = [{ name: "KEY", type: "SECRET" as const, secret }];
    const keyed = (id: string): ReturnType<OneAgent["framework"]["command"]> =>
      framework.command(id, marker(id), { command: { value: marker(id), environment: { variables } } });
    const words = "Failed to launch container: Default secret resolver cannot resolve references";
    await one.launch([keyed("keyed")]);
    const { agent_id, ...offer } = await framework.largeOffer();
    await framework.accept({ agent_id, ...offer }, [framework.group("keys", [keyed("inner")], { agent_id })]);
    for (const id of ["keyed", "inner"]) {
      const { reason, message } = await framework.sees(id, "TASK_FAILED");
      assert.deepEqual([reason, message], ["REASON_CONTAINER_LAUNCH_FAILED", words]);
      assert.ok(!existsSync(`${story.folder}/${id}.pid`));
    }
    await nothingIsLeft();
  });

  void it("an executor that never registers fails its task and is killed", async () => {
    const { framework } = one;
    const value = `${marker("silent")}; trap "" TERM; sleep 1000`;
    await one.launch([
      {
        name: "silent",
        task_id: { value: "silent" },
        resources: scalars({ cpus: 0.1, mem: 32 }),
        executor: {
          type: "CUSTOM",
          executor_id: { value: "mute" },
          framework_id: { value: framework.id },
          command: { value },
          resources: scalars({ cpus: 0.1, mem: 32 }),
        },
      },
    ]);
    const pid = await one.pidOf("silent");
    const { reason, message, source } = await framework.sees("silent", "TASK_FAILED");
    assert.equal(reason, "REASON_EXECUTOR_REGISTRATION_TIMEOUT");
    assert.equal(message, "Executor did not register within 1secs");
    assert.equal(source, "SOURCE_AGENT");
    assert.ok(!isAlive(pid));
    await nothingIsLeft();
  });

  void it("a task that ignores SIGTERM is killed after its grace period, with all it started", async () => {
    const { framework } = one;
    const value = `trap "" TERM; (trap "" TERM; setsid sleep 1000) & ${marker("deaf")}; sleep 1000; sleep 1000`;
    await one.launch([framework.command("deaf", value)]);
    const pid = await one.pidOf("deaf");
    await framework.sees("deaf", "TASK_RUNNING");
    const kill_policy = { grace_period: { nanoseconds: 400 * MS } };
    const from = performance.now();
    await framework.must({ type: "KILL", kill: { task_id: { value: "deaf" }, kill_policy } });
    const { message, reason } = await framework.sees("deaf", "TASK_KILLED");
    assert.ok(performance.now() - from >= 400, "it had its grace period");
    assert.equal(message, "Command terminated with signal Killed");
    assert.equal(reason, undefined);
    assert.ok(!isAlive(pid));
    await nothingIsLeft();
  });

  /** Runs a task until its health check has ended it; its last status. */
  async function unhealthy(id: string, check: HealthCheck): Promise<TaskStatus> {
    const { framework } = one;
    const health_check = { ...IMPATIENT, ...check };
    await one.launch([framework.command(id, "sleep 1000", { health_check })]);
    const last = await framework.sees(id, "TASK_KILLED");
    const failures = framework.updates(id).filter(({ healthy }) => healthy === false);
    assert.deepEqual(
      failures.map(({ state, reason }) => [state, reason]),
      [
        ["TASK_RUNNING", "REASON_TASK_HEALTH_CHECK_STATUS_UPDATED"],
        ["TASK_RUNNING", "REASON_TASK_HEALTH_CHECK_STATUS_UPDATED"],
        ["TASK_KILLED", undefined],
      ],
    );
    assert.equal(last.message, "Command terminated with signal Terminated");
    return last;
  }

  void it("a health check that hangs counts as failed each time, and leaves no process", async () => {
    await unhealthy("hangs", { type: "COMMAND", command: { value: "sleep 1000 & sleep 1000" } });
    await nothingIsLeft();
  });

  void it("a check that hangs again and again leaves nothing while its task runs on", async () => {
    await hangAgainAndAgain(one);
    await nothingIsLeft();
  });

  void it("so does one by HTTP to a server that never answers", async () => {
    const asked: unknown[] = [];
    const silent: Server = createServer((socket) => void asked.push(socket));
    await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
    const { port } = silent.address() as AddressInfo;
    try {
      await unhealthy("mute-server", { type: "HTTP", http: { port, path: "/" } });
      assert.equal(asked.length, 2);
    } finally {
      silent.close();
    }
    await nothingIsLeft();
  });

  void it("a command that does not exist fails its task", async () => {
    const { framework } = one;
    const without: Partial<TaskInfo> = { command: { shell: false, value: "/no/such/program" } };
    await one.launch([
      framework.command("unknown", "no-such-program"),
      framework.command("nowhere", "", without),
    ]);
    assert.equal((await framework.sees("unknown", "TASK_FAILED")).message, "Command exited with status 127");
    assert.equal((await framework.sees("nowhere", "TASK_FAILED")).message, "Command exited with status 1");
    const [path = ""] = globSync(`${one.agent.workDir}/slaves/*/frameworks/*/executors/nowhere/runs/latest`);
    assert.match(readFileSync(`${path}/stderr`, "utf8"), /\/no\/such\/program.*No such file or directory/);
    await nothingIsLeft();
  });

  /** Starts a session in the neighbour's container; its stream of outputs. */
  async function openSession(id: string, value: string, signal?: AbortSignal): Promise<Response> {
    const containers = await getJson<{ container_id: string; executor_id: string }[]>(
      one.agent.address,
      "/containers",
    );
    const parent = containers.find(({ executor_id }) => executor_id === "neighbour")?.container_id ?? "";
    const launch_nested_container_session = {
      container_id: { value: id, parent: { value: parent } },
      command: { value },
    };
    const answer = await fetch(`http://${one.agent.address}/api/v1`, {
      method: "POST",
      headers: {
        "Content-Type": "application/json",
        Accept: "application/recordio",
        "Message-Accept": "application/json",
      },
      body: JSON.stringify({ type: "LAUNCH_NESTED_CONTAINER_SESSION", launch_nested_container_session }),
      ...(signal && { signal }),
    });
    assert.equal(answer.status, 200);
    return answer;
  }

  void it("a session whose client goes away ends, and many at once do not disturb each other", async () => {
    const hangUp = new AbortController();
    const left = await openSession("left", "sleep 1002", hangUp.signal);
    const sleeps = (): number[] => one.taskProcesses().filter((pid) => commandLine(pid) === "sleep 1002");
    await until("it runs", () => sleeps().length === 1);
    hangUp.abort();
    await left.body?.cancel().catch(() => undefined);
    await until("it has ended", () => sleeps().length === 0);
    const many = await Promise.all(
      ["a", "b", "c", "d"].map(async (id) =>
        (await openSession(id, `echo ${id}; sleep 0.1; echo end`)).text(),
      ),
    );
    for (const [index, text] of many.entries()) {
      const said = [...text.matchAll(/"data":"([^"]*)"/g)].map(([, data = ""]) => atob(data)).join("");
      assert.equal(said, `${"abcd"[index]}\nend\n`);
    }
    await nothingIsLeft();
  });

  void it("an agent that saw all that still knows what it has", async () => {
    const metrics = await getJson<Record<string, number>>(one.agent.address, "/metrics/snapshot");
    assert.equal(metrics["slave/tasks_running"], 1);
    assert.equal(metrics["slave/executors_running"], 1);
    assert.deepEqual(one.framework.states("neighbour"), ["TASK_STARTING", "TASK_RUNNING"]);
    await one.framework.must({ type: "KILL", kill: { task_id: { value: "neighbour" } } });
    const { message } = await one.framework.sees("neighbour", "TASK_KILLED");
    assert.equal(message, "Command terminated with signal Terminated");
    await until("no process of a task is left", () => one.taskProcesses().length === 0);
  });
});

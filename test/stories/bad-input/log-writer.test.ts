// Tasks that never stop writing, on an agent that rotates what they write.
import assert from "node:assert/strict";
import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { getJson, startAgent, startMaster, type Server } from "../support/cluster.ts";
import { Framework } from "../support/framework.ts";
import { Story } from "../support/story.ts";
import { until } from "../support/until.ts";

const MEGABYTE = 1024 * 1024;
/** It takes a few milliseconds. A machine under load makes one of them late, an agent that waits for its logs all. */
const MAX_HEALTH_MS = 2000;
/** What a task writes, in pieces. */
const PIECES = 128;
const PIECE_BYTES = 16 * MEGABYTE;
const MODULES = JSON.stringify({
  libraries: [
    {
      file: "liblogrotate_container_logger.so",
      modules: [
        {
          name: "org_apache_mesos_LogrotateContainerLogger",
          parameters: [
            { key: "max_stdout_size", value: "1MB" },
            { key: "logrotate_stdout_options", value: "rotate 3" },
          ],
        },
      ],
    },
  ],
});

void describe("an agent that rotates outputs", () => {
  const story = new Story({ after });
  let master: Server;
  let agent: Awaited<ReturnType<typeof startAgent>>;
  let framework: Framework;
  const flags = ["--container_logger=org_apache_mesos_LogrotateContainerLogger", `--modules=${MODULES}`];

  before(async () => {
    master = await startMaster(story);
    agent = await startAgent(story, master, { flags });
    framework = new Framework({ master: master.address });
    await framework.subscribe();
  });

  async function sandboxOf(id: string): Promise<string> {
    const state = await getJson<{ frameworks: { executors: { id: string; directory: string }[] }[] }>(
      agent.address,
      "/state",
    );
    const executors = state.frameworks.flatMap((each) => each.executors);
    return executors.find((executor) => executor.id === id)?.directory ?? "";
  }

  const outputs = (sandbox: string): string[] =>
    readdirSync(sandbox).filter((name) => name.startsWith("stdout"));

  void it("keeps the last of an output without newlines, also after a restart", async () => {
    const endless = "while :; do head -c 262144 /dev/zero; sleep 0.02; done";
    await framework.launch([framework.command("endless", endless)]);
    await framework.sees("endless", "TASK_RUNNING");
    const sandbox = await sandboxOf("endless");
    const full = ["stdout", "stdout.1", "stdout.2", "stdout.3"];
    await until("it is rotated", () => outputs(sandbox).length === full.length);
    await agent.child.stop("SIGKILL");
    await until("it goes on", () => statSync(join(sandbox, "stdout")).size > 8 * MEGABYTE);
    agent = await startAgent(story, master, { port: agent.port, flags });
    await until("it is rotated again", () => statSync(join(sandbox, "stdout")).size < 8 * MEGABYTE);
    assert.deepEqual(outputs(sandbox).toSorted(), full);
    for (const name of full.slice(1)) assert.ok(statSync(join(sandbox, name)).size <= MEGABYTE, name);
    await framework.must({ type: "KILL", kill: { task_id: { value: "endless" } } });
    await framework.sees("endless", "TASK_KILLED");
  });

  void it("keeps little of two gigabytes, answers meanwhile and lets a neighbour go on", async (t) => {
    await framework.launch([framework.command("neighbour", "while :; do echo here; sleep 0.05; done")]);
    await framework.sees("neighbour", "TASK_RUNNING");
    const piece = `head -c ${PIECE_BYTES} /dev/zero; i=$((i+1)); sleep 0.05`;
    const much = `i=0; while [ $i -lt ${PIECES} ]; do ${piece}; done`;
    await framework.launch([framework.command("much", `${much}; touch written; sleep 1000`)]);
    await framework.sees("much", "TASK_RUNNING");
    const sandbox = await sandboxOf("much");
    const neighbour = join(await sandboxOf("neighbour"), "stdout");
    const size = (): number =>
      outputs(sandbox).reduce(
        (sum, name) => sum + (statSync(join(sandbox, name), { throwIfNoEntry: false })?.size ?? 0),
        0,
      );
    const heardBefore = statSync(neighbour).size;
    const health = { asked: 0, late: 0, slowestMs: 0 };
    let largest = 0;
    await until(
      "two gigabytes are written",
      async () => {
        const from = performance.now();
        const signal = AbortSignal.timeout(MAX_HEALTH_MS);
        const answer = await fetch(`http://${agent.address}/health`, { signal }).catch(() => undefined);
        health.slowestMs = Math.max(health.slowestMs, performance.now() - from);
        health.asked += 1;
        if (answer?.status !== 200) health.late += 1;
        largest = Math.max(largest, size());
        return existsSync(join(sandbox, "written"));
      },
      { patienceMs: 120_000 },
    );
    const { asked, late, slowestMs } = health;
    const measured =
      `${late} of ${asked} answers were no or late, the slowest took ${Math.round(slowestMs)} ms; ` +
      `at most ${Math.round(largest / MEGABYTE)} MB were kept at a time`;
    t.diagnostic(measured);
    assert.ok(late * 2 < asked, measured);
    // How much depends on how fast it is written and how late the agent's turn comes: mostly a tenth, without rotation everything.
    assert.ok(largest < 0.75 * PIECES * PIECE_BYTES, measured);
    assert.ok(statSync(neighbour).size > heardBefore);
    await until("it is rotated", () => size() <= 4 * MEGABYTE);
    assert.deepEqual(framework.states("neighbour"), ["TASK_STARTING", "TASK_RUNNING"]);
    for (const id of ["much", "neighbour"]) {
      await framework.must({ type: "KILL", kill: { task_id: { value: id } } });
      await framework.sees(id, "TASK_KILLED");
    }
  });
});

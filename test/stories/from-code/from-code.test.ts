// Master and agent run from a program of one's own.
import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { Agent, Master } from "mezzo";
import { listAgents } from "../support/cluster.ts";
import { Framework } from "../support/framework.ts";
import { isPortFree, takePort } from "../support/ports.ts";
import { Story } from "../support/story.ts";
import { until } from "../support/until.ts";

void test("a master and an agent run from code, run a task, and leave their ports free", async (t) => {
  const story = new Story(t);
  const port = await takePort();
  const agentPort = await takePort();
  const master = new Master(`localhost:${port}`);
  story.closes(() => master.stop());
  await master.start();
  const address = `127.0.0.1:${port}`;

  const agent = new Agent({
    master: address,
    port: agentPort,
    workDir: join(story.folder, "agent"),
    runtimeDir: join(story.folder, "run"),
  });
  story.closes(() => agent.stop());
  await agent.start();
  assert.match(agent.address, new RegExp(`:${agentPort}$`));
  await until("the agent is registered", async () => (await listAgents({ address })).length === 1);

  const framework = new Framework({ master: address });
  await framework.subscribe();
  await framework.launch([framework.command("t", "echo hello")]);
  await framework.sees("t", "TASK_FINISHED");
  await framework.teardown();

  await agent.stop();
  await master.stop();
  assert.equal(await isPortFree(port), true);
  assert.equal(await isPortFree(agentPort), true);
});

void test("run() resolves when stop() has been called", async (t) => {
  const story = new Story(t);
  const port = await takePort();
  const master = new Master(`localhost:${port}`, { workDir: join(story.folder, "master") });
  const running = master.run();
  await until("the master answers", async () => (await fetch(`http://127.0.0.1:${port}/health`)).ok);
  const agent = new Agent({
    master: `127.0.0.1:${port}`,
    port: await takePort(),
    workDir: join(story.folder, "agent"),
  });
  const agentRunning = agent.run();
  await until("the agent is registered", async () => {
    return (await listAgents({ address: `127.0.0.1:${port}` })).length === 1;
  });
  await agent.stop();
  assert.equal((await agentRunning).code, 0);
  await master.stop();
  await running;
  assert.equal(await isPortFree(port), true);
});

void test("a second master on the same port says why it cannot start", async (t) => {
  const story = new Story(t);
  const port = await takePort();
  const master = new Master(`localhost:${port}`);
  story.closes(() => master.stop());
  await master.start();
  await assert.rejects(
    new Master(`localhost:${port}`).start(),
    new RegExp(`Cannot listen on 127\\.0\\.0\\.1:${port}: address already in use`),
  );
});

void test("an address must be host:port", () => {
  assert.throws(() => new Master("localhost"), /Cannot use 'localhost' as an address/);
});

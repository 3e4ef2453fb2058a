// Against a daemon that tells late of memory that ran out: the real one does so only now and then.
import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type RequestListener } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { systemClock as clock } from "../../../core/clock.ts";
import { Engine, type InspectedContainer } from "./engine.ts";
import { ranOutOfMemory } from "./ran-out-of-memory.ts";

async function engineOf(context: TestContext, answer: RequestListener): Promise<Engine> {
  const folder = mkdtempSync(join(tmpdir(), "mezzo-docker-"));
  const socket = join(folder, "docker.sock");
  const server = createServer(answer).listen(socket);
  context.after(() => {
    server.close();
    rmSync(folder, { recursive: true });
  });
  await once(server, "listening");
  return new Engine(socket);
}

function ended(state: { ExitCode: number; OOMKilled?: boolean }, Memory = 1024): InspectedContainer {
  return {
    Id: "c1",
    Name: "/mesos-c1",
    State: { Pid: 0, Running: false, OOMKilled: false, FinishedAt: "", ...state },
    Config: {},
    HostConfig: { NetworkMode: "host", Memory },
    NetworkSettings: {},
  };
}

const { signal } = new AbortController();

void test("waits for the event of a container that was killed at its limit", async (context) => {
  const asked: URLSearchParams[] = [];
  const engine = await engineOf(context, ({ url = "" }, response) => {
    asked.push(new URL(url, "http://docker").searchParams);
    response.flushHeaders();
    setImmediate(() => response.write('{"Type":"container","Action":"oom"}\n'));
  });
  assert.equal(
    await ranOutOfMemory({ engine, clock }, ended({ ExitCode: 137 }), { killed: false, signal }),
    true,
  );
  const [query] = asked;
  assert.deepEqual(JSON.parse(query?.get("filters") ?? ""), { container: ["c1"], event: ["oom"] });
  assert.ok(Number(query?.get("until")) * 1000 <= clock.now() + 1000, "the daemon is told when to stop");
});

void test("without one until the daemon's answer ends, something else has killed it", async (context) => {
  const engine = await engineOf(context, (_, response) => response.end());
  assert.equal(
    await ranOutOfMemory({ engine, clock }, ended({ ExitCode: 137 }), { killed: false, signal }),
    false,
  );
});

for (const [name, container, killed, expected] of [
  ["the state says so", ended({ ExitCode: 1, OOMKilled: true }), false, true],
  ["it ended by itself", ended({ ExitCode: 1 }), false, false],
  ["the agent has killed it", ended({ ExitCode: 137 }), true, false],
  ["its memory has no limit", ended({ ExitCode: 137 }, 0), false, false],
] as const) {
  void test(`no event is waited for when ${name}`, async () => {
    const engine = new Engine("/nowhere/docker.sock");
    assert.equal(await ranOutOfMemory({ engine, clock }, container, { killed, signal }), expected);
  });
}

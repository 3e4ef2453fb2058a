// Containers started over the API, with real processes.
import assert from "node:assert/strict";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { after, test, type TestContext } from "node:test";
import type { ContainerID, ContainerInfo, Resource } from "@mezzo/wire";
import { systemClock } from "../../core/clock.ts";
import { silentLogger } from "../../core/logger.ts";
import type { ContainerConfig, Containerizer, Termination } from "../containerizer/containerizer.ts";
import { PosixContainerizer } from "../containerizer/posix/posix-containerizer.ts";
import { createAgentState } from "../create-state.ts";
import { AGENT_DEFAULTS } from "../options.ts";
import type { ExecutorState } from "../state.ts";
import { feedInput } from "./feed-input.ts";
import { LaunchedContainers, type LaunchedContainersDependencies } from "./launched-containers.ts";

const skip = process.platform === "linux" ? false : "needs Linux";
const workDir = mkdtempSync(join(tmpdir(), "mezzo-launched-"));
const runtimeDir = join(workDir, "run");
after(() => rmSync(workDir, { recursive: true }));

const state = createAgentState({
  options: {
    ...AGENT_DEFAULTS,
    ip: "127.0.0.1",
    hostname: "host",
    master: "127.0.0.1:5050",
    workDir,
    runtimeDir,
    resources: [],
  },
  random: { next: () => 0, uuid: () => "" },
  pid: "slave(1)@127.0.0.1:5051",
  info: { hostname: "host", port: 5051, id: { value: "A-S0" } },
  now: 0,
  resourceVersion: "",
});

const id = (value: string, parent?: ContainerID): ContainerID => ({ value, ...(parent && { parent }) });

async function open(
  context: TestContext,
  sandboxes?: LaunchedContainersDependencies["sandboxes"],
): Promise<LaunchedContainers & { stop: () => Promise<void> }> {
  const common = { clock: systemClock, logger: silentLogger };
  const containerizer = new PosixContainerizer({ runtimeDir }, common);
  const launched = new LaunchedContainers(
    { runtimeDir, httpHeartbeatInterval: 10 },
    {
      ...common,
      containerizer,
      fetcher: { fetch: () => Promise.reject(new Error("nothing is fetched")), cancel: () => undefined },
      state: () => state,
      ...(sandboxes && { sandboxes }),
    },
  );
  await containerizer.recover(launched.recover());
  const stop = async (): Promise<void> => {
    launched.close();
    await containerizer.close();
  };
  context.after(stop);
  return Object.assign(launched, { stop });
}

function addExecutor(containerId: string, more: Partial<ExecutorState> = {}): () => void {
  const executor: ExecutorState = {
    id: containerId,
    frameworkId: "F",
    info: { executor_id: { value: containerId } },
    containerId,
    directory: join(workDir, "sandboxes", containerId),
    checkpoint: true,
    generated: false,
    phase: "RUNNING",
    queuedTasks: new Map(),
    queuedTaskGroups: [],
    launchedTasks: new Map(),
    terminatedTasks: new Map(),
    completedTasks: [],
    launchedAt: 0,
    shutdownSent: false,
    ...more,
  };
  mkdirSync(executor.directory, { recursive: true });
  const executors = new Map([[containerId, executor]]);
  state.frameworks.set("F", {
    id: "F",
    info: { name: "f", user: "" },
    phase: "RUNNING",
    executors,
    completedExecutors: [],
  });
  return () => state.frameworks.delete("F");
}

void test(
  "a standalone container runs in its own sandbox and is gone when it ended",
  { skip },
  async (context) => {
    const launched = await open(context);
    const alone = id("alone");
    assert.equal(
      (await launched.launch({ id: alone, command: { value: "echo hi; exit 6" } })).kind,
      "launched",
    );
    assert.equal((await launched.launch({ id: alone, command: { value: "true" } })).kind, "already");
    assert.deepEqual(await launched.wait(alone), { exit_status: 6 << 8 });
    assert.equal(await launched.wait(alone), undefined);
    const sandbox = join(workDir, "containers", "alone");
    assert.equal(readFileSync(join(sandbox, "stdout"), "utf8"), "hi\n");
    assert.equal(await launched.remove(alone), undefined);
    assert.ok(!existsSync(sandbox));
  },
);

void test(
  "a nested container's end is remembered until it is removed; a root takes all along",
  { skip },
  async (context) => {
    const launched = await open(context);
    const root = id("root");
    const [inner, sleeper] = [id("inner", root), id("sleeper", root)];
    assert.deepEqual(await launched.launch({ id: inner, command: { value: "true" } }), {
      kind: "refused",
      status: 400,
      words: "Parent container root does not exist",
    });
    await launched.launch({ id: root, command: { value: "sleep 1000" } });
    await launched.launch({ id: inner, command: { value: "exit 4" } });
    await launched.launch({ id: sleeper, command: { value: "sleep 1000" } });
    assert.equal(await launched.remove(sleeper), "Nested container has not terminated yet");
    for (let times = 0; times < 2; times++)
      assert.deepEqual(await launched.wait(inner), { exit_status: 4 << 8 });
    assert.equal(await launched.remove(inner), undefined);
    assert.equal(await launched.wait(inner), undefined);
    const ends = [launched.wait(sleeper), launched.wait(root)];
    assert.equal(await launched.kill(root, "SIGKILL"), true);
    assert.deepEqual(await Promise.all(ends), [{ exit_status: 9 }, { exit_status: 9 }]);
    assert.equal(await launched.kill(root, "SIGKILL"), false);
    assert.equal(await launched.remove(inner), "Unknown root container");
  },
);

void test("what does not exist cannot be started, and nothing of it stays", { skip }, async (context) => {
  const launched = await open(context);
  const command = { value: "true" };
  const docker = await launched.launch({ id: id("d"), command, container: { type: "DOCKER" } });
  assert.deepEqual(docker, {
    kind: "refused",
    status: 400,
    words: "The provided ContainerInfo is not supported",
  });
  const uris = await launched.launch({ id: id("u"), command: { ...command, uris: [{ value: "x" }] } });
  assert.deepEqual(uris, { kind: "refused", status: 400, words: "nothing is fetched" });
  assert.deepEqual(launched.list(), []);
});

void test(
  "the next agent finds containers that run on, and ends of those that ended",
  { skip },
  async (context) => {
    const remove = addExecutor("e1");
    context.after(remove);
    const first = await open(context);
    const [parent, session, over] = [id("e1"), id("s", id("e1")), id("o", id("e1"))];
    const alone = id("kept");
    await first.launch({ id: alone, command: { value: "while test ! -e go; do sleep 0.01; done; exit 3" } });
    await first.launch({ id: over, command: { value: "exit 2" } });
    await first.wait(over);
    await first.launch({ id: session, command: { value: "sleep 1000" }, session: true });
    await first.stop();

    const next = await open(context);
    assert.deepEqual(
      next.list().map(({ name }) => name),
      ["kept"],
    );
    assert.deepEqual(await next.wait(over), { exit_status: 2 << 8 });
    assert.deepEqual(await next.wait(session), {});
    const end = next.wait(alone);
    await next.launch({
      id: id("helper", alone),
      command: { value: 'touch "$(dirname "$(dirname "$PWD")")"/go' },
    });
    assert.equal((await end)?.exit_status, 3 << 8);
    remove();
    next.sweep();
    assert.equal(await next.wait(over), undefined);
    assert.equal(parent.value, "e1");
  },
);

void test("what is inside an executor's container ends with the executor", { skip }, async (context) => {
  const remove = addExecutor("e2");
  context.after(remove);
  const launched = await open(context);
  const nested = id("n", id("e2"));
  await launched.launch({ id: nested, command: { value: "sleep 1000" } });
  const end = launched.wait(nested);
  launched.sweep();
  assert.equal(launched.list().length, 1);
  remove();
  launched.sweep();
  assert.deepEqual(await end, { exit_status: 9 });
  assert.equal(await launched.wait(nested), undefined);
});

void test("a session takes its parent's environment, and input until its end", { skip }, async (context) => {
  context.after(addExecutor("e3"));
  const launched = await open(context);
  await launched.launch({
    id: id("p", id("e3")),
    command: { value: "sleep 1000", environment: { variables: [{ name: "MINE", value: "yes" }] } },
  });
  const session = id("s", id("p", id("e3")));
  const outcome = await launched.launch({
    id: session,
    command: { value: 'cat; echo "$MINE"; pwd' },
    session: true,
  });
  assert.ok(outcome.kind === "launched" && outcome.launched.switchboard);
  const { switchboard, record } = outcome.launched;
  const input = (data: string) => ({
    type: "ATTACH_CONTAINER_INPUT" as const,
    attach_container_input: {
      type: "PROCESS_IO" as const,
      process_io: { type: "DATA" as const, data: { type: "STDIN" as const, data: btoa(data) } },
    },
  });
  async function* records() {
    yield input("typed\n");
    const second = await feedInput(switchboard, { records: (async function* () {})(), clock: systemClock });
    assert.equal(second.status, 409);
    yield input("");
  }
  assert.equal((await feedInput(switchboard, { records: records(), clock: systemClock })).status, 200);
  await switchboard.finished;
  const parent = join(workDir, "sandboxes", "e3", "containers", "p");
  assert.equal(readFileSync(join(record.sandbox, "stdout"), "utf8"), `typed\nyes\n${parent}\n`);
  await launched.kill(id("p", id("e3")), "SIGKILL");
  await launched.wait(id("p", id("e3")));
});

void test("who removes sandboxes hears which are in use and which are left", { skip }, async (context) => {
  const heard: string[] = [];
  const launched = await open(context, {
    used: (path) => heard.push(`used ${basename(path)}`),
    left: (path) => heard.push(`left ${basename(path)}`),
  });
  context.after(addExecutor("around"));
  const [within, alone] = [id("within", id("around")), id("by-itself")];
  for (const one of [within, alone]) {
    assert.equal((await launched.launch({ id: one, command: { value: "true" } })).kind, "launched");
    await launched.wait(one);
  }
  assert.deepEqual(heard, ["used within", "left within", "used by-itself"]);
});

void test("launch() hands on the limits of the nearest container around that has its own, also after a restart", async () => {
  const configs = new Map<string, ContainerConfig>();
  const containerizer: Partial<Containerizer> = {
    onExit: () => undefined,
    launch: (config) => {
      configs.set(config.containerId, config);
      return Promise.resolve({ pid: 1 });
    },
  };
  const begin = (): LaunchedContainers => {
    const launched = new LaunchedContainers(
      { runtimeDir: join(workDir, "limits"), httpHeartbeatInterval: 10 },
      {
        clock: systemClock,
        logger: silentLogger,
        containerizer: containerizer as Containerizer,
        fetcher: { fetch: () => assert.fail(), cancel: () => undefined },
        state: () => state,
      },
    );
    launched.recover();
    return launched;
  };
  const memory = (value: number): Resource[] => [{ name: "mem", type: "SCALAR", scalar: { value } }];
  const command = { value: "true" };
  const root = id("limited");
  const [shares, apart] = [id("shares", root), id("apart", root)];
  const container: ContainerInfo = { type: "MESOS", linux_info: { share_cgroups: false } };
  const [most, none] = [{ mem: 4096 }, { mem: Infinity }];
  const launched = begin();
  await launched.launch({ id: root, command, resources: memory(1024), limits: most });
  await launched.launch({ id: shares, command, resources: memory(32), limits: { mem: 64 } });
  await launched.launch({ id: apart, command, container, resources: memory(64), limits: none });
  const amounts = { resources: memory(1024), limits: most };
  assert.deepEqual(configs.get("limited.shares")?.around, amounts);
  assert.deepEqual(configs.get("limited.apart")?.around, amounts);
  for (const [name, those] of [
    ["before", launched],
    ["after", begin()],
  ] as const) {
    await those.launch({ id: id(name, shares), command });
    assert.deepEqual(configs.get(`limited.shares.${name}`)?.around, amounts);
    await those.launch({ id: id(name, apart), command });
    const own = { resources: memory(64), limits: none };
    assert.deepEqual(configs.get(`limited.apart.${name}`)?.around, own);
  }
});

void test("wait() tells what the agent ended its own container for", async () => {
  const listeners: ((termination: Termination) => void)[] = [];
  const containerizer: Partial<Containerizer> = { onExit: (listener) => void listeners.push(listener) };
  const reason = "REASON_CONTAINER_LIMITATION_DISK";
  const limited: Resource[] = [{ name: "disk", type: "SCALAR", scalar: { value: 10 } }];
  const launched = new LaunchedContainers(
    { runtimeDir, httpHeartbeatInterval: 10 },
    {
      clock: systemClock,
      logger: silentLogger,
      containerizer: containerizer as Containerizer,
      fetcher: { fetch: () => assert.fail(), cancel: () => undefined },
      state: () => state,
      limitationOf: (containerId) =>
        containerId === "too-full" ? { reason, message: "Disk usage", limited } : undefined,
    },
  );
  const removeExecutor = addExecutor("too-full");
  const end = launched.wait(id("too-full"));
  for (const listener of listeners) listener({ containerId: "too-full", signal: 9 });
  const how = { exit_status: 9, state: "TASK_FAILED", reason, message: "Disk usage" };
  assert.deepEqual(await end, { ...how, limitation: { resources: limited } });
  removeExecutor();
});

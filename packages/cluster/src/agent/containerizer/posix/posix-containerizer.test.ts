// Containers as plain processes, with real ones: start, end, signals, users, and agents that die.
import assert from "node:assert/strict";
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { mkdtemp, readFile, rm, stat, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { promisify } from "node:util";
import type { CommandInfo, Resource } from "@mezzo/wire";
import { systemClock } from "../../../core/clock.ts";
import { silentLogger } from "../../../core/logger.ts";
import { createSandbox } from "../../sandbox/create-sandbox.ts";
import { containerRuntimePath } from "../../sandbox/paths.ts";
import type { ContainerConfig, Termination } from "../containerizer.ts";
import { PosixContainerizer } from "./posix-containerizer.ts";
import { readProcess } from "./processes.ts";

const root = process.getuid?.() === 0;
const linux = process.platform === "linux";
const skip = !linux && "needs Linux";
const directory = await mkdtemp(join(tmpdir(), "mezzo-posix-"));
const runtimeDir = join(directory, "run");
const opened: PosixContainerizer[] = [];
after(async () => {
  await Promise.all(opened.map((one) => one.close()));
  await rm(directory, { recursive: true, force: true });
});

let serial = 0;

/** A containerizer that remembers how its containers ended. */
function open(runtime = runtimeDir): PosixContainerizer & { ends: Map<string, Termination> } {
  const ends = new Map<string, Termination>();
  const containerizer = new PosixContainerizer(
    { runtimeDir: runtime },
    { clock: systemClock, logger: silentLogger },
  );
  containerizer.onExit((end) => {
    assert.ok(!ends.has(end.containerId), "an end is reported once");
    ends.set(end.containerId, end);
  });
  opened.push(containerizer);
  return Object.assign(containerizer, { ends });
}

async function config(
  command: CommandInfo | string,
  extra: Partial<ContainerConfig> = {},
): Promise<ContainerConfig> {
  const containerId = `c${++serial}`;
  const sandbox = join(directory, "sandboxes", containerId);
  await createSandbox(sandbox, extra.user === undefined ? {} : { user: extra.user }).catch(() => undefined);
  return {
    containerId,
    command: typeof command === "string" ? { value: command } : command,
    environment: { MESOS_SANDBOX: sandbox },
    sandbox,
    runtimeDir: containerRuntimePath(extra.runtimeDir ?? runtimeDir, [containerId]),
    resources: [],
    ...(extra.user === undefined ? {} : { user: extra.user }),
    ...(extra.environment ? { environment: extra.environment } : {}),
    ...(extra.resources ? { resources: extra.resources } : {}),
    ...(extra.container ? { container: extra.container } : {}),
  };
}

/** Waits until `check` gives something; the test's own timeout is the limit. */
async function until<T>(check: () => T | undefined | false): Promise<T> {
  for (;;) {
    const found = check();
    if (found !== undefined && found !== false) return found;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

const alive = (pid: number): boolean => readProcess(pid) !== undefined;
const text = (path: string): string => (existsSync(path) ? readFileSync(path, "utf8") : "");
const timeout = 30_000;

async function run(command: CommandInfo | string, extra: Partial<ContainerConfig> = {}) {
  const containerizer = open();
  const container = await config(command, extra);
  await containerizer.launch(container);
  const end = await until(() => containerizer.ends.get(container.containerId));
  return {
    end: { ...end, containerId: "" },
    stdout: text(join(container.sandbox, "stdout")),
    stderr: text(join(container.sandbox, "stderr")),
    container,
  };
}

const ENDS: [string, Partial<Termination>][] = [
  ["true", { exitCode: 0 }],
  ["exit 3", { exitCode: 3 }],
  ["exit 137", { exitCode: 137 }],
  ["kill -9 $$", { signal: 9 }],
  ["exit 130", { exitCode: 130 }],
  ["kill -INT $$", { signal: 2 }],
  ["kill -PIPE $$", { signal: 13 }],
  ["kill -TERM $$", { signal: 15 }],
];

for (const [command, expected] of ENDS) {
  void test(`launch() tells how '${command}' ended`, { skip, timeout }, async () => {
    assert.deepEqual((await run(command)).end, { containerId: "", ...expected });
  });
}

void test("launch() gives the command its argument vector as it is", { skip, timeout }, async () => {
  const { stdout } = await run({
    shell: false,
    value: "/bin/sh",
    arguments: ["other name", "-c", 'echo "$0|$1|$2"', "$(id)", "a  b", "'\";"],
  });
  assert.equal(stdout, "$(id)|a  b|'\";\n");
  const zero = await run({
    shell: false,
    value: "/bin/sh",
    arguments: ["called so", "-c", "cat /proc/$$/cmdline"],
  });
  assert.ok(zero.stdout.startsWith("called so\0"));
});

void test("launch() gives the environment and nothing else", { skip, timeout }, async () => {
  const environment = { "odd-name": "1", A: "line\nbreak", EMPTY: "" };
  const { stdout } = await run({ shell: false, value: "env", arguments: ["env", "-0"] }, { environment });
  assert.deepEqual(stdout.split("\0").filter(Boolean).sort(), ["A=line\nbreak", "EMPTY=", "odd-name=1"]);
});

void test(
  "launch() runs in the sandbox, in a session of its own, with default signals",
  { skip, timeout },
  async () => {
    const { stdout, container } = await run(
      'pwd; grep -E "SigBlk|SigIgn" /proc/self/status; cut -d" " -f5,6 /proc/$$/stat; echo $$',
    );
    const [cwd, blocked, ignored, ids, pid] = stdout.trim().split("\n");
    assert.equal(cwd, container.sandbox);
    assert.match(`${blocked}${ignored}`, /^SigBlk:\t0+SigIgn:\t0+$/);
    assert.equal(ids, `${pid} ${pid}`);
  },
);

void test("launch() appends to stdout and stderr and follows no link there", { skip, timeout }, async () => {
  const containerizer = open();
  const container = await config("echo two; echo error >&2");
  await promisify(execFile)("sh", ["-c", 'echo one > "$0/stdout"', container.sandbox]);
  await containerizer.launch(container);
  await until(() => containerizer.ends.get(container.containerId));
  assert.equal(text(join(container.sandbox, "stdout")), "one\ntwo\n");
  assert.equal(text(join(container.sandbox, "stderr")), "error\n");
  const linked = await config("true");
  await symlink(join(directory, "elsewhere"), join(linked.sandbox, "stdout"));
  await assert.rejects(
    containerizer.launch(linked),
    /^Error: Failed to create 'stdout' file: Too many levels/,
  );
  assert.ok(!existsSync(join(directory, "elsewhere")));
});

void test("launch() runs as the user", { skip: skip || (!root && "needs root") }, async () => {
  const { stdout, container } = await run("id -un; id -Gn; umask", { user: "nobody" });
  assert.match(stdout, /^nobody\nnogroup\n/);
  assert.notEqual((await stat(join(container.sandbox, "stdout"))).uid, 0);
});

void test("launch() says what is wrong and leaves nothing behind", { skip, timeout }, async () => {
  const containerizer = open();
  const ghost = await config("true", { user: "no-such-user" });
  await assert.rejects(containerizer.launch(ghost), /Failed to get the uid of user 'no-such-user'/);
  const gone = await config("true");
  await rm(gone.sandbox, { recursive: true });
  await assert.rejects(containerizer.launch(gone), {
    message: `Failed to chdir into current working directory '${gone.sandbox}': No such file or directory`,
  });
  const blocked = await config("true");
  await assert.rejects(
    containerizer.launch({ ...blocked, runtimeDir: "/dev/null/here" }),
    /Failed to create the container's runtime directory '\/dev\/null\/here': Not a directory/,
  );
  const image = await config("true", { container: { type: "DOCKER", docker: { image: "busybox" } } });
  await assert.rejects(containerizer.launch(image), /type DOCKER/);
  const nothing = await config({});
  await assert.rejects(containerizer.launch(nothing), /Shell command is not specified/);
  for (const { runtimeDir } of [ghost, gone, image, nothing]) assert.ok(!existsSync(runtimeDir));
});

void test(
  "launch() of a command that does not exist exits with 1 and says so",
  { skip, timeout },
  async () => {
    const { end, stderr } = await run({ shell: false, value: "/no/such", arguments: ["such"] });
    assert.deepEqual(end, { containerId: "", exitCode: 1 });
    assert.equal(stderr, "Failed to execute '/no/such': No such file or directory\n");
    const directory = await run({ shell: false, value: "/etc" });
    assert.equal(directory.stderr, "Failed to execute '/etc': Permission denied\n");
  },
);

void test("launch() runs a script without a first line, from the sandbox", { skip, timeout }, async () => {
  const containerizer = open();
  const container = await config({ shell: false, value: "./script", arguments: ["script", "word"] });
  await promisify(execFile)("sh", ["-c", 'printf "echo ran \\$1" > script; chmod +x script'], {
    cwd: container.sandbox,
  });
  await containerizer.launch(container);
  assert.equal((await until(() => containerizer.ends.get(container.containerId))).exitCode, 0);
  assert.equal(text(join(container.sandbox, "stdout")), "ran word\n");
});

void test(
  "kill() reaches the whole session; SIGKILL follows where SIGTERM is ignored",
  { skip, timeout },
  async () => {
    const containerizer = open();
    const container = await config(
      'trap "" TERM; sleep 1000 & echo $! > child; touch ready; wait; while :; do sleep 0.01; done',
    );
    const { containerId, sandbox } = container;
    const { pid } = await containerizer.launch(container);
    await until(() => existsSync(join(sandbox, "ready")));
    const child = Number(text(join(sandbox, "child")));
    assert.equal(await containerizer.kill(containerId, "SIGTERM"), true);
    assert.ok(alive(pid), "TERM is ignored, by the child too");
    assert.equal(await containerizer.kill(containerId, "SIGKILL"), true);
    assert.equal((await until(() => containerizer.ends.get(containerId))).signal, 9);
    await until(() => !alive(child));
    assert.equal(await containerizer.kill(containerId, "SIGTERM"), false);
    assert.equal(await containerizer.kill("unknown", "SIGTERM"), false);
  },
);

const HIDE = `
  setsid sleep 1001 & echo $! > a
  (setsid sh -c 'sleep 1002 & echo $! > b; exit' &)
  sh -c 'sleep 1003 & echo $! > c' &
  while [ ! -s b ] || [ ! -s c ] || [ ! -s a ]; do sleep 0.01; done; touch ready`;

for (const [how, command] of [
  ["destroy() kills what changed session and parent", `${HIDE}; sleep 1004`],
  ["the end of a command takes what it left behind along", HIDE],
] as const) {
  void test(how, { skip, timeout }, async () => {
    const containerizer = open();
    const { containerId, sandbox, ...rest } = await config(command);
    await containerizer.launch({ containerId, sandbox, ...rest });
    await until(() => existsSync(join(sandbox, "ready")));
    const pids = ["a", "b", "c"].map((name) => Number(text(join(sandbox, name))));
    if (command !== HIDE) {
      assert.ok(pids.every(alive));
      await containerizer.destroy(containerId);
    }
    const end = await until(() => containerizer.ends.get(containerId));
    assert.deepEqual(end, command === HIDE ? { containerId, exitCode: 0 } : { containerId, signal: 9 });
    await until(() => !pids.some(alive));
  });
}

void test(
  "recover() adopts what runs, tells what ended, kills what nobody names",
  { skip, timeout },
  async () => {
    const runtime = join(directory, "recover");
    const first = open(runtime);
    const containers = await Promise.all(
      [
        "while [ ! -e go ]; do sleep 0.01; done; exit 5",
        "while [ ! -e go ]; do sleep 0.01; done; kill -9 $$",
        "sleep 1000",
        "sleep 1000",
      ].map((command) => config(command, { runtimeDir: runtime })),
    );
    const pids = await Promise.all(containers.map(async (one) => (await first.launch(one)).pid));
    const [running, ended, unnamed, unrecorded] = containers as [
      ContainerConfig,
      ContainerConfig,
      ContainerConfig,
      ContainerConfig,
    ];
    await first.close();
    rmSync(unrecorded.runtimeDir, { recursive: true });
    await promisify(execFile)("touch", [join(ended.sandbox, "go")]);
    await until(() => existsSync(join(ended.runtimeDir, "status")));

    const second = open(runtime);
    const lost = { containerId: "lost", runtimeDir: join(runtime, "containers/lost") };
    assert.deepEqual(await second.recover([running, ended, lost]), [running.containerId]);
    assert.deepEqual(second.ends.size, 0, "ends are told after recovery");
    assert.equal((await until(() => second.ends.get(ended.containerId))).signal, 9);
    assert.match((await until(() => second.ends.get("lost"))).message ?? "", /could not be observed/);
    await until(() => !pids.slice(2).some(alive));
    await until(() => !existsSync(unnamed.runtimeDir));
    assert.ok((await second.usage(running.containerId))?.timestamp);
    await promisify(execFile)("touch", [join(running.sandbox, "go")]);
    assert.equal((await until(() => second.ends.get(running.containerId))).exitCode, 5);
  },
);

void test("recover() kills an adopted container when asked", { skip, timeout }, async () => {
  const runtime = join(directory, "recover-kill");
  const first = open(runtime);
  const container = await config(`${HIDE}; sleep 1004`, { runtimeDir: runtime });
  await first.launch(container);
  await until(() => existsSync(join(container.sandbox, "ready")));
  await first.close();
  const second = open(runtime);
  await second.recover([container]);
  await second.destroy(container.containerId);
  assert.equal((await until(() => second.ends.get(container.containerId))).signal, 9);
  await until(() => !["a", "b", "c"].some((name) => alive(Number(text(join(container.sandbox, name))))));
});

void test("a killed monitor ends its container without an exit status", { skip, timeout }, async () => {
  const containerizer = open();
  const container = await config("sleep 1000");
  const { pid } = await containerizer.launch(container);
  process.kill(readProcess(pid)?.parent ?? 0, "SIGKILL");
  const end = await until(() => containerizer.ends.get(container.containerId));
  assert.deepEqual([end.exitCode, end.signal], [undefined, undefined]);
  await until(() => !alive(pid));
});

void test("survivesAgent: false ends the container with a killed agent", { skip, timeout }, async () => {
  const container = await config("setsid sleep 1000 & echo $! > child; sleep 1000");
  const agent = spawnAgent({ ...container, survivesAgent: false });
  const pid = Number(await until(() => text(join(container.sandbox, "child")).trim() || undefined));
  agent.kill("SIGKILL");
  await until(() => !alive(pid));
});

void test("a container outlives a killed agent", { skip, timeout }, async () => {
  const runtime = join(directory, "killed");
  const container = await config("while [ ! -e go ]; do sleep 0.01; done; exit 7", { runtimeDir: runtime });
  const agent = spawnAgent(container);
  await until(() => existsSync(join(container.runtimeDir, "record")));
  agent.kill("SIGKILL");
  await until(() => agent.signalCode);
  const second = open(runtime);
  assert.deepEqual(await second.recover([container]), [container.containerId]);
  await promisify(execFile)("touch", [join(container.sandbox, "go")]);
  assert.equal((await until(() => second.ends.get(container.containerId))).exitCode, 7);
});

/** A process of its own that launches one container and waits. */
function spawnAgent(container: ContainerConfig): ChildProcess {
  const script = `
    import { PosixContainerizer } from ${JSON.stringify(join(import.meta.dirname, "posix-containerizer.ts"))};
    import { systemClock } from ${JSON.stringify(join(import.meta.dirname, "../../../core/clock.ts"))};
    import { silentLogger } from ${JSON.stringify(join(import.meta.dirname, "../../../core/logger.ts"))};
    const one = new PosixContainerizer({ runtimeDir: "/unused" }, { clock: systemClock, logger: silentLogger });
    await one.launch(JSON.parse(process.argv[1]));`;
  return spawn(process.execPath, ["--input-type=module", "-e", script, JSON.stringify(container)], {
    stdio: "inherit",
  });
}

const scalar = (name: string, value: number): Resource => ({ name, type: "SCALAR", scalar: { value } });

void test("usage() measures the session", { skip, timeout }, async () => {
  const containerizer = open();
  const container = await config(
    "i=0; while [ $i -lt 100000 ]; do i=$((i+1)); done; touch ready; sleep 1000",
    {
      resources: [scalar("cpus", 0.5), scalar("mem", 64)],
    },
  );
  await containerizer.launch(container);
  await until(() => existsSync(join(container.sandbox, "ready")));
  const usage = await containerizer.usage(container.containerId);
  assert.deepEqual(Object.keys(usage ?? {}).sort(), [
    "cpus_soft_limit",
    "cpus_system_time_secs",
    "cpus_user_time_secs",
    "mem_limit_bytes",
    "mem_rss_bytes",
    "mem_soft_limit_bytes",
    "timestamp",
  ]);
  assert.ok((usage?.mem_rss_bytes ?? 0) > 100_000);
  assert.equal(usage?.mem_limit_bytes, 64 * 1024 * 1024);
  assert.equal(await containerizer.usage("unknown"), undefined);
  await containerizer.destroy(container.containerId);
  await until(() => containerizer.ends.get(container.containerId));
});

void test(
  "update() changes what usage() says of limits, for later agents too",
  { skip, timeout },
  async () => {
    const first = open();
    const container = await config("sleep 1000", { resources: [scalar("cpus", 2), scalar("mem", 64)] });
    const { containerId } = container;
    await first.launch(container);
    const figures = async (of: PosixContainerizer): Promise<unknown[]> => {
      const { cpus_soft_limit, cpus_limit, mem_limit_bytes = 0 } = (await of.usage(containerId)) ?? {};
      return [cpus_soft_limit, cpus_limit, mem_limit_bytes / 1024 / 1024];
    };
    await first.update(containerId, {
      resources: [scalar("cpus", 1), scalar("mem", 32)],
      limits: { cpus: 3 },
    });
    assert.deepEqual(await figures(first), [1, 3, 32]);
    await first.close();
    const second = open();
    await second.recover([container]);
    assert.deepEqual(await figures(second), [1, 3, 32]);
    // The record cannot be written.
    mkdirSync(join(container.runtimeDir, "record.tmp"));
    await second.update(containerId, { resources: [scalar("mem", 128)] });
    assert.deepEqual(await figures(second), [undefined, undefined, 128]);
    await second.update("unknown", { resources: [] });
    await second.destroy(containerId);
    await until(() => second.ends.get(containerId));
  },
);

void test("200 quick containers leave no zombie", { skip, timeout: 60_000 }, async () => {
  const containerizer = open();
  const containers = await Promise.all(Array.from({ length: 200 }, () => config("exit 4")));
  await Promise.all(containers.map((one) => containerizer.launch(one)));
  await until(() => containerizer.ends.size === 200);
  assert.ok([...containerizer.ends.values()].every(({ exitCode }) => exitCode === 4));
  const children = readFileSync(`/proc/self/task/${process.pid}/children`, "utf8").trim().split(" ");
  const zombies = children.filter((pid) => / Z /.test(text(`/proc/${pid}/stat`)));
  assert.deepEqual(zombies, []);
});

void test("an id is not used twice at once", { skip, timeout }, async () => {
  const containerizer = open();
  const container = await config("sleep 1000");
  const launches = await Promise.allSettled([
    containerizer.launch(container),
    containerizer.launch(container),
  ]);
  assert.deepEqual(launches.map(({ status }) => status).sort(), ["fulfilled", "rejected"]);
  await assert.rejects(containerizer.launch(container), /Container already started/);
  await containerizer.destroy(container.containerId);
  await until(() => containerizer.ends.get(container.containerId));
});

void test("the compiled monitors are what their source says", async () => {
  const monitors = join(import.meta.dirname, "monitor");
  const hash = createHash("sha256")
    .update(await readFile(join(monitors, "monitor.c")))
    .digest("hex");
  for (const name of readdirSync(monitors).filter((name) => /^monitor-\w+$/.test(name))) {
    const compiled = await readFile(join(monitors, name));
    assert.ok(compiled.includes(`source ${hash}`), `run monitor/build.ts: ${name} is older than monitor.c`);
  }
});

// Tasks in containers of a real Docker daemon.
import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { totalmem } from "node:os";
import { join } from "node:path";
import { after, before, describe, it, test } from "node:test";
import type { ContainerInfo, HealthCheck, Resource, TaskInfo } from "@mezzo/wire";
import { getJson, sandboxOf, type Server, startAgent, startMaster } from "../stories/support/cluster.ts";
import { Framework, scalars } from "../stories/support/framework.ts";
import { takePort } from "../stories/support/ports.ts";
import { commandLine, findProcesses } from "../stories/support/processes.ts";
import { Story, mezzo } from "../stories/support/story.ts";
import { until } from "../stories/support/until.ts";
import { DockerDaemon } from "./support/docker-daemon.ts";

const IMAGE = "mezzo-test";

/** A container of the test's image. */
function container(
  more: Partial<ContainerInfo> = {},
  docker: Partial<ContainerInfo["docker"]> = {},
): ContainerInfo {
  return { type: "DOCKER", docker: { image: IMAGE, network: "HOST", ...docker }, ...more };
}

const cpusOf = (resources: readonly Resource[]): number =>
  resources.reduce((sum, { name, scalar }) => sum + (name === "cpus" ? (scalar?.value ?? 0) : 0), 0);

void describe("an agent with --containerizers=docker,mesos", () => {
  const story = new Story({ after });
  let docker: DockerDaemon;
  let master: Server;
  let agent: Awaited<ReturnType<typeof startAgent>>;
  let framework: Framework;
  let flags: string[];

  before(async () => {
    docker = await DockerDaemon.start(story);
    await docker.makeImage(IMAGE, [
      'ENTRYPOINT ["/bin/sh", "-c"]',
      'CMD ["echo from the image"]',
      "ENV GREETING=hello",
    ]);
    master = await startMaster(story);
    flags = [
      "--containerizers=docker,mesos",
      `--docker_socket=${docker.socket}`,
      "--docker_remove_delay=1mins",
      "--resources=cpus:8;mem:2048;disk:1024;ports:[31000-31099]",
    ];
    agent = await startAgent(story, master, { flags });
    framework = new Framework({ master: master.address });
    await framework.subscribe();
  });

  const launch = async (task: Partial<TaskInfo> & { id: string; value?: string }): Promise<void> => {
    const { id, value = "true", ...more } = task;
    const task_info = framework.command(id, value, { container: container(), ...more });
    // What a task before it has left may come in pieces: not every offer is large enough.
    const { agent_id, ...offer } = await framework.offer(({ resources = [] }) => cpusOf(resources) >= 1);
    const task_infos = [{ ...task_info, agent_id }];
    await framework.accept({ agent_id, ...offer }, [{ type: "LAUNCH", launch: { task_infos } }]);
  };
  const kill = (id: string): Promise<void> =>
    framework.must({ type: "KILL", kill: { task_id: { value: id }, agent_id: { value: agent.id } } });
  const sandboxFile = (id: string, name: string): string =>
    readFileSync(join(sandboxOf(agent, { frameworkId: framework.id, executorId: id }), name), "utf8");
  const namesOf = async (): Promise<string[]> =>
    (await docker.run("ps", "--format", "{{.Names}}")).split("\n");

  void it("runs a shell command, its output and sandbox where they belong", async () => {
    await launch({
      id: "shell",
      command: {
        value:
          'echo "$GREETING $MESOS_SANDBOX $OWN"; echo err >&2; cd $MESOS_SANDBOX; cat input; echo made > output',
        environment: { variables: [{ name: "OWN", value: "own" }] },
        uris: [{ value: `file://${fileWith("given\n")}`, output_file: "input" }],
      },
    });
    const { data = "", message: _, container_status } = await framework.sees("shell", "TASK_RUNNING");
    const [inspected] = JSON.parse(Buffer.from(data, "base64").toString()) as {
      Name: string;
      Path: string;
    }[];
    assert.match(inspected?.Name ?? "", /^\/mesos-/);
    assert.equal(inspected?.Path, "/bin/sh");
    assert.ok(container_status?.container_id);
    const { message } = await framework.sees("shell", "TASK_FINISHED");
    assert.equal(message, "Container exited with status 0");
    assert.equal(sandboxFile("shell", "stdout"), "hello /mnt/mesos/sandbox own\ngiven\n");
    assert.match(sandboxFile("shell", "stderr"), /err\n$/);
    assert.equal(sandboxFile("shell", "output"), "made\n");
  });

  const fileWith = (text: string): string => {
    const path = join(story.folder, "input");
    writeFileSync(path, text);
    return path;
  };

  void it("runs what the image says, or arguments in its place", async () => {
    await launch({ id: "own", command: { shell: false } });
    await framework.sees("own", "TASK_FINISHED");
    assert.equal(sandboxFile("own", "stdout"), "from the image\n");
    await launch({ id: "arguments", command: { shell: false, arguments: ["exit 7"] } });
    const { message } = await framework.sees("arguments", "TASK_FAILED");
    assert.equal(message, "Container exited with status 7");
  });

  void it("gives volumes, hostname, parameters and limits", async () => {
    const host = join(story.folder, "host");
    writeFileSync(host, "from the host\n");
    await launch({
      id: "settings",
      resources: scalars({ cpus: 0.5, mem: 64 }),
      value: "cat /given; echo x > /given; cat /proc/sys/kernel/hostname; sleep 1000",
      container: container(
        { hostname: "named", volumes: [{ container_path: "/given", host_path: host, mode: "RO" }] },
        { network: "NONE", parameters: [{ key: "label", value: "mine=yes" }] },
      ),
    });
    const { data = "" } = await framework.sees("settings", "TASK_RUNNING");
    const [inspected] = JSON.parse(Buffer.from(data, "base64").toString()) as {
      HostConfig: { Memory: number; CpuShares: number };
      Config: { Labels: Record<string, string> };
    }[];
    // Its own: the executor that Mesos counts for it is not in the container.
    assert.equal(inspected?.HostConfig.Memory, 64 * 1024 * 1024);
    assert.equal(inspected?.HostConfig.CpuShares, 512);
    assert.equal(inspected?.Config.Labels["mine"], "yes");
    await until("it has written", () => sandboxFile("settings", "stdout").includes("named"));
    assert.equal(sandboxFile("settings", "stdout"), "from the host\nnamed\n");
    await kill("settings");
    await framework.sees("settings", "TASK_KILLED");
  });

  void it("says why a container cannot be started", async () => {
    await launch({ id: "no-image", container: container({}, { image: "127.0.0.1:1/none" }) });
    const { reason, message = "" } = await framework.sees("no-image", "TASK_FAILED");
    assert.equal(reason, "REASON_CONTAINER_LAUNCH_FAILED");
    assert.match(
      message,
      /Failed to run 'docker -H unix:.* pull 127.0.0.1:1\/none:latest': exited with status 1; stderr=/,
    );
    await launch({ id: "no-command", command: {} });
    assert.match(
      (await framework.sees("no-command", "TASK_FAILED")).message ?? "",
      /Shell specified but no command value provided/,
    );
    await launch({
      id: "no-port",
      container: container({}, { network: "BRIDGE", port_mappings: [{ host_port: 80, container_port: 80 }] }),
    });
    assert.match(
      (await framework.sees("no-port", "TASK_FAILED")).message ?? "",
      /Port mappings require port resources/,
    );
  });

  void it("tells of memory that ran out", async () => {
    await launch({
      id: "hog",
      resources: scalars({ cpus: 0.1, mem: 32 }),
      value: "until test -e $MESOS_SANDBOX/go; do sleep 0.05; done; tail /dev/zero",
    });
    // Memory that runs out before that escapes Docker itself: its shim does not watch yet.
    await framework.sees("hog", "TASK_RUNNING");
    writeFileSync(join(sandboxOf(agent, { frameworkId: framework.id, executorId: "hog" }), "go"), "");
    const { reason, message = "" } = await framework.sees("hog", "TASK_FAILED");
    assert.equal(reason, "REASON_CONTAINER_LIMITATION_MEMORY");
    assert.match(message, /Memory limit exceeded/);
  });

  void it("gives an executor's container more when it has more tasks", async () => {
    const root = join(import.meta.dirname, "../..");
    const script = join(root, "test/stories/driver-executor/driver-executor.ts");
    const executor = {
      executor_id: { value: "driver" },
      framework_id: { value: framework.id },
      command: { value: `exec node --conditions=source '${script}'` },
      container: container({ volumes: [{ mode: "RO", container_path: root, host_path: root }] }),
      resources: scalars({ cpus: 0.5, mem: 256 }),
    };
    const memory = async (): Promise<number> => {
      const [name = ""] = await namesOf();
      return Number(await docker.run("inspect", "--format", "{{.HostConfig.Memory}}", name)) / 1024 / 1024;
    };
    for (const [id, most, limits] of [
      ["first", 384],
      ["second", 512],
      // Docker takes no limit away. In JSON this number is a word.
      ["third", totalmem() / 1024 / 1024, { mem: { value: "Infinity" as unknown as number } }],
    ] as const) {
      const { command: _, ...task } = framework.command(id, "");
      const { agent_id, ...offer } = await framework.offer(({ resources = [] }) => cpusOf(resources) >= 1);
      const asked = {
        resources: scalars({ cpus: 0.5, mem: 128 }),
        ...(limits && { limits, container: container() }),
      };
      const made = { ...task, agent_id, executor, ...asked };
      await framework.accept({ agent_id, ...offer }, [{ type: "LAUNCH", launch: { task_infos: [made] } }]);
      await framework.sees(id, "TASK_RUNNING");
      await until("it has as much", async () => (await memory()) === most);
    }
    for (const id of ["first", "second", "third"]) {
      await kill(id);
      await framework.sees(id, "TASK_KILLED");
    }
    const to = { agent_id: { value: agent.id }, executor_id: { value: "driver" } };
    await framework.must({ type: "SHUTDOWN", shutdown: to });
    await until("it has ended", async () => (await namesOf()).join("") === "");
  });

  void it("checks health in the container", async () => {
    await launch({
      id: "healthy",
      value: "echo here > /tmp/mark; sleep 1000",
      health_check: {
        type: "COMMAND",
        command: { value: "test -e /tmp/mark" },
        delay_seconds: 0,
        interval_seconds: 0.2,
      },
    });
    await until("it is healthy", () => framework.updates("healthy").some(({ healthy }) => healthy === true));
    const containers = await getJson<{ statistics?: { mem_limit_bytes?: number } }[]>(
      agent.address,
      "/containers",
    );
    assert.ok(containers.some(({ statistics }) => statistics?.mem_limit_bytes !== undefined));
    await kill("healthy");
    await framework.sees("healthy", "TASK_KILLED");
  });

  for (const network of ["NONE", "USER"] as const) {
    void it(`connects within a container's own network, ${network}, for HTTP and TCP health checks`, async () => {
      if (network === "USER") await docker.run("network", "create", "blue");
      // Nothing listens there on the machine.
      const port = await takePort();
      const server = `require("http").createServer((_, to) => to.end()).listen(${port}, "127.0.0.1")`;
      const often = { delay_seconds: 0, interval_seconds: 0.1, grace_period_seconds: 60 };
      const checks: HealthCheck[] = [
        { type: "HTTP", http: { port, path: "/" }, ...often },
        { type: "TCP", tcp: { port }, ...often },
      ];
      for (const health_check of checks) {
        const id = `${network}-${health_check.type}`;
        await launch({
          id,
          value: `exec node -e '${server}'`,
          resources: scalars({ cpus: 0.5, mem: 256 }),
          container: container(network === "USER" ? { network_infos: [{ name: "blue" }] } : {}, { network }),
          kill_policy: { grace_period: { nanoseconds: 200e6 } },
          health_check,
        });
        await until("it is healthy", () => framework.updates(id).some(({ healthy }) => healthy === true));
        await kill(id);
        await framework.sees(id, "TASK_KILLED");
      }
    });
  }

  void it("a check that hangs again and again leaves nothing while its task runs on", async () => {
    await launch({
      id: "checked",
      value: "sleep 1000",
      kill_policy: { grace_period: { nanoseconds: 200e6 } },
      check: {
        type: "COMMAND",
        command: { command: { value: "echo x >> /tmp/tries; sleep 1003 & sleep 1003" } },
        delay_seconds: 0,
        interval_seconds: 0.05,
        timeout_seconds: 0.5,
      },
    });
    const hanging = (): number[] => findProcesses((pid) => commandLine(pid) === "sleep 1003");
    const seen = new Set<number>();
    await until("it was checked many times", () => {
      for (const pid of hanging()) seen.add(pid);
      return seen.size >= 8;
    });
    await until("no more are there than of one check", () => hanging().length <= 2);
    await kill("checked");
    await framework.sees("checked", "TASK_KILLED");
    await until("none is left", () => hanging().length === 0);
  });

  void it("kills what ignores SIGTERM after its grace", async () => {
    await launch({
      id: "stubborn",
      value: "trap '' TERM; echo ready; while true; do sleep 0.1; done",
      kill_policy: { grace_period: { nanoseconds: 200e6 } },
    });
    await framework.sees("stubborn", "TASK_RUNNING");
    await until("it has begun", () => sandboxFile("stubborn", "stdout").includes("ready"));
    await kill("stubborn");
    const { message } = await framework.sees("stubborn", "TASK_KILLED");
    assert.equal(message, "Container exited with status 137");
  });

  void it("runs tasks without a container beside them", async () => {
    await framework.launch([framework.command("plain", "exit 0")]);
    const { message } = await framework.sees("plain", "TASK_FINISHED");
    assert.equal(message, "Command exited with status 0");
  });

  void it("adopts its containers after a kill -9, without losing output, and removes those of nobody", async () => {
    await launch({
      id: "stays",
      value: "echo one; while ! test -e /mnt/mesos/sandbox/go; do sleep 0.1; done; echo two; exit 3",
    });
    await framework.sees("stays", "TASK_RUNNING");
    await until("it has written", () => sandboxFile("stays", "stdout") === "one\n");
    await agent.child.stop("SIGKILL");
    const label = `mezzo.runtime_dir=${join(story.folder, "agent-run")}`;
    await docker.run(
      "run",
      "--detach",
      "--entrypoint",
      "/bin/sleep",
      "--name",
      "mesos-orphan",
      "--label",
      label,
      "--label",
      "mezzo.container_id=orphan",
      "--label",
      "mezzo.sandbox=/tmp",
      IMAGE,
      "1000",
    );
    agent = await startAgent(story, master, { flags, port: agent.port });
    await until("the orphan is gone", async () => !(await namesOf()).includes("mesos-orphan"));
    const sandbox = sandboxOf(agent, { frameworkId: framework.id, executorId: "stays" });
    writeFileSync(join(sandbox, "go"), "");
    const { message } = await framework.sees("stays", "TASK_FAILED");
    assert.equal(message, "Container exited with status 3");
    assert.equal(sandboxFile("stays", "stdout"), "one\ntwo\n");
  });

  void it("stops containers without checkpoints when it is killed, though it does not come back", async () => {
    const brief = new Framework({ master: master.address, info: { checkpoint: false } });
    await brief.subscribe();
    await framework.rest();
    const task = brief.command("brief", "trap 'exit 0' TERM; while :; do sleep 0.1; done", {
      container: container(),
    });
    const { agent_id, ...offer } = await brief.largeOffer();
    const task_infos = [{ ...task, agent_id }];
    await brief.accept({ agent_id, ...offer }, [{ type: "LAUNCH", launch: { task_infos } }]);
    await brief.sees("brief", "TASK_RUNNING");
    const isRunning = async (): Promise<boolean> =>
      (await namesOf()).some((name) => name.startsWith("mesos-"));
    assert.ok(await isRunning());
    await agent.child.stop("SIGKILL");
    await until("its container is stopped", async () => !(await isRunning()));
    agent = await startAgent(story, master, { flags, port: agent.port });
    await until("nothing is left of it", async () => {
      const all = await docker.run("ps", "--all", "--format", '{{.Label "mezzo.container_id"}} {{.Status}}');
      return all === "";
    });
    await brief.must({ type: "TEARDOWN" });
    await framework.must({ type: "REVIVE" });
  });

  void it("lives on while the daemon is away", async () => {
    await launch({
      id: "patient",
      value: "while ! test -e /mnt/mesos/sandbox/go; do sleep 0.1; done; echo done",
    });
    await framework.sees("patient", "TASK_RUNNING");
    await docker.restart();
    const sandbox = sandboxOf(agent, { frameworkId: framework.id, executorId: "patient" });
    writeFileSync(join(sandbox, "go"), "");
    await framework.sees("patient", "TASK_FINISHED");
    assert.ok(existsSync(sandbox));
    assert.deepEqual(
      (await namesOf()).filter((name) => name.startsWith("mesos-")),
      [],
    );
  });
});

void test("an agent without a daemon says what to do", async (t) => {
  const story = new Story(t);
  const where = [
    "--ip=127.0.0.1",
    `--port=${await takePort()}`,
    "--master=127.0.0.1:1",
    `--work_dir=${story.folder}/work`,
    `--runtime_dir=${story.folder}/run`,
  ];
  const child = story.start([
    mezzo,
    "agent",
    ...where,
    "--containerizers=docker",
    `--docker_socket=${story.folder}/none`,
  ]);
  await child.ended;
  assert.match(
    child.errors,
    /Failed to create docker: Cannot reach the Docker daemon at .*none: .*Start the daemon, name its socket with --docker_socket/,
  );
});

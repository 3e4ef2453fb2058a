// Flags as operators of Mesos give them: on the command line, in variables, in files; and what is refused, by name.
import assert from "node:assert/strict";
import { symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import type { Child } from "../support/child.ts";
import { getJson } from "../support/cluster.ts";
import { takePort } from "../support/ports.ts";
import { mezzo, root, Story } from "../support/story.ts";
import { until } from "../support/until.ts";

type Flags = Record<string, string>;

void describe("flags", () => {
  const story = new Story({ after });
  let folders = 0;
  const folder = (): string => join(story.folder, `work-${++folders}`);

  const flagsOf = async (port: number): Promise<Flags> => {
    const answer = await until(`port ${port} answers`, () =>
      getJson<{ flags: Flags }>(`127.0.0.1:${port}`, "/flags"),
    );
    return answer.flags;
  };

  async function run(command: readonly string[], env: Flags = {}): Promise<Child & { code: number | null }> {
    const child = story.start(command, { env });
    const { code } = await child.ended;
    return Object.assign(child, { code });
  }

  void it("come from MESOS_* variables, and the command line goes before them", async () => {
    const port = await takePort();
    const env = {
      MESOS_PORT: "1",
      MESOS_IP: "127.0.0.1",
      MESOS_HOSTNAME: "from-variable",
      MESOS_WORK_DIR: folder(),
      MESOS_WEIGHTS: "a=2",
      MESOS_NO_SUCH_FLAG: "ignored",
    };
    const child = story.start([mezzo, "master", `--port=${port}`], { env });
    const flags = await flagsOf(port);
    assert.equal(flags["port"], String(port));
    assert.equal(flags["hostname"], "from-variable");
    assert.equal(flags["weights"], "a=2");
    await child.stop();
  });

  void it("may be values of files", async () => {
    const weights = join(story.folder, "weights");
    writeFileSync(weights, "a=2,b=3.5");
    const resources = join(story.folder, "resources.json");
    const scalar = (name: string, value: number) => ({ name, type: "SCALAR", scalar: { value } });
    writeFileSync(resources, JSON.stringify([scalar("cpus", 3), scalar("mem", 333)]));
    const port = await takePort();
    const master = story.start([
      mezzo,
      "master",
      `--port=${port}`,
      `--work_dir=${folder()}`,
      `--weights=file://${weights}`,
    ]);
    await flagsOf(port);
    assert.deepEqual(await getJson(`127.0.0.1:${port}`, "/weights"), [
      { role: "a", weight: 2 },
      { role: "b", weight: 3.5 },
    ]);
    const masterFile = join(story.folder, "master");
    writeFileSync(masterFile, `127.0.0.1:${port}\n`);
    const agentPort = await takePort();
    const agent = story.start([
      mezzo,
      "agent",
      `--master=file://${masterFile}`,
      `--port=${agentPort}`,
      `--work_dir=${folder()}`,
      `--runtime_dir=${folder()}`,
      `--resources=file://${resources}`,
    ]);
    const { slaves } = await until("the agent is registered", async () => {
      const answer = await getJson<{ slaves: { resources: Record<string, number> }[] }>(
        `127.0.0.1:${port}`,
        "/slaves",
      );
      return answer.slaves.length === 1 && answer;
    });
    assert.equal(slaves[0]?.resources["cpus"], 3);
    assert.equal(slaves[0]?.resources["mem"], 333);
    await agent.stop();
    await master.stop();
  });

  void it("may be spelled with dashes, and without a value when they are switches", async () => {
    const port = await takePort();
    const child = story.start([
      mezzo,
      "master",
      `--port=${port}`,
      `--work-dir=${folder()}`,
      "--agent-ping-timeout=20secs",
      "--no-filter-gpu-resources",
      "--quiet",
    ]);
    const flags = await flagsOf(port);
    assert.equal(flags["agent_ping_timeout"], "20secs");
    assert.equal(flags["filter_gpu_resources"], "false");
    assert.equal(flags["quiet"], "true");
    await child.stop();
    assert.equal(child.errors, "");
  });

  void it("that are unknown, wrong or not built are refused by name", async () => {
    const cases: [string[], RegExp][] = [
      [["master", "--frobnicate=1"], /^Failed to load unknown flag 'frobnicate'/],
      [["master", "--port=abc"], /'port'/],
      [["master", "--port"], /'port': Missing value/],
      [["master", "--allocation_interval=soon"], /'allocation_interval'/],
      [["master", "--memory_profiling"], /^Flag --memory_profiling is not supported by Mezzo yet: /],
      [["master", "--zk=zk://h:x/p"], /Failed to create a master contender: .*zk:\/\/user:pass@host1/],
      [["master", "--modules=x"], /--modules/],
      [["master", "--weights=a=b"], /weights|weight/],
      [["master", "--registry=in_memory", "--registry=replicated_log"], /'registry' is already loaded/],
      [["agent", "--frobnicate=1"], /^Failed to load unknown flag 'frobnicate'/],
      [["agent", "--appc_store_dir=/x"], /--appc_store_dir/],
      [
        ["agent", '--modules={"libraries": [{"modules": [{"name": "org_example_Other"}]}]}'],
        /Cannot load module 'org_example_Other'/,
      ],
      [["agent", "--port=17190"], /master/],
      [["agent", "--master=127.0.0.1:5050", "--resources=cpus:many", `--work_dir=${folder()}`], /resources/],
      [["agent", "--master=127.0.0.1:5050", `--work_dir=${folder()}`, "--attributes=x"], /attribute/i],
    ];
    for (const [command, says] of cases) {
      const { code, errors } = await run([mezzo, ...command]);
      assert.equal(code, 1, `${command.join(" ")}: ${errors}`);
      assert.match(errors, says);
    }
  });

  void it("in a variable are refused by the variable's name", async () => {
    const { code, errors } = await run([mezzo, "master"], { MESOS_MEMORY_PROFILING: "true" });
    assert.equal(code, 1);
    assert.match(errors, /--memory_profiling .*MESOS_MEMORY_PROFILING/);
  });

  void it("an address that strangers can reach needs a flag while nobody has to authenticate", async () => {
    const port = await takePort();
    const { code, errors } = await run([
      mezzo,
      "master",
      "--ip=0.0.0.0",
      `--port=${port}`,
      `--work_dir=${folder()}`,
    ]);
    assert.equal(code, 1);
    assert.match(errors, /--allow_open_network/);
  });

  void it("are listed by --help with their defaults", async () => {
    for (const command of ["master", "agent", "local", "execute"]) {
      const { code, output } = await run([mezzo, command, "--help"]);
      assert.equal(code, 0);
      assert.match(output, /--port=VALUE|--master=VALUE/);
      assert.match(output, /\(default: .+\)/);
    }
    const { code, output } = await run([mezzo, "--help"]);
    assert.equal(code, 0);
    for (const command of ["master", "agent", "local", "execute"])
      assert.match(output, new RegExp(`^  ${command} `, "m"));
  });
});

void describe("launchers", () => {
  const story = new Story({ after });
  const bin = (name: string): string => join(root, "packages/cluster/bin", name);

  async function output(...command: string[]): Promise<string> {
    const child = story.start(command);
    const { code } = await child.ended;
    assert.equal(code, 0, child.errors);
    return child.output;
  }

  void it("mesos-master, mesos-agent and mesos <command> are the same program", async () => {
    const version = /^mesos \d+\.\d+\.\d+\n$/;
    assert.match(await output(bin("mesos-master"), "--version"), version);
    assert.match(await output(bin("mesos-agent"), "--version"), version);
    assert.match(await output(bin("mesos"), "master", "--version"), version);
    assert.match(await output(bin("mesos"), "agent", "--version"), version);
    assert.match(await output(bin("mesos"), "slave", "--version"), version);
    assert.match(await output(bin("mesos-execute"), "--help"), /Usage: mezzo execute/);
  });

  void it("are found through links, as npm and packages make them", async () => {
    symlinkSync(bin("mesos-master"), join(story.folder, "mesos-master"));
    symlinkSync(join(story.folder, "mesos-master"), join(story.folder, "second"));
    symlinkSync(bin("mezzo"), join(story.folder, "mesos-agent"));
    assert.match(await output(join(story.folder, "mesos-master"), "--version"), /^mesos /);
    assert.match(await output(join(story.folder, "mesos-agent"), "--version"), /^mesos /);
    assert.match(await output(join(root, "node_modules/.bin/mesos-master"), "--version"), /^mesos /);
  });

  void it("run a cluster together", async () => {
    const port = await takePort();
    const agentPort = await takePort();
    const place = ["--ip=127.0.0.1", "--hostname=localhost"];
    const master = story.start([
      bin("mesos-master"),
      ...place,
      `--port=${port}`,
      `--work_dir=${story.folder}/m`,
    ]);
    await master.sees(/listening/);
    const agent = story.start([
      bin("mesos-agent"),
      ...place,
      `--master=127.0.0.1:${port}`,
      `--port=${agentPort}`,
      `--work_dir=${story.folder}/a`,
      `--runtime_dir=${story.folder}/r`,
    ]);
    const task = [`--master=127.0.0.1:${port}`, "--name=launched", "--command=echo launched"];
    assert.match(await output(bin("mesos-execute"), ...task), /TASK_FINISHED for task 'launched'/);
    assert.equal((await agent.stop()).code, 0);
    assert.equal((await master.stop()).code, 0);
  });

  void it("a command that does not exist is named", async () => {
    const child = story.start([bin("mezzo"), "frobnicate"]);
    const { code } = await child.ended;
    assert.equal(code, 1);
    assert.match(child.errors, /Cannot run 'frobnicate': there is no such command/);
  });
});

// Containers of images: from a real registry and from a folder; what images say about how
// to run them; what goes wrong; and that nothing of it is left.
import assert from "node:assert/strict";
import {
  copyFileSync,
  existsSync,
  globSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import type { CommandInfo, TaskInfo } from "@mezzo/wire";
import { getJson, startAgent, startMaster } from "../stories/support/cluster.ts";
import { Framework, scalars } from "../stories/support/framework.ts";
import { Story } from "../stories/support/story.ts";
import { until } from "../stories/support/until.ts";
import { machineState, removeCgroups } from "./support/machine.ts";
import { makeImage, makeOldArchive } from "./support/make-image.ts";
import { Registry } from "./support/registry.ts";

const isolation = "cgroups/cpu,cgroups/mem,filesystem/linux,docker/runtime,namespaces/pid";

interface Cluster {
  story: Story;
  framework: Framework;
  store: string;
  restart: () => Promise<void>;
  kill: () => Promise<void>;
  /** Runs a command in an image; its standard output once it has ended. */
  run: (image: string, command: CommandInfo, name?: string) => Promise<{ output: string; message: string }>;
  prune: (excluded?: readonly string[]) => Promise<number>;
  metric: (name: string) => Promise<number | undefined>;
}

async function cluster(t: TestContext, flags: readonly string[], given?: Story): Promise<Cluster> {
  const cgroupsRoot = `mezzo-images-${process.pid}-${Math.trunc(performance.now())}`;
  t.after(() => removeCgroups(cgroupsRoot));
  const story = given ?? new Story(t);
  const store = join(story.folder, "store");
  const master = await startMaster(story);
  const all = [
    "--launcher=linux",
    `--isolation=${isolation}`,
    `--cgroups_root=${cgroupsRoot}`,
    "--image_providers=docker",
    `--docker_store_dir=${store}`,
    "--resources=cpus:16;mem:4096;disk:1024;ports:[31000-31099]",
    ...flags,
  ];
  let agent = await startAgent(story, master, { flags: all });
  const framework = new Framework({ master: master.address });
  await framework.subscribe();
  let count = 0;
  const run: Cluster["run"] = async (image, command, name = `t${count++}`) => {
    const task = taskOf(name, image, command);
    await framework.launch([task]);
    const end = await until(`${name} ends`, () =>
      framework.updates(name).find(({ state }) => /FINISHED|FAILED/.test(state)),
    );
    const output = outputOf(agent.workDir, name);
    return { output, message: `${end.state} ${end.reason ?? ""} ${end.message ?? ""}` };
  };
  const prune = async (excluded: readonly string[] = []): Promise<number> => {
    const excluded_images = excluded.map((name) => ({ type: "DOCKER", docker: { name } }));
    const answer = await fetch(`http://${agent.address}/api/v1`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ type: "PRUNE_IMAGES", prune_images: { excluded_images } }),
    });
    assert.equal(answer.status, 200);
    return readdirSync(join(store, "images")).length;
  };
  const metric = async (name: string): Promise<number | undefined> =>
    (await getJson<Record<string, number>>(agent.address, "/metrics/snapshot"))[name];
  return {
    story,
    framework,
    store,
    run,
    prune,
    metric,
    kill: async () => void (await agent.child.stop("SIGKILL")),
    restart: async () => {
      agent = await startAgent(story, master, { flags: all, port: agent.port });
    },
  };
}

function taskOf(name: string, image: string, command: CommandInfo): TaskInfo {
  return {
    name,
    task_id: { value: name },
    agent_id: { value: "" },
    resources: scalars({ cpus: 0.1, mem: 32 }),
    command,
    container: { type: "MESOS", mesos: { image: { type: "DOCKER", docker: { name: image } } } },
  };
}

function outputOf(workDir: string, name: string): string {
  const [path = ""] = globSync(`${workDir}/slaves/*/frameworks/*/executors/${name}/runs/latest`);
  const file = join(path, "stdout");
  return existsSync(file) ? readFileSync(file, "utf8") : "";
}

void test("an image is pulled once, and what it says about how to run it counts", async (t) => {
  const before = machineState();
  const story = new Story(t);
  const registry = await Registry.start(story);
  await registry.push("app:1", {
    entrypoint: ["/bin/echo", "from the image"],
    cmd: ["and its cmd"],
    env: ["OF_IMAGE=yes", "BOTH=image", "PATH=/bin"],
    workingDirectory: "/tmp",
    files: { "tmp/note": "of the image\n" },
  });
  const { run, prune, store, metric } = await cluster(
    t,
    [`--docker_registry=http://${registry.address}`],
    story,
  );
  const nothing = { shell: false } as const;
  assert.match((await run("app:1", nothing)).output, /^from the image and its cmd$/m);
  assert.match((await run("app:1", { ...nothing, arguments: ["x"] })).output, /^from the image x$/m);
  const shell = await run("app:1", {
    value:
      "cat /who; pwd; echo $OF_IMAGE $BOTH; echo kept > $MESOS_SANDBOX/file; echo $MESOS_SANDBOX; ls /home",
    environment: { variables: [{ name: "BOTH", value: "task" }] },
  });
  assert.match(shell.output, /^an image\n\/tmp\nyes task\n\/mnt\/mesos\/sandbox\n/m);
  assert.match(shell.message, /TASK_FAILED/, "the image has no /home");
  const hidden = await run("app:1", {
    value:
      "cat /tmp/note; [ -c /proc/keys ] && [ ! -s /proc/keys ] && echo masked; ls /sys/fs/cgroup; " +
      "while read -r _ _ _ _ path how _; do case $path in /proc/sys | /sys) echo $path ${how%%,*};; esac; done " +
      "< /proc/self/mountinfo",
  });
  assert.match(hidden.output, /^of the image\nmasked\n(\/proc\/sys ro\n|\/sys ro\n){2}/m);
  const ends = await Promise.all(
    Array.from({ length: 8 }, (_, index) =>
      run("app:1", { value: "echo written > /new; cat /new" }, `many-${index}`),
    ),
  );
  for (const { output } of ends) assert.match(output, /written/);
  assert.equal(readdirSync(join(store, "images")).length, 1);
  const pulls = "containerizer/mesos/provisioner/docker_store/image_pull_ms";
  assert.equal(await metric(`${pulls}/count`), 1);
  assert.ok(((await metric(pulls)) ?? 0) > 0);
  await until("no container's root is left", () => readdirSync(join(store, "containers")).length === 0);
  assert.equal(await prune(["app:1"]), 1);
  assert.equal(await prune(), 0);
  assert.match((await run("app:1", { value: "cat /who" })).output, /an image/, "it is pulled again");
  await until("no container's root is left", () => readdirSync(join(store, "containers")).length === 0);
  assert.deepEqual(machineState(), before);
});

void test("a folder of archives serves images without a registry", async (t) => {
  const story = new Story(t);
  const registry = await Registry.start(story);
  const folder = join(story.folder, "archives");
  mkdirSync(folder);
  await registry.push(
    "app",
    { env: ["PATH=/bin"] },
    { to: `docker-archive:${join(folder, "app.tar")}:app:2` },
  );
  renameSync(join(folder, "app.tar"), join(folder, "app:2.tar"));
  writeFileSync(join(folder, "broken:1.tar"), "no archive");
  const { run } = await cluster(t, [`--docker_registry=${folder}`], story);
  const mounts = "while read -r _ _ _ _ path _; do echo mounted $path; done < /proc/self/mountinfo";
  const { output } = await run("app:2", { value: `cat /who; echo x > /tmp/mine; ${mounts}` });
  assert.match(output, /an image/);
  assert.match(output, /^mounted \/tmp$/m, "its /tmp is in memory");
  const broken = await run("broken:1", { value: "cat /who" });
  assert.match(broken.message, /TASK_FAILED REASON_CONTAINER_LAUNCH_FAILED .*Failed to pull image/s);
  const missing = await run("missing:1", { value: "true" });
  assert.match(missing.message, /Failed to find archive for image 'missing:1' at '\/.*\/missing:1\.tar'$/);
  await makeOldArchive(folder, "old", { entrypoint: ["/bin/cat"], cmd: ["/who"], env: ["PATH=/bin"] });
  assert.match((await run("old", { shell: false })).output, /^an image$/m);
  const both = await run("old", { shell: false, arguments: ["/who", "/upper"] });
  assert.match(both.output, /^an image\nof the upper layer$/m);
  const otherTag = await run("old:other", { shell: false });
  assert.match(otherTag.message, /Failed to find archive for image 'old:other'/);
  assert.match((await run("not/../a/name", { value: "true" })).message, /Failed to parse docker image/);
});

void test("an image named by its digest is that one, or the task fails", async (t) => {
  const story = new Story(t);
  const registry = await Registry.start(story);
  const digests: string[] = [];
  for (const who of ["first", "second", "swapped"]) {
    // The tag moves on; digests stay.
    const to = `docker://${registry.address}/app:1`;
    await registry.push(who, { env: ["PATH=/bin"], files: { name: `${who}\n` } }, { to });
    digests.push((await registry.manifestOf("app:1")).digest);
  }
  const [first = "", second = "", swapped = ""] = digests;
  const { run, store } = await cluster(t, [`--docker_registry=http://${registry.address}`], story);
  const show = { value: "cat /name" };
  assert.match((await run(`app@${first}`, show)).output, /^first$/m);
  assert.match((await run(`app:1@${second}`, show)).output, /^second$/m);
  assert.match((await run("app:1", show)).output, /^swapped$/m);
  assert.ok(existsSync(join(store, "images", first.replace(":", "-"))), "it is kept by its digest");
  registry.corrupt(swapped, first);
  const other = await run(`app@${swapped}`, show);
  assert.match(
    other.message,
    /^TASK_FAILED REASON_CONTAINER_LAUNCH_FAILED Failed to launch container: Failed to pull image '.*Manifest does not match provided manifest digest/,
  );
  const none = await run(`app@sha256:${"0".repeat(64)}`, show);
  assert.match(none.message, /^TASK_FAILED REASON_CONTAINER_LAUNCH_FAILED .*manifest unknown/);
});

void test("an archive is asked for by digest only under that name", async (t) => {
  const story = new Story(t);
  const folder = join(story.folder, "archives");
  mkdirSync(folder);
  const target = `docker-archive:${join(folder, "app.tar")}:app:latest`;
  await makeImage(story.folder, "app", { env: ["PATH=/bin"] }, { target });
  copyFileSync(join(folder, "app.tar"), join(folder, "app:latest.tar"));
  const digest = `sha256:${"a".repeat(64)}`;
  const { run } = await cluster(t, [`--docker_registry=${folder}`], story);
  const { message } = await run(`app@${digest}`, { value: "true" });
  assert.equal(
    message,
    "TASK_FAILED REASON_CONTAINER_LAUNCH_FAILED Failed to launch container: " +
      `Failed to find archive for image 'app@${digest}' at '${folder}/app@${digest}.tar'`,
  );
  renameSync(join(folder, "app.tar"), join(folder, `app@${digest}.tar`));
  assert.match((await run(`app@${digest}`, { value: "cat /who" })).output, /an image/);
});

void test("--image_provisioner_backend=copy gives each container a copy, which goes with it", async (t) => {
  const story = new Story(t);
  const folder = join(story.folder, "archives");
  mkdirSync(folder);
  await makeImage(
    story.folder,
    "app",
    { env: ["PATH=/bin"] },
    { target: `docker-archive:${folder}/app.tar:app:1` },
  );
  const flags = [`--docker_registry=${folder}`, "--image_provisioner_backend=copy"];
  const { run, framework, store } = await cluster(t, flags, story);
  await framework.launch([taskOf("one", "app", { value: "echo mine > /who; sleep 1000" })]);
  await framework.sees("one", "TASK_RUNNING");
  const [copy = ""] = globSync(join(store, "containers/*/rootfs"));
  await until("it has written", () => readFileSync(join(copy, "who"), "utf8") === "mine\n");
  const mounts = readFileSync("/proc/self/mountinfo", "utf8").split("\n");
  assert.deepEqual(
    mounts.filter((line) => line.includes(store)),
    [],
  );
  assert.match((await run("app", { value: "cat /who" })).output, /^an image$/m, "another one has its own");
  await framework.must({ type: "KILL", kill: { task_id: { value: "one" } } });
  await framework.sees("one", "TASK_KILLED");
  await until("no copy is left", () => readdirSync(join(store, "containers")).length === 0);
  assert.deepEqual(
    machineState().mounts.filter((mount) => mount.includes(story.folder)),
    [],
  );
});

/** `sesame` by bcrypt, as a registry keeps it. */
const HTPASSWD = "ops:$2b$05$abcdefghijklmnopqrstuuKcS.CYWVYVaLiiCKrrc0A5s3mGesJ9O\n";

void test("a registry that asks for credentials gets the agent's, or the task's own", async (t) => {
  const story = new Story(t);
  const registry = await Registry.start(story, HTPASSWD);
  await registry.push("app", { env: ["PATH=/bin"] }, { credentials: "ops:sesame" });
  const config = (secret: string): string => {
    const auth = Buffer.from(`ops:${secret}`).toString("base64");
    return JSON.stringify({ auths: { [registry.address]: { auth } } });
  };
  const image = `${registry.address}/app`;
  const wrong = await cluster(
    t,
    [`--docker_registry=http://${registry.address}`, `--docker_config=${config("open")}`],
    story,
  );
  const refused = await wrong.run(image, { value: "cat /who" });
  assert.match(
    refused.message,
    /TASK_FAILED REASON_CONTAINER_LAUNCH_FAILED .*Failed to pull image.*(unauthorized|authentication)/is,
  );
  assert.doesNotMatch(refused.message, /open/);
  const { framework } = wrong;
  const own = taskOf("own", image, { value: "cat /who" });
  const docker = {
    name: image,
    config: { type: "VALUE" as const, value: { data: Buffer.from(config("sesame")).toString("base64") } },
  };
  await framework.launch([
    { ...own, container: { type: "MESOS", mesos: { image: { type: "DOCKER", docker } } } },
  ]);
  await framework.sees("own", "TASK_FINISHED");
  await until(
    "its root is unmounted",
    () => !readFileSync("/proc/self/mountinfo", "utf8").includes(story.folder),
  );
});

void test("members of a group with an image have their URIs there, and their checks run there", async (t) => {
  const story = new Story(t);
  const registry = await Registry.start(story);
  await registry.push("app", { env: ["PATH=/bin"] });
  const flags = [`--docker_registry=http://${registry.address}`];
  const { framework, store } = await cluster(t, flags, story);
  const given = join(story.folder, "given");
  writeFileSync(given, "as given\n");
  const { agent_id, ...offer } = await framework.largeOffer();
  const tasks = ["one", "two"].map((id) => ({
    ...taskOf(id, "app", {
      value: `cat given > copy; echo ${id} > /tmp/mark; sleep 1000`,
      uris: [{ value: `file://${given}` }],
    }),
    // What is asked for is in the root of the image, in that of this container alone, and in its sandbox.
    health_check: {
      type: "COMMAND" as const,
      command: { value: `cat /who && read mark < /tmp/mark && [ $mark = ${id} ] && cat given copy` },
      delay_seconds: 0,
      interval_seconds: 0.1,
      grace_period_seconds: 60,
    },
  }));
  await framework.accept({ agent_id, ...offer }, [framework.group("group", tasks, { agent_id })]);
  for (const id of ["one", "two"]) {
    await until(`${id} is healthy`, () => framework.updates(id).some(({ healthy }) => healthy === true));
    const [copy = ""] = globSync(`${story.folder}/agent/slaves/*/**/runs/latest/tasks/${id}/copy`);
    assert.equal(readFileSync(copy, "utf8"), "as given\n");
  }
  await framework.must({ type: "KILL", kill: { task_id: { value: "one" } } });
  for (const id of ["one", "two"]) await framework.sees(id, "TASK_KILLED");
  await until("no container's root is left", () => readdirSync(join(store, "containers")).length === 0);
});

void test("an image that a registry has not, or has broken, fails the task, and another one runs", async (t) => {
  const story = new Story(t);
  const registry = await Registry.start(story);
  for (const name of ["whole:1", "layer:1", "manifest:1"]) {
    await registry.push(name, { env: ["PATH=/bin"], files: { name } });
  }
  const [layer] = (await registry.manifestOf("layer:1")).layers;
  registry.corrupt(layer?.digest ?? "");
  registry.corrupt((await registry.manifestOf("manifest:1")).digest);
  const { run, store } = await cluster(t, [`--docker_registry=http://${registry.address}`], story);
  for (const [name, reason] of [
    ["missing:1", "manifest unknown"],
    ["whole:2", "manifest unknown"],
    ["layer:1", "Digest did not match"],
    ["manifest:1", "reading manifest 1 in"],
  ] as const) {
    const { message } = await run(name, { value: "true" });
    const source = `docker://${registry.address}/${name}`;
    const words = `Failed to launch container: Failed to pull image '${source}': `;
    assert.ok(message.startsWith(`TASK_FAILED REASON_CONTAINER_LAUNCH_FAILED ${words}`), message);
    assert.ok(message.includes(reason), message);
  }
  assert.match((await run("whole:1", { value: "cat /name" })).output, /^whole:1$/m);
  assert.equal(readdirSync(join(store, "images")).length, 1);
  assert.deepEqual(readdirSync(join(store, "staging")), []);
  await until("no container's root is left", () => readdirSync(join(store, "containers")).length === 0);
});

void test("a registry that hangs fails the task, and nobody else", async (t) => {
  const story = new Story(t);
  const silent = createServer(() => {});
  await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
  story.closes(() => void silent.close());
  const address = silent.address();
  const port = typeof address === "object" ? address?.port : undefined;
  const flags = [`--docker_registry=http://127.0.0.1:${port}`, "--fetcher_stall_timeout=2secs"];
  const { run, framework } = await cluster(t, flags, story);
  const hanging = run("app", { value: "true" });
  await framework.launch([framework.command("other", "exit 0")]);
  await framework.sees("other", "TASK_FINISHED");
  assert.match(
    (await hanging).message,
    /^TASK_FAILED REASON_CONTAINER_LAUNCH_FAILED Failed to launch container: Failed to pull image '.*nothing received for 2 seconds/,
  );
});

void test("containers run on over a kill -9 of their agent, and their roots go with them", async (t) => {
  const story = new Story(t);
  const registry = await Registry.start(story);
  await registry.push("app", { env: ["PATH=/bin"] });
  const { framework, store, kill, restart } = await cluster(
    t,
    [`--docker_registry=http://${registry.address}`],
    story,
  );
  const wait = { value: "while [ ! -e $MESOS_SANDBOX/go ]; do sleep 0.1; done; cat /who; exit 3" };
  await framework.launch([taskOf("long", "app", wait)]);
  await framework.sees("long", "TASK_RUNNING");
  await kill();
  mkdirSync(join(store, "containers", "left-behind", "rootfs"), { recursive: true });
  await restart();
  assert.deepEqual(
    readdirSync(join(store, "containers")).filter((name) => name === "left-behind"),
    [],
  );
  const [sandbox = ""] = globSync(`${story.folder}/agent/slaves/*/frameworks/*/executors/long/runs/latest`);
  writeFileSync(join(sandbox, "go"), "");
  const end = await framework.sees("long", "TASK_FAILED");
  assert.match(end.message ?? "", /exited with status 3/);
  await until("no container's root is left", () => readdirSync(join(store, "containers")).length === 0);
});

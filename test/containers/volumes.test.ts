// Volumes in containers of the linux launcher, with and without an image.
import assert from "node:assert/strict";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it, test } from "node:test";
import type { ContainerInfo, Resource, Secret, Volume } from "@mezzo/wire";
import { type Server, startAgent, startMaster } from "../stories/support/cluster.ts";
import { Framework, scalars } from "../stories/support/framework.ts";
import { Story } from "../stories/support/story.ts";
import { until } from "../stories/support/until.ts";
import { ALL_ISOLATORS, Containers, type Launched } from "./support/containers.ts";
import { machineState, removeCgroups } from "./support/machine.ts";
import { Registry } from "./support/registry.ts";

const isolation = `${ALL_ISOLATORS},volume/secret`;
const base64 = (text: string): string => Buffer.from(text).toString("base64");

const withVolumes = (...volumes: Volume[]): ContainerInfo => ({ type: "MESOS", volumes });

const hostPath = (path: string, container_path: string, mode: "RO" | "RW" = "RW"): Volume => ({
  mode,
  container_path,
  source: { type: "HOST_PATH", host_path: { path } },
});

void test("host paths: folders and files, read only when they say so, and never where they are not", async (t) => {
  const containers = new Containers(t, { isolation, hostPathVolumeForceCreation: [] });
  const host = join(containers.directory, "host");
  mkdirSync(host);
  writeFileSync(join(host, "file"), "from the host\n");
  const command =
    "cat folder/file file; echo x > folder/made; echo y > file || echo refused; mkdir folder/more && echo done";
  const { ended, read } = await containers.launch(command, {
    container: withVolumes(hostPath(host, "folder"), hostPath(join(host, "file"), "file", "RO")),
  });
  assert.equal((await ended).exitCode, 0);
  assert.equal(read("stdout"), "from the host\nfrom the host\nrefused\ndone\n");
  assert.equal(readFileSync(join(host, "made"), "utf8"), "x\n");
  const refused = (volume: Volume): Promise<Launched> =>
    containers.launch("true", { container: withVolumes(volume) });
  await assert.rejects(
    refused(hostPath("relative", "a")),
    /Path 'relative' in HOST_PATH volume is not absolute/,
  );
  await assert.rejects(refused(hostPath(join(host, "none"), "a")), /in HOST_PATH volume does not exist$/);
  await assert.rejects(
    refused(hostPath(host, "/no-such-place")),
    /Mount point '\/no-such-place' is an absolute path. It must exist if the container shares the host filesystem/,
  );
  await assert.rejects(refused(hostPath(host, "../out")), /Path '..\/out' is outside the sandbox/);
});

void test("host paths that are missing are made below the folders that allow it", async (t) => {
  const containers = new Containers(t, { isolation });
  const folder = join(containers.directory, "made");
  const allowed = new Containers(t, { isolation, hostPathVolumeForceCreation: [folder] });
  const { ended } = await allowed.launch("echo x > v/file", {
    container: withVolumes(hostPath(`${folder}/a/b`, "v")),
  });
  assert.equal((await ended).exitCode, 0);
  assert.ok(existsSync(join(folder, "a/b/file")));
  await assert.rejects(
    allowed.launch("true", { container: withVolumes(hostPath(`${folder}/../other`, "v")) }),
    /does not exist and is not whitelisted for creation/,
  );
});

void test("sandbox paths: of the container itself, of the one around it, and of nobody else", async (t) => {
  const containers = new Containers(t, { isolation });
  const sandboxPath = (type: "SELF" | "PARENT", path: string, container_path: string): Volume => ({
    mode: "RW",
    container_path,
    source: { type: "SANDBOX_PATH", sandbox_path: { type, path } },
  });
  const own = await containers.launch("echo x > here/file; cat there/file", {
    container: withVolumes(sandboxPath("SELF", "there", "here")),
  });
  assert.equal((await own.ended).exitCode, 0);
  assert.equal(own.read("stdout"), "x\n");
  const parentSandbox = join(containers.directory, "parent");
  mkdirSync(parentSandbox);
  const nested = await containers.launch("echo y > up/file", {
    parentSandbox,
    container: withVolumes(sandboxPath("PARENT", "shared", "up")),
  });
  assert.equal((await nested.ended).exitCode, 0);
  assert.equal(readFileSync(join(parentSandbox, "shared/file"), "utf8"), "y\n");
  const refused = (volume: Volume): Promise<Launched> =>
    containers.launch("true", { containerId: "refused", container: withVolumes(volume) });
  await assert.rejects(refused(sandboxPath("PARENT", "a", "b")), {
    message: "SANDBOX_PATH volume PARENT type only works for nested container",
  });
  await assert.rejects(refused(sandboxPath("SELF", "/tmp", "b")), {
    message: "Path '/tmp' in SANDBOX_PATH volume is absolute",
  });
  await assert.rejects(refused(sandboxPath("SELF", "../a", "b")), /Path '..\/a' is outside the sandbox/);
  symlinkSync("/etc", join(containers.directory, "sandboxes/refused/link"));
  await assert.rejects(refused(sandboxPath("SELF", "link/a", "b")), /Path 'link\/a' is outside the sandbox/);
  await assert.rejects(refused(hostPath("/tmp", "link")), /Path 'link' is a link in the sandbox/);
});

for (const exchanged of ["there", "here"]) {
  void test(`a container does not start when '${exchanged}' becomes a link before it is mounted`, async (t) => {
    const folder = mkdtempSync(join(tmpdir(), "mezzo-exchange-"));
    const { PATH = "" } = process.env;
    t.after(() => {
      process.env["PATH"] = PATH;
      rmSync(folder, { recursive: true });
    });
    mkdirSync(join(folder, "victim"));
    const conmon = PATH.split(":").find((path) => existsSync(join(path, "conmon")));
    const lines = [
      "#!/bin/sh",
      `cd ${folder}/sandbox && mv ${exchanged} moved && ln -s ${folder}/victim ${exchanged}`,
      `exec ${conmon}/conmon "$@"`,
    ];
    writeFileSync(join(folder, "conmon"), lines.join("\n"), { mode: 0o755 });
    process.env["PATH"] = `${folder}:${PATH}`;
    const sandbox = join(folder, "sandbox");
    mkdirSync(sandbox);
    const containers = new Containers(t, { isolation });
    const source = { type: "SANDBOX_PATH", sandbox_path: { type: "SELF", path: "there" } } as const;
    const container = withVolumes({ mode: "RW", container_path: "here", source });
    await assert.rejects(containers.launch("touch here/file", { sandbox, container }), {
      message: `Cannot mount at '${sandbox}/here': the sandbox was changed meanwhile`,
    });
    assert.deepEqual(readdirSync(join(folder, "victim")), []);
  });
}

void test("secrets are files that go when their container does", async (t) => {
  const containers = new Containers(t, { isolation });
  const secret = (value: Secret): Volume => ({
    mode: "RO",
    container_path: "keys/secret",
    source: { type: "SECRET", secret: value },
  });
  const { ended, read, containerId } = await containers.launch("cat keys/secret", {
    container: withVolumes(secret({ type: "VALUE", value: { data: base64("sesame") } })),
  });
  assert.equal((await ended).exitCode, 0);
  assert.equal(read("stdout"), "sesame");
  assert.equal(read("keys/secret"), "");
  await containers.restart([]);
  assert.ok(!existsSync(containers.runtimeDirOf(containerId)));
  await assert.rejects(
    containers.launch("true", {
      container: withVolumes(secret({ type: "REFERENCE", reference: { name: "vault" } })),
    }),
    /the secret at 'keys\/secret': only secrets of type VALUE can be resolved/,
  );
  const elsewhere = {
    ...secret({ type: "VALUE", value: { data: "" } }),
    container_path: "/no-such-place",
  };
  await assert.rejects(containers.launch("true", { container: withVolumes(elsewhere) }), {
    message: "Absolute container path '/no-such-place' does not exist",
  });
});

void test("persistent volumes are mounted, read only when they say so", async (t) => {
  const containers = new Containers(t, { isolation });
  const volume = (mode: "RO" | "RW"): Resource => ({
    name: "disk",
    type: "SCALAR",
    scalar: { value: 64 },
    reservations: [{ type: "DYNAMIC", role: "r" }],
    disk: { persistence: { id: "p" }, volume: { mode, container_path: "data" } },
  });
  mkdirSync(join(containers.directory, "volumes/roles/r/p"), { recursive: true });
  const writes = await containers.launch("echo kept > data/file", { resources: [volume("RW")] });
  assert.equal((await writes.ended).exitCode, 0);
  const reads = await containers.launch("cat data/file; echo x > data/file || echo refused", {
    resources: [volume("RO")],
  });
  await reads.ended;
  assert.equal(reads.read("stdout"), "kept\nrefused\n");
});

void describe("volumes of tasks", () => {
  const story = new Story({ after });
  const cgroupsRoot = `mezzo-volumes-${process.pid}`;
  let master: Server;
  let framework: Framework;
  let image: string;
  const before_ = machineState();

  before(async () => {
    const registry = await Registry.start(story);
    await registry.push("app:1", {});
    image = `${registry.address}/app:1`;
    master = await startMaster(story);
    await startAgent(story, master, {
      flags: [
        "--launcher=linux",
        `--isolation=${isolation},docker/runtime`,
        "--image_providers=docker",
        `--docker_store_dir=${story.folder}/store`,
        `--cgroups_root=${cgroupsRoot}`,
      ],
    });
    const capabilities = ["MULTI_ROLE", "RESERVATION_REFINEMENT", "PARTITION_AWARE"] as const;
    const info = { capabilities: capabilities.map((type) => ({ type })) };
    framework = new Framework({ master: master.address, info });
    await framework.subscribe();
  });
  after(() => removeCgroups(cgroupsRoot));

  void it("persistent ones are read by the checks of a group's member", async () => {
    const { agent_id, ...offer } = await framework.offer();
    const reservations = [{ type: "DYNAMIC" as const, role: "story" }];
    const disk: Resource = { name: "disk", type: "SCALAR", scalar: { value: 64 }, reservations };
    const volume: Resource = {
      ...disk,
      disk: { persistence: { id: "checked" }, volume: { mode: "RW", container_path: "data" } },
    };
    const task = framework.command("checked", "sleep 0.2; echo kept > data/file; sleep 1000", {
      resources: [...scalars({ cpus: 0.1, mem: 32 }), volume],
      // A session of another container than the one that the volume is mounted in would not see it.
      health_check: {
        type: "COMMAND",
        command: { value: "cat data/file" },
        delay_seconds: 0,
        interval_seconds: 0.1,
        grace_period_seconds: 60,
      },
    });
    await framework.accept({ agent_id, ...offer }, [
      { type: "RESERVE", reserve: { resources: [disk] } },
      { type: "CREATE", create: { volumes: [volume] } },
      framework.group("group", [task], { agent_id }),
    ]);
    await until("it is healthy", () => framework.updates("checked").some(({ healthy }) => healthy === true));
    await framework.must({ type: "KILL", kill: { task_id: { value: "checked" } } });
    await framework.sees("checked", "TASK_KILLED");
  });

  void it("appear at absolute paths and in the sandbox, and are gone with the task", async () => {
    const host = join(story.folder, "host");
    mkdirSync(host);
    writeFileSync(join(host, "file"), "from the host\n");
    const value = "cat /deep/down/file own/file && cat /other/who && cat /run/secret && ls /deep/down";
    await framework.launch([
      framework.command("t", value, {
        container: {
          type: "MESOS",
          mesos: { image: { type: "DOCKER", docker: { name: image } } },
          volumes: [
            hostPath(host, "/deep/down"),
            hostPath(host, "own", "RO"),
            { mode: "RW", container_path: "/other", image: { type: "DOCKER", docker: { name: image } } },
            {
              mode: "RO",
              container_path: "/run/secret",
              source: { type: "SECRET", secret: { type: "VALUE", value: { data: base64("sesame\n") } } },
            },
          ],
        },
      }),
    ]);
    await framework.sees("t", "TASK_FINISHED");
    await framework.teardown();
    await until("nothing is mounted", () => {
      assert.deepEqual(machineState().mounts, before_.mounts);
      return true;
    });
    rmSync(host, { recursive: true });
  });
});

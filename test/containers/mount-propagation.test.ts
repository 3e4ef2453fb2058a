// Mounts that come and go below a volume while its container runs. They are made in a mount namespace of the test's own.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import type { ContainerInfo } from "@mezzo/wire";
import { ALL_ISOLATORS, Containers } from "./support/containers.ts";
import { until } from "../stories/support/until.ts";

/** Runs a program in a mount namespace of its own. */
const apart = ["unshare", "--mount", "--propagation=private"] as const;

/** Set in the process that has the namespace. */
const WITHIN = "MEZZO_TEST_MOUNTS";

const volume = (path: string, mode?: "BIDIRECTIONAL" | "HOST_TO_CONTAINER"): ContainerInfo => ({
  type: "MESOS",
  volumes: [
    {
      mode: "RW",
      container_path: path,
      source: { type: "HOST_PATH", host_path: { path, ...(mode && { mount_propagation: { mode } }) } },
    },
  ],
});

/** A folder with another in it, private or shared with other mount namespaces. */
function hostFolder(t: TestContext): string {
  const host = mkdtempSync(join(tmpdir(), "mezzo-mounts-"));
  mkdirSync(join(host, "inner"));
  run("mount", ["--bind", host, host]);
  t.after(() => {
    run("umount", ["--recursive", host]);
    rmSync(host, { recursive: true });
  });
  return host;
}

const run = (command: string, words: readonly string[]): Buffer => execFileSync(command, words);

const share = (host: string): Buffer => run("mount", ["--make-shared", host]);

if (process.env[WITHIN] === undefined) {
  void test("mounts propagate as a volume says", () => {
    const [program, ...words] = [...apart, process.execPath, "--conditions=source", import.meta.filename];
    const env = { ...process.env, [WITHIN]: "yes", NODE_TEST_CONTEXT: undefined };
    const { status, stdout } = spawnSync(program, words, { env, encoding: "utf8" });
    assert.equal(status, 0, stdout);
  });
} else {
  void test("a mount of the container appears on the machine when the volume is bidirectional", async (t) => {
    const host = hostFolder(t);
    const containers = new Containers(t, { isolation: ALL_ISOLATORS });
    await assert.rejects(containers.launch("true", { container: volume(host, "BIDIRECTIONAL") }), {
      message: `Cannot setup bidirectional mount propagation for host path '${host}' because it is not under a shared mount`,
    });
    share(host);
    const command = `mount -t tmpfs tmpfs ${host}/inner && touch ${host}/inner/file`;
    const own = await containers.launch(command, { container: volume(host, "HOST_TO_CONTAINER") });
    assert.equal((await own.ended).exitCode, 0);
    assert.ok(!existsSync(join(host, "inner/file")));
    const shared = await containers.launch(command, { container: volume(host, "BIDIRECTIONAL") });
    assert.equal((await shared.ended).exitCode, 0);
    assert.ok(existsSync(join(host, "inner/file")));
    run("umount", [join(host, "inner")]);
  });

  void test("a mount of the machine appears in a container that runs", async (t) => {
    const host = hostFolder(t);
    share(host);
    const containers = new Containers(t, { isolation: ALL_ISOLATORS });
    const command = `touch ready; while ! test -e ${host}/inner/file; do sleep 0.05; done`;
    const { ended, sandbox } = await containers.launch(command, { container: volume(host) });
    await until("it looks", () => existsSync(join(sandbox, "ready")));
    run("mount", ["-t", "tmpfs", "tmpfs", join(host, "inner")]);
    writeFileSync(join(host, "inner/file"), "");
    assert.equal((await ended).exitCode, 0);
  });
}

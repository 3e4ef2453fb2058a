// Tests that volumes in sandboxes are what was asked for, whatever the task does meanwhile.
import assert from "node:assert/strict";
import { readdirSync, realpathSync, renameSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { HeldFolder } from "../../../../sandbox/held-folder.ts";
import { sandboxAndVictim } from "../../../../testing/sandbox-and-victim.ts";
import { assertMounted } from "../../assert-mounted.ts";
import type { Launch } from "../../isolator.ts";
import type { OciSpec } from "../../oci-spec.ts";
import { sandboxPathIsolator } from "./sandbox-path.ts";

interface Play {
  sandbox: string;
  victim: string;
  prepare: (path: string, containerPath?: string) => Promise<Launch>;
}

function begin(context: TestContext): Play {
  const { sandbox, victim } = sandboxAndVictim(context);
  const launches: Launch[] = [];
  context.after(() => {
    for (const folder of launches.flatMap(({ held }) => held)) folder.close();
  });
  return {
    sandbox,
    victim,
    async prepare(path, containerPath = "mounted") {
      const launch: Launch = {
        config: {
          containerId: "c",
          command: {},
          environment: {},
          sandbox,
          runtimeDir: "",
          resources: [],
          container: {
            type: "MESOS",
            volumes: [
              {
                mode: "RW",
                container_path: containerPath,
                source: { type: "SANDBOX_PATH", sandbox_path: { type: "SELF", path } },
              },
            ],
          },
        },
        spec: { mounts: [] } as unknown as OciSpec,
        sandbox,
        held: [],
        expected: [],
      };
      launches.push(launch);
      await sandboxPathIsolator().prepare?.(launch);
      return launch;
    },
  };
}

const sourceOf = ({ spec }: Launch): string => realpathSync(spec.mounts[0]?.source ?? "");

void test("volume/sandbox_path takes folders, files, and links that stay in the sandbox", async (context) => {
  const { sandbox, prepare } = begin(context);
  writeFileSync(join(sandbox, "file"), "");
  symlinkSync("a/b", join(sandbox, "link"));
  assert.equal(sourceOf(await prepare("a/b")), join(sandbox, "a/b"));
  assert.equal(sourceOf(await prepare("link")), join(sandbox, "a/b"));
  assert.equal(sourceOf(await prepare("file", "at/file")), join(sandbox, "file"));
  assert.ok(statSync(join(sandbox, "at/file")).isFile());
  symlinkSync("../file", join(sandbox, "a/to-file"));
  assert.equal(sourceOf(await prepare("a/to-file", "at/to-file")), join(sandbox, "file"));
  assert.ok(statSync(join(sandbox, "at/to-file")).isFile());
});

void test("volume/sandbox_path refuses links that leave the sandbox", async (context) => {
  const { sandbox, victim, prepare } = begin(context);
  symlinkSync(victim, join(sandbox, "out"));
  symlinkSync("a", join(sandbox, "at"));
  writeFileSync(join(victim, "file"), "");
  symlinkSync("../victim/file", join(sandbox, "out-file"));
  for (const path of ["out", "out/new", "out-file"]) {
    await assert.rejects(prepare(path), { message: `Path '${path}' is outside the sandbox` });
  }
  await assert.rejects(prepare("a", "at"), { message: "Path 'at' is a link in the sandbox" });
  await assert.rejects(prepare("a", "out/at"), { message: "Path 'out/at' is outside the sandbox" });
  assert.deepEqual(readdirSync(victim), ["file"]);
});

void test("volume/sandbox_path knows what has to be mounted where", async (context) => {
  const { sandbox, victim, prepare } = begin(context);
  const { spec, held, expected } = await prepare("a", "at/b");
  assert.equal(spec.mounts[0]?.source, join(sandbox, "a"));
  assert.deepEqual(expected, [{ at: join(sandbox, "at/b"), of: held[0] }]);
  renameSync(join(sandbox, "a"), join(sandbox, "moved"));
  symlinkSync(victim, join(sandbox, "a"));
  assert.equal(held[0]?.realPath, join(sandbox, "moved"));
});

void test("assertMounted() looks at what is mounted, and where", () => {
  const [proc, other] = [HeldFolder.open("/proc"), HeldFolder.open("/proc/sys")];
  try {
    for (const found of [proc, undefined]) assertMounted(process.pid, [{ at: "/proc", of: found }]);
    for (const wrong of [{ at: "/proc", of: other }, { at: "/none" }]) {
      assert.throws(() => assertMounted(process.pid, [wrong]), {
        message: `Cannot mount at '${wrong.at}': the sandbox was changed meanwhile`,
      });
    }
  } finally {
    for (const folder of [proc, other]) folder.close();
  }
});

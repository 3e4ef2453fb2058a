// Checks by command as real processes.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import type { CommandInfo } from "@mezzo/wire";
import type { Containerizer } from "../../containerizer/containerizer.ts";
import { probeCommand } from "./probe-command.ts";

const containerizer = {} as unknown as Containerizer;

test("probeCommand() runs in the task's sandbox with its environment, with a shell and without", async (context) => {
  const sandbox = mkdtempSync(join(tmpdir(), "mezzo-probe-"));
  context.after(() => rmSync(sandbox, { recursive: true }));
  const environment = { PATH: "/usr/bin:/bin", OF_TASK: "yes" };
  const run = async (command: CommandInfo): Promise<unknown> => {
    const { signal } = new AbortController();
    return probeCommand({ command, sandbox, environment }, { signal, containerizer, containerId: "c" });
  };
  const variables = [{ name: "OF_CHECK", value: "too" }];
  const value = 'echo "$OF_TASK $OF_CHECK" > seen; pwd; exit 3';
  assert.deepEqual(await run({ value, environment: { variables } }), { exitCode: 3 });
  assert.equal(readFileSync(join(sandbox, "seen"), "utf8"), "yes too\n");
  assert.equal(readFileSync(join(sandbox, "stderr"), "utf8"), `${sandbox}\n`, "what it says goes there");
  const plain = {
    shell: false,
    value: "/bin/sh",
    arguments: ["sh", "-c", "echo $0 > plain", "its 'own' words"],
  };
  assert.deepEqual(await run(plain), { exitCode: 0 });
  assert.equal(readFileSync(join(sandbox, "plain"), "utf8"), "its 'own' words\n");
  await assert.rejects(run({ shell: false, value: "/no/such" }), /Failed to create subprocess/);
});

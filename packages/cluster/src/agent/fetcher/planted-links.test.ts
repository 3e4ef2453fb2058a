// Tests that a task which changes its sandbox while URIs come leads the fetcher nowhere else.
import assert from "node:assert/strict";
import { linkSync, mkdirSync, readdirSync, renameSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import type { CommandInfoURI } from "@mezzo/wire";
import { systemClock } from "../../core/clock.ts";
import { silentLogger } from "../../core/logger.ts";
import { createSandboxDirectory } from "../sandbox/create-sandbox.ts";
import { openOutput } from "../containerizer/open-output.ts";
import { sandboxAndVictim } from "../testing/sandbox-and-victim.ts";
import type { FetchContext } from "./fetch-context.ts";
import { UriFetcher } from "./uri-fetcher.ts";
import { readFile } from "./write-into-sandbox.ts";

interface Play {
  parent: string;
  sandbox: string;
  victim: string;
  fetch: (uris: CommandInfoURI[]) => Promise<string>;
}

/** A task's sandbox below its executor's. While the URI `at/…` comes, `change` happens. */
async function begin(context: TestContext, change: (play: Play) => void): Promise<Play & { at: string }> {
  const { sandbox: parent, victim } = sandboxAndVictim(context, "runs/executor");
  const sandbox = join(parent, "containers/member");
  await createSandboxDirectory(sandbox, {});
  const fetcher = new UriFetcher(
    { frameworksHome: "", stallTimeoutMs: 60_000 },
    { clock: systemClock, logger: silentLogger },
  );
  const play: Play = {
    parent,
    sandbox,
    victim,
    fetch: (uris) =>
      fetcher.fetch({ containerId: "c", sandbox, uris }).then(
        () => "",
        (error: unknown) => String((error as Error).cause),
      ),
  };
  const server = createServer((_request, response) => {
    change(play);
    response.end("text\n");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  context.after(() => server.close().closeAllConnections());
  const address = server.address();
  assert.ok(address !== null && typeof address === "object");
  return { ...play, at: `http://127.0.0.1:${address.port}` };
}

void test("what takes the place of 'containers' gets no files", async (context) => {
  const { fetch, parent, sandbox, victim, at } = await begin(context, ({ parent, victim }) => {
    if (statSync(join(parent, "moved"), { throwIfNoEntry: false })) return;
    renameSync(join(parent, "containers"), join(parent, "moved"));
    mkdirSync(join(parent, "containers"));
    symlinkSync(victim, join(parent, "containers/member"));
  });
  const error = await fetch([{ value: `${at}/first` }, { value: `${at}/second`, executable: true }]);
  assert.match(error, /Cannot enter '.*\/containers\/member': it is a link/);
  assert.throws(() => openOutput(sandbox, { name: "stdout", identity: undefined }), /it is a link/);
  assert.deepEqual(readdirSync(victim), []);
  assert.deepEqual(readdirSync(join(parent, "moved/member")).sort(), ["stderr"]);
});

void test("an archive that is replaced by another's file is not read", async (context) => {
  const { sandbox, victim } = await begin(context, () => undefined);
  writeFileSync(join(victim, "secret.gz"), "secret");
  symlinkSync(join(victim, "secret.gz"), join(sandbox, "link.gz"));
  linkSync(join(victim, "secret.gz"), join(sandbox, "second.gz"));
  for (const name of ["link.gz", "second.gz"]) {
    const read = readFile({ sandbox } as FetchContext, name, () => Promise.resolve("read"));
    await assert.rejects(read, /ELOOP|'second.gz' is not what was fetched/);
  }
});

void test(
  "a second name of another's file is no output",
  { skip: process.getuid?.() !== 0 && "needs root" },
  async (context) => {
    const { sandbox, victim } = await begin(context, () => undefined);
    await createSandboxDirectory(sandbox, { user: "nobody" });
    writeFileSync(join(victim, "file"), "");
    linkSync(join(victim, "file"), join(sandbox, "stdout"));
    assert.throws(() => openOutput(sandbox, { name: "stdout", identity: undefined }), /a second name/);
  },
);

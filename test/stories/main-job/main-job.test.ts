// `npm start`: the demonstration from the first line to the last, and that nothing of it is left behind.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { test } from "node:test";
import type { Child } from "../support/child.ts";
import { getJson, listAgents } from "../support/cluster.ts";
import { isPortFree, takePorts } from "../support/ports.ts";
import { commandLine, processesOf } from "../support/processes.ts";
import { root, Story } from "../support/story.ts";
import { until } from "../support/until.ts";

const AGENTS = 3;

const TEXTS: Readonly<Record<string, string>> = {
  "a.txt": "the cat and the hat and the bat\n".repeat(50),
  "deep/b.md": "The dog, the DOG; the_dog.\n".repeat(30),
  "deep/er/c.json": '{"cat": ["hat", "dog"], "number": 42}\n',
  "d.txt": "ein Übermaß an Wörtern: où l'été naît\n".repeat(7),
};

/** Counted in another way than the product does: all at once, by splitting. */
function expectedWords(): [word: string, count: number][] {
  const counts = new Map<string, number>();
  for (const text of Object.values(TEXTS)) {
    for (const piece of text.toLowerCase().split(/[^\p{L}\p{N}_']+/u)) {
      const word = piece.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, "");
      if (word.length >= 2) counts.set(word, (counts.get(word) ?? 0) + 1);
    }
  }
  return [...counts].toSorted(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
}

function expectedChecksum(folder: string): string {
  const paths = Object.keys(TEXTS).map((name) => join(folder, name));
  const lines = paths
    .toSorted((a, b) => (a < b ? -1 : 1))
    .map((path) => `${createHash("sha256").update(readFileSync(path)).digest("hex")}  ${path}\n`);
  return createHash("sha256").update(lines.join("")).digest("hex");
}

interface Job {
  story: Story;
  child: Child;
  port: number;
  input: string;
}

/** Starts `npm start -- …` on a folder of a few texts; everything it creates is inside the story's folder. */
async function start(
  t: ConstructorParameters<typeof Story>[0],
  more: readonly string[],
  given: { port?: number } = {},
): Promise<Job> {
  const story = new Story(t);
  const input = join(story.folder, "input");
  for (const [name, text] of Object.entries(TEXTS)) {
    mkdirSync(join(input, name, ".."), { recursive: true });
    writeFileSync(join(input, name), text);
  }
  writeFileSync(join(input, "binary"), Buffer.from([1, 0, 2, 0]));
  const temporary = join(story.folder, "tmp");
  mkdirSync(temporary);
  const port = given.port ?? (await takePorts(AGENTS + 1));
  const usual = { "--input": input, "--agents": String(AGENTS), "--port": String(port) };
  const flags = [...Object.entries(usual).filter(([name]) => !more.includes(name)), more].flat();
  const child = story.start(["npm", "start", "--", ...flags], {
    cwd: root,
    env: { TMPDIR: temporary },
    group: true,
  });
  return { story, child, port, input };
}

async function assertNothingIsLeft({ story, port }: Job): Promise<void> {
  await until("no process is left", () => processesOf(story.folder).length === 0, { patienceMs: 5000 });
  const left = readdirSync(join(story.folder, "tmp")).filter((name) => name.startsWith("mezzo-local"));
  assert.deepEqual(left, [], "the temporary folder is removed");
  for (let each = port; each <= port + AGENTS; each++) assert.ok(await isPortFree(each), `port ${each}`);
}

void test("npm start --once counts and checksums real files on three agents, and leaves nothing", async (t) => {
  const job = await start(t, ["--once"]);
  const { code } = await job.child.ended;
  const { output, errors } = job.child;
  assert.equal(code, 0, output + errors);

  assert.match(output, new RegExp(`master on http://127\\.0\\.0\\.1:${job.port}, 3 agents`));
  assert.match(output, /4 text files/);
  assert.match(output, /words \w+ \d+\/9 \(share \d+%\) +checksums \w+ \d+\/1 \(share \d+%\)/);
  const words = expectedWords();
  const total = words.reduce((sum, [, count]) => sum + count, 0);
  assert.ok(output.includes(`The most frequent of ${total} words (${words.length} different):`), output);
  const shown = [...output.matchAll(/^ {2}(\S+) +([\d,]+) {2}[█▏▎▍▌▋▊▉]+$/gm)].map(([, word, count]) => [
    word,
    Number(count?.replaceAll(",", "")),
  ]);
  assert.deepEqual(shown, words.slice(0, 12));
  assert.match(output, /SHA-256 of 4 files/);
  assert.ok(output.includes(expectedChecksum(job.input)), output);
  assert.match(output, /Both took \d+\.\d s together/);
  await assertNothingIsLeft(job);
});

void test("npm start keeps the cluster up, and Ctrl-C ends it", async (t) => {
  const job = await start(t, []);
  await job.child.sees(/The cluster stays up/);
  const master = { address: `127.0.0.1:${job.port}` };
  const agents = await listAgents(master);
  assert.equal(agents.filter(({ active }) => active).length, AGENTS);
  const servers = processesOf(job.story.folder).filter((pid) => / (master|agent) --/.test(commandLine(pid)));
  assert.equal(servers.length, AGENTS + 1, "each a process of its own");
  const weights = await getJson<{ role: string; weight: number }[]>(master.address, "/weights");
  assert.deepEqual(
    weights.toSorted((a, b) => a.weight - b.weight),
    [
      { role: "checksums", weight: 1 },
      { role: "words", weight: 2 },
    ],
  );
  await job.child.stopGroup("SIGINT");
  assert.match(job.child.output, /Stopping\./);
  await assertNothingIsLeft(job);
});

void test("Ctrl-C in the middle of the work stops everything", async (t) => {
  const job = await start(t, ["--once"]);
  await until("a task runs", () =>
    processesOf(job.story.folder).some((pid) => /(map|checksum)-task\.ts/.test(commandLine(pid))),
  );
  const { code } = await job.child.stopGroup("SIGINT");
  assert.notEqual(code, 0);
  await assertNothingIsLeft(job);
});

void test("Ctrl-C while the cluster is starting stops everything", async (t) => {
  const job = await start(t, ["--once"]);
  await until("the master is starting", () =>
    processesOf(job.story.folder).some((pid) => / master --/.test(commandLine(pid))),
  );
  const { code } = await job.child.stopGroup("SIGINT");
  assert.notEqual(code, 0);
  await assertNothingIsLeft(job);
});

void test("a task that fails makes it end with another exit code", async (t) => {
  const job = await start(t, ["--once"]);
  await until("a map task is killed", () => {
    const tasks = processesOf(job.story.folder).filter((pid) =>
      /^\S*node \S*map-task\.ts/.test(commandLine(pid)),
    );
    for (const pid of tasks) process.kill(pid, "SIGKILL");
    return tasks.length > 0;
  });
  const { code } = await job.child.ended;
  assert.equal(code, 1, job.child.output);
  assert.match(
    job.child.output,
    /The demonstration failed\. .*map-0 ended as TASK_FAILED: Command terminated/,
  );
  await assertNothingIsLeft(job);
});

void test("a port in use is named, with exit code 1", async (t) => {
  const port = await takePorts(AGENTS + 1);
  for (const taken of [port, port + 2]) {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(taken, "127.0.0.1", resolve));
    const job = await start(t, ["--once"], { port });
    const { code } = await job.child.ended;
    assert.equal(code, 1);
    assert.match(
      job.child.output,
      new RegExp(`Cannot start a cluster on port ${taken}: it is already in use\\. .*--port`),
    );
    await new Promise<void>((resolve) => server.close(() => resolve()));
    await assertNothingIsLeft(job);
  }
});

void test("flags that make no sense are refused by name", async (t) => {
  const cases = [
    { flags: ["--frobnicate"], says: /frobnicate/ },
    { flags: ["--agents", "many"], says: /flag 'agents': Failed to convert/ },
    { flags: ["--agents", "0"], says: /Expected `--agents` to be from 1 to 100/ },
    { flags: ["--port", "70000"], says: /flag 'port': Failed to convert/ },
    { flags: ["--input", "/no/such/folder"], says: /no\/such\/folder/ },
  ];
  for (const { flags, says } of cases) {
    const job = await start(t, ["--once", ...flags]);
    const { code } = await job.child.ended;
    assert.equal(code, 1, `${flags.join(" ")}: ${job.child.output}`);
    assert.match(job.child.output + job.child.errors, says);
  }
});

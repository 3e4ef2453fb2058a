// URIs that an agent fetches for its tasks: what would leave the sandbox, what many want at once, what never comes.
import assert from "node:assert/strict";
import { existsSync, globSync, readdirSync, readFileSync, statSync } from "node:fs";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import type { CommandInfoURI, TaskInfo, TaskStatus } from "@mezzo/wire";
import { getJson } from "../support/cluster.ts";
import { OneAgent } from "../support/one-agent.ts";
import { Story } from "../support/story.ts";
import { tarOf, type TarEntry } from "../support/tar.ts";
import { until } from "../support/until.ts";

const CACHE_BYTES = 1024 * 1024;
const PART_BYTES = 600_000;

/** A file server that counts, and answers when it is told to. */
class FileServer {
  readonly files = new Map<string, Buffer>();
  /** How often each path was asked for. */
  readonly asked = new Map<string, number>();
  /** Paths whose answers wait for `release`; those of `/never` have begun. */
  readonly waiting: ServerResponse[] = [];
  readonly #server = createServer((request, response) => {
    const path = request.url ?? "";
    this.asked.set(path, (this.asked.get(path) ?? 0) + 1);
    if (path.startsWith("/slow")) this.waiting.push(response);
    else if (path === "/never") {
      response.writeHead(200, { "content-length": 1000 });
      response.write("x");
      this.waiting.push(response);
    } else if (path !== "/mute") response.end(this.files.get(path));
  });

  async start(story: Story): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    story.closes(() => {
      this.#server.closeAllConnections();
      this.#server.close();
    });
  }

  uri(path: string): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}${path}`;
  }
}

void describe("an agent that fetches", () => {
  const story = new Story({ after });
  const server = new FileServer();
  const cacheDir = join(story.folder, "cache");
  const flags = [
    `--fetcher_cache_dir=${cacheDir}`,
    `--fetcher_cache_size=${CACHE_BYTES / 1024 / 1024}MB`,
    "--fetcher_stall_timeout=1secs",
  ];
  let one: OneAgent;

  before(async () => {
    await server.start(story);
    one = await OneAgent.start(story, flags);
    await one.run([one.command("neighbour")]);
  });

  const task = (id: string, uri: CommandInfoURI, value = "exit 0"): Omit<TaskInfo, "agent_id"> =>
    one.framework.command(id, value, { command: { value, uris: [uri] } });

  const sandboxOf = (id: string): string => {
    const [found] = globSync(`${one.agent.workDir}/slaves/*/frameworks/*/executors/${id}/runs/latest`);
    assert.ok(found !== undefined, `${id} has a sandbox`);
    return found;
  };

  /** What Mesos says of a task whose URIs could not be fetched. */
  async function couldNotFetch(id: string): Promise<TaskStatus> {
    const status = await one.framework.sees(id, "TASK_FAILED");
    assert.equal(status.reason, "REASON_CONTAINER_LAUNCH_FAILED");
    assert.match(
      status.message ?? "",
      /^Failed to launch container: Failed to fetch all URIs for container '[0-9a-f-]+': exited with status 1$/,
    );
    return status;
  }

  void it("refuses archives that leave the sandbox", async () => {
    const out = join(story.folder, "out");
    const archives: Record<string, TarEntry[]> = {
      up: [{ name: `${"../".repeat(12)}${out.slice(1)}`, content: "x" }],
      absolute: [{ name: out, content: "x" }],
      link: [
        { name: "l", linkTo: story.folder },
        { name: "l/out", content: "x" },
      ],
    };
    for (const [id, entries] of Object.entries(archives)) {
      server.files.set(`/${id}.tar`, tarOf([{ name: "good", content: "x" }, ...entries]));
    }
    const ids = Object.keys(archives);
    await one.launch(ids.map((id) => task(id, { value: server.uri(`/${id}.tar`) })));
    for (const id of ids) {
      await couldNotFetch(id);
      assert.match(readFileSync(join(sandboxOf(id), "stderr"), "utf8"), /Failed to fetch 'http/);
    }
    assert.ok(!existsSync(out), "nothing was written outside");
  });

  void it("takes an honest archive", async () => {
    server.files.set(
      "/good.tar",
      tarOf([
        { name: "in/side", content: "good\n" },
        { name: "l", linkTo: "in/side" },
      ]),
    );
    await one.launch([task("good", { value: server.uri("/good.tar") }, 'test "$(cat l)" = good')]);
    await one.framework.sees("good", "TASK_FINISHED");
  });

  const cached = (path: string): CommandInfoURI => ({ value: server.uri(path), cache: true });

  void it("downloads once what many tasks want at the same time", async () => {
    const ids = ["many-1", "many-2", "many-3"];
    await one.launch(ids.map((id) => task(id, cached("/slow"), "test -s slow")));
    await until("all of them wait for it", () =>
      ids.every((id) => readFileSync(join(sandboxOf(id), "stderr"), "utf8").includes("from cache")),
    );
    await until("it is asked for", () => server.waiting.length === 1);
    server.waiting.splice(0).forEach((response) => response.end("content"));
    for (const id of ids) await one.framework.sees(id, "TASK_FINISHED");
    assert.equal(server.asked.get("/slow"), 1);
  });

  async function run(id: string, path: string): Promise<void> {
    await one.launch([
      task(id, cached(path), `test $(wc -c < ${path.slice(1)}) = ${server.files.get(path)?.length}`),
    ]);
    await one.framework.sees(id, "TASK_FINISHED");
  }

  /** What the cache says it holds; it is what lies on the disk. */
  async function cachedBytes(): Promise<number> {
    const metrics = await getJson<Record<string, number>>(one.agent.address, "/metrics/snapshot");
    const used = metrics["containerizer/fetcher/cache_size_used_bytes"];
    const files = readdirSync(cacheDir, { recursive: true, encoding: "utf8" }).map((name) =>
      statSync(join(cacheDir, name)),
    );
    assert.equal(
      files.filter((file) => file.isFile()).reduce((sum, { size }) => sum + size, 0),
      used,
    );
    return used ?? 0;
  }

  void it("keeps what was used last when the cache is full", async () => {
    for (const path of ["/a", "/b"]) server.files.set(path, Buffer.alloc(PART_BYTES));
    server.files.set("/large", Buffer.alloc(2 * CACHE_BYTES));
    await run("a-1", "/a");
    await run("a-2", "/a");
    assert.equal(server.asked.get("/a"), 1);
    await run("b-1", "/b");
    assert.ok((await cachedBytes()) <= CACHE_BYTES);
    await run("b-2", "/b");
    assert.equal(server.asked.get("/b"), 1, "it is still there");
    await run("a-3", "/a");
    assert.equal(server.asked.get("/a"), 2, "it had to make room");
    await run("large", "/large");
    assert.ok((await cachedBytes()) <= CACHE_BYTES, "more than the cache holds is not kept");
  });

  void it("gives up what does not come, without keeping others waiting", async () => {
    const { framework } = one;
    const before = await getJson<Record<string, number>>(one.agent.address, "/metrics/snapshot");
    await one.launch([
      task("never", { value: server.uri("/never") }),
      task("mute", { value: server.uri("/mute") }),
      framework.command("other", "exit 0"),
    ]);
    await framework.sees("other", "TASK_FINISHED");
    for (const id of ["never", "mute"]) assert.deepEqual(framework.states(id), [], "they still wait");
    for (const id of ["never", "mute"]) {
      await couldNotFetch(id);
      assert.match(readFileSync(join(sandboxOf(id), "stderr"), "utf8"), /nothing received for 1 seconds/);
    }
    await until("the server is left alone", () => server.waiting.every(({ destroyed }) => destroyed));
    const key = "containerizer/fetcher/task_fetches_failed";
    const metrics = await getJson<Record<string, number>>(one.agent.address, "/metrics/snapshot");
    assert.equal(metrics[key], (before[key] ?? 0) + 2);
  });

  void it("stops fetching for a task that is killed", async () => {
    await one.launch([task("killed", { value: server.uri("/slow-2") })]);
    await until("it is asked for", () => server.waiting.some(({ destroyed }) => !destroyed));
    await one.framework.must({ type: "KILL", kill: { task_id: { value: "killed" } } });
    const { reason, message } = await one.framework.sees("killed", "TASK_KILLED");
    assert.equal(reason, "REASON_TASK_KILLED_DURING_LAUNCH");
    assert.equal(message, "Killed before delivery to the executor");
    await until("the server is left alone", () => server.waiting.every(({ destroyed }) => destroyed));
    assert.deepEqual(one.framework.states("neighbour"), ["TASK_STARTING", "TASK_RUNNING"]);
  });

  void it("fails what it was fetching for when it was killed, and begins with an empty cache", async () => {
    await one.launch([task("interrupted", { value: server.uri("/slow-3") })]);
    await until("it is asked for", () => server.asked.has("/slow-3"));
    await one.kill();
    await one.startAgain(flags);
    const { reason, message } = await one.framework.sees("interrupted", "TASK_FAILED");
    assert.equal(reason, "REASON_EXECUTOR_TERMINATED");
    assert.equal(message, "Abnormal executor termination: unknown container");
    assert.deepEqual(one.framework.states("interrupted"), ["TASK_FAILED"]);
    const [before = 0, folders] = [server.asked.get("/a"), readdirSync(cacheDir).length];
    await run("a-4", "/a");
    assert.equal(server.asked.get("/a"), before + 1, "an agent does not trust the cache of another");
    assert.equal(readdirSync(cacheDir).length, folders, "and removes it");
    assert.deepEqual(one.framework.states("neighbour"), ["TASK_STARTING", "TASK_RUNNING"]);
  });
});

// Updates of a container, by a Docker that answers when the test says so.
import assert from "node:assert/strict";
import { setImmediate } from "node:timers/promises";
import { test } from "node:test";
import { silentLogger } from "../../../core/logger.ts";
import type { ContainerAmounts } from "../containerizer.ts";
import type { LimitFigures } from "../limit-figures.ts";
import { Updates } from "./updates.ts";

const MEGABYTE = 1024 * 1024;

const amountsOf = (megabytes: number): ContainerAmounts => ({
  resources: [{ name: "mem", type: "SCALAR", scalar: { value: megabytes } }],
});

/** A container with 64 MB. */
class FakeDocker {
  /** Whether the container runs; undefined: Docker does not answer. */
  isRunning: boolean | undefined = true;
  /** What `docker update` is to set memory to, as far as it was asked: megabytes, undefined for nothing. */
  readonly asked: (number | undefined)[] = [];
  readonly figures: LimitFigures[] = [];
  readonly warnings: string[] = [];
  readonly stop = new AbortController();
  readonly updates: Updates;
  #memory = 64 * MEGABYTE;
  #running: PromiseWithResolvers<string> | undefined;

  constructor() {
    const { signal } = this.stop;
    const inspect = () =>
      this.isRunning === undefined
        ? Promise.reject(new Error("Cannot reach the Docker daemon"))
        : Promise.resolve({
            State: { Running: this.isRunning },
            HostConfig: { NetworkMode: "host", Memory: this.#memory },
          });
    const logger = {
      ...silentLogger,
      warn: (_: string, facts: object = {}) => this.warnings.push(JSON.stringify(facts)),
    };
    this.updates = new Updates(
      { name: "c", enableCfsQuota: false, hasQuota: false, signal, updated: (one) => this.figures.push(one) },
      { engine: { inspect }, command: { run: (args) => this.#run(args) }, logger },
    );
  }

  #run(args: readonly string[]): Promise<string> {
    assert.equal(this.#running, undefined, "one at a time");
    this.#running = Promise.withResolvers();
    const at = args.indexOf("--memory");
    const memory = at === -1 ? undefined : Number(args[at + 1]);
    this.asked.push(memory && memory / MEGABYTE);
    return this.#running.promise.then((done) => {
      this.#memory = memory ?? this.#memory;
      return done;
    });
  }

  /** Ends the command that runs, and waits for what comes of that. */
  async settle(error?: Error): Promise<void> {
    await setImmediate();
    const running = this.#running;
    assert.ok(running, "a command runs");
    this.#running = undefined;
    if (error) running.reject(error);
    else running.resolve("");
    await setImmediate();
  }
}

void test("Updates has one command run at a time; of those that wait the last one counts", async () => {
  const docker = new FakeDocker();
  const requests = [256, 512, 128, 384].map((megabytes) => docker.updates.request(amountsOf(megabytes)));
  await docker.settle();
  assert.deepEqual(docker.asked, [256, 384]);
  requests.push(docker.updates.request(amountsOf(128)));
  await docker.settle();
  await docker.settle();
  await Promise.all(requests);
  assert.deepEqual(docker.asked, [256, 384, undefined], "never less than it has by then");
  assert.deepEqual(
    docker.figures.map((one) => [
      (one.mem_limit_bytes ?? 0) / MEGABYTE,
      (one.mem_soft_limit_bytes ?? 0) / MEGABYTE,
    ]),
    [
      [256, 256],
      [384, 384],
      [384, 128],
    ],
  );
});

void test("Updates says when Docker refuses to a container that runs; the next one is tried all the same", async () => {
  const docker = new FakeDocker();
  const refused = assert.rejects(docker.updates.request(amountsOf(256)), /no such limit/);
  await docker.settle(new Error("no such limit"));
  await refused;
  assert.equal(docker.figures.length, 0);
  const next = docker.updates.request(amountsOf(256));
  await docker.settle();
  await next;
  assert.deepEqual(docker.asked, [256, 256]);
  assert.equal(docker.figures[0]?.mem_limit_bytes, 256 * MEGABYTE);
});

void test("Updates leaves a container alone that has ended", async () => {
  const docker = new FakeDocker();
  const requests = [256, 512].map((megabytes) => docker.updates.request(amountsOf(megabytes)));
  await setImmediate();
  docker.stop.abort();
  await docker.settle(new Error("aborted"));
  await Promise.all([...requests, docker.updates.request(amountsOf(128))]);
  assert.deepEqual([docker.asked, docker.warnings], [[256], []]);
});

for (const [what, isRunning] of [
  ["a container that does not run any more", false],
  ["a Docker that is away", undefined],
] as const) {
  test(`Updates does not take ${what} for a refusal`, async () => {
    const docker = new FakeDocker();
    const request = docker.updates.request(amountsOf(256));
    await setImmediate();
    docker.isRunning = isRunning;
    await docker.settle(new Error("Docker is away"));
    await request;
    assert.match(docker.warnings.join(), /Docker is away/);
  });
}

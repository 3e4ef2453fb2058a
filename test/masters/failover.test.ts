// Three masters under a stream of real tasks while everything around them fails: every task ends or is told as one that
// never arrived, none runs twice, and a status comes again only soon after a failure. `MEZZO_FAILOVER_ROUNDS=20` makes it last.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { Scheduler, isEnded } from "@mezzo/sdk";
import { type Server, startAgent } from "../stories/support/cluster.ts";
import { Story } from "../stories/support/story.ts";
import { until } from "../stories/support/until.ts";
import { Masters } from "./support/masters.ts";
import { ZooKeeper } from "./support/zookeeper.ts";

const ROUNDS = Number(process.env["MEZZO_FAILOVER_ROUNDS"] ?? 1);

/** A session of two seconds, detection and reading the registry: what the issue allows is ten. */
const MAX_SECONDS = 10;

/** A status whose acknowledgement was lost comes again within ten seconds of the agent's return. */
const EXCUSED_MS = 25_000;

/** Tasks that run at the same time. */
const PARALLEL = 4;

const scalar = (name: string, value: number) => ({ name, type: "SCALAR" as const, scalar: { value } });

/** Runs short tasks without pause, each of which writes its name once when it starts. */
class Stream {
  readonly launched = new Set<string>();
  readonly ended = new Map<string, string>();
  readonly acknowledged = new Set<string>();
  readonly scheduler: Scheduler;
  /** The latest of what befell the scheduler, for a failure's message. */
  readonly log: string[] = [];
  /** When something was broken last. */
  disturbedAtMs = 0;
  #paused = false;
  readonly #file: string;

  constructor(master: string, file: string) {
    this.#file = file;
    this.scheduler = new Scheduler({
      master,
      framework: {
        user: "root",
        name: "stream",
        checkpoint: true,
        failover_timeout: 3600,
        capabilities: [{ type: "PARTITION_AWARE" }],
      },
      backoff: { initialMs: 100, maxMs: 500 },
    });
    const note = (text: string): void => {
      this.log.push(`${new Date().toISOString()} ${text}`);
      this.log.splice(0, this.log.length - 20);
    };
    this.scheduler.on("retrying", ({ reason }) => note(`trying again: ${reason}`));
    this.scheduler.on("SUBSCRIBED", () => note("subscribed"));
    this.scheduler.on("OFFERS", ({ offers = [] }) => {
      for (const offer of offers) void this.#use(offer.id, offer.agent_id);
    });
    this.scheduler.on("UPDATE", ({ status }) => {
      const { uuid, state, task_id } = status;
      if (uuid !== undefined && uuid !== "") {
        // An acknowledgement may die with the master that took it; later it holds.
        const excused = performance.now() - this.disturbedAtMs < EXCUSED_MS;
        assert.ok(excused || !this.acknowledged.has(uuid), `${task_id.value} ${state} came again`);
        this.acknowledged.add(uuid);
      }
      if (isEnded(state)) this.ended.set(task_id.value, state);
    });
  }

  get open(): string[] {
    return [...this.launched].filter((id) => !this.ended.has(id));
  }

  /** No new tasks. */
  pause(): void {
    this.#paused = true;
  }

  async #use(offer: { value: string }, agent_id: { value: string }): Promise<void> {
    if (this.#paused || this.open.length >= PARALLEL) {
      await this.scheduler.decline([offer], { refuse_seconds: 0.2 });
      return;
    }
    const id = `task-${this.launched.size}`;
    this.launched.add(id);
    const resources = [scalar("cpus", 0.1), scalar("mem", 16)];
    const command = { value: `echo ${id} >> ${this.#file}; sleep 0.${this.launched.size % 10}` };
    const result = await this.scheduler.launch(
      [offer],
      [{ name: id, task_id: { value: id }, agent_id, resources, command }],
    );
    // A call that was refused, or whose master was gone, may not have launched anything: reconciliation tells.
    if (!result.ok) void this.scheduler.reconcile([{ task_id: { value: id }, agent_id }]);
  }
}

type Failure = (masters: Masters, zooKeeper: ZooKeeper) => Promise<Server | undefined>;

const FAILURES: Readonly<Record<string, Failure>> = {
  "leader killed": async (masters) => {
    const leader = await masters.leader();
    leader.child.signal("SIGKILL");
    return leader;
  },
  "leader stopped and continued": async (masters) => {
    const leader = await masters.leader();
    leader.child.signal("SIGSTOP");
    await masters.leader(leader);
    leader.child.signal("SIGCONT");
    await leader.child.ended;
    return leader;
  },
  "store restarted": async (_masters, zooKeeper) => {
    await zooKeeper.stop();
    await zooKeeper.start();
    return undefined;
  },
};

test("three masters lose no task and run none twice", async (t) => {
  const story = new Story(t);
  const zooKeeper = await ZooKeeper.start(story);
  const flags = [`--zk=${zooKeeper.url()}`, "--zk_session_timeout=2secs"];
  const masters = await Masters.start(story, { count: 3, flags });
  const leader = await masters.leader();
  for (const name of ["agent-0", "agent-1"])
    await startAgent(story, leader, { name, joins: zooKeeper.url() });
  const file = join(story.folder, "started");
  const stream = new Stream(zooKeeper.url(), file);
  const running = stream.scheduler.run();
  story.closes(() => stream.scheduler.stop());
  await until("tasks end", () => stream.ended.size > 5);
  for (let round = 0; round < ROUNDS; round++) {
    for (const [name, failure] of Object.entries(FAILURES)) {
      const before = performance.now();
      stream.disturbedAtMs = performance.now();
      const gone = await failure(masters, zooKeeper);
      await masters.leader(gone);
      stream.disturbedAtMs = performance.now();
      const seconds = (performance.now() - before) / 1000;
      assert.ok(seconds < MAX_SECONDS, `${name}: a leader serves after ${seconds.toFixed(1)} s`);
      const ended = stream.ended.size;
      await until(`tasks end after: ${name}`, () => stream.ended.size > ended + 5, {
        patienceMs: 60_000,
      }).catch((error: unknown) => {
        throw new Error(`${stream.log.join("\n")}\n${masters.logs()}`, { cause: error });
      });
      if (ROUNDS > 1) t.diagnostic(`${name}: ${seconds.toFixed(1)} s`);
    }
  }
  stream.pause();
  await until("every task has ended", () => stream.open.length === 0, { patienceMs: 90_000 }).catch(
    (error: unknown) => {
      throw new Error(`Open: ${stream.open.join(", ")}`, { cause: error });
    },
  );
  await stream.scheduler.teardown();
  await running;
  const started = existsSync(file) ? readFileSync(file, "utf8").trim().split("\n") : [];
  assert.equal(new Set(started).size, started.length, "no task ran twice");
  for (const [id, state] of stream.ended) {
    if (state === "TASK_FINISHED") assert.ok(started.includes(id), `${id} ran`);
    else assert.match(state, /^TASK_(DROPPED|GONE|LOST|UNKNOWN|GONE_BY_OPERATOR)$/, `${id} never arrived`);
  }
  t.diagnostic(`${stream.launched.size} tasks, ${started.length} ran`);
});

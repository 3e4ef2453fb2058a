// The proof that nothing is lost with a master: three of them under a stream of real tasks, each in a network of its own,
// while they and the place where they meet fail in every way, in random order. Longer, on one kind of place, and again:
// node test/masters/failover/failover.test.ts --rounds 20 --place etcd --seed 7
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { parseArgs } from "node:util";
import { type Server, startAgent } from "../../stories/support/cluster.ts";
import { Story } from "../../stories/support/story.ts";
import { until } from "../../stories/support/until.ts";
import { Masters } from "../support/masters.ts";
import { MEETING_PLACES } from "../support/meeting-place.ts";
import { Network } from "../support/network.ts";
import { Bookkeeping } from "./bookkeeping.ts";
import { FAILURES } from "./failures.ts";
import { shuffled } from "./shuffled.ts";
import { Stream } from "./stream.ts";

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "1" },
    place: { type: "string" },
    seed: { type: "string", default: "1" },
    only: { type: "string" },
  },
});

/** With sessions as long as they are by default. */
const MAX_SECONDS = 10;

const SETTLE_MS = 90_000;

const places = MEETING_PLACES.filter(([name]) => values.place === undefined || values.place === name);
assert.ok(places.length > 0, `--place is one of ${MEETING_PLACES.map(([name]) => name).join(", ")}`);

for (const [name, start] of places) {
  test(`masters on ${name} lose no task and run none twice`, async (t) => {
    const story = new Story(t);
    const network = new Network(story);
    const place = await start(story, network.addMachine());
    const machines = [network.addMachine(), network.addMachine(), network.addMachine()];
    const masters = await Masters.start(story, { count: 3, flags: [`--zk=${place.url()}`], machines });
    const leader = await masters.leader();
    const agentMachines = [network.addMachine(), network.addMachine()];
    const agents: (Server & { id: string })[] = [];
    for (const [index, machine] of agentMachines.entries())
      agents.push(await startAgent(story, leader, { name: `agent-${index}`, machine, joins: place.url() }));
    const books = new Bookkeeping({ place, masters, agents });
    const file = join(story.folder, "started");
    const stream = new Stream(place.url(), file);
    const running = stream.scheduler.run();
    story.closes(() => stream.scheduler.stop());
    await until("tasks end", () => stream.ended.size > 5);
    const machineOf = ({ address }: Server) => {
      const found = machines.find(({ ip }) => address.startsWith(`${ip}:`));
      assert.ok(found);
      return found;
    };
    const took: Record<string, number[]> = {};
    const names = Object.keys(FAILURES).filter((each) => values.only === undefined || each === values.only);
    try {
      for (let round = 0; round < Number(values.rounds); round++) {
        for (const failure of shuffled(names, Number(values.seed) + round)) {
          stream.note(failure);
          const isOver = stream.disturb();
          const ms = await FAILURES[failure]?.({ masters, place, agents: agentMachines, books, machineOf });
          const seconds = (ms ?? 0) / 1000;
          (took[failure] ??= []).push(seconds);
          assert.ok(seconds < MAX_SECONDS, `${failure}: a leader serves after ${seconds.toFixed(1)} s`);
          await until("all agents are back", async () => (await masters.agents()) === agents.length);
          isOver();
          const ended = stream.ended.size;
          await until(`tasks end after: ${failure}`, () => stream.ended.size > ended + 5, {
            patienceMs: SETTLE_MS,
          });
          await books.check();
          assert.ok(await books.write(), "the registry takes writes");
          assert.deepEqual(stream.faults, []);
        }
      }
      stream.pause();
      await until("every task has ended", () => stream.open.length === 0, { patienceMs: SETTLE_MS });
    } catch (error) {
      const open = `Open: ${stream.open.join(", ")}`;
      const said = agents.map(({ id, child }) => `${id}:\n${child.errors.slice(-3000)}`);
      const story = [...stream.log, open, masters.logs(), ...said].join("\n");
      throw new Error(story, { cause: error });
    }
    await books.check();
    await stream.scheduler.teardown();
    await running;
    const started = existsSync(file) ? readFileSync(file, "utf8").trim().split("\n") : [];
    stream.check(started);
    for (const [failure, seconds] of Object.entries(took)) {
      const [least, most] = [Math.min(...seconds).toFixed(1), Math.max(...seconds).toFixed(1)];
      t.diagnostic(`${failure}: ${least} to ${most} s`);
    }
    t.diagnostic(
      `${stream.launched.size} tasks, ${started.length} ran, ${stream.repeated} statuses came again`,
    );
  });
}

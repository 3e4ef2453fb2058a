// Tasks come and go while the agent, conmon and containers are killed at random: every task has exactly one terminal
// status, and the machine is as clean as before. `MEZZO_SOAK_MINUTES=10` makes it last; `MEZZO_SOAK_SEED` repeats its dice.
import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { readLinuxRecord } from "../../packages/cluster/src/agent/containerizer/linux/container-record.ts";
import { seededRandom } from "../../packages/cluster/src/allocator/testing/test-cluster.ts";
import { type Server, startAgent, startMaster } from "../stories/support/cluster.ts";
import { Story } from "../stories/support/story.ts";
import { until } from "../stories/support/until.ts";
import { cgroupsOf, machineState, removeCgroups } from "./support/machine.ts";
import { TaskStream } from "./support/task-stream.ts";

const MINUTES = Number(process.env["MEZZO_SOAK_MINUTES"] ?? 0.2);
const SEED = Number(process.env["MEZZO_SOAK_SEED"] ?? Date.now() % 100_000);
const ISOLATION = "cgroups/cpu,cgroups/mem,cgroups/pids,cgroups/devices,namespaces/pid,filesystem/linux";
/** Of a hundred kills so many are of the agent and of a conmon; the others are of a container's first process. */
const SHARE = { agent: 10, conmon: 30 };

function kill(pid: number | undefined): boolean {
  try {
    return pid !== undefined && process.kill(pid, "SIGKILL");
  } catch {
    return false; // It has ended by itself.
  }
}

class Victims {
  readonly killed: { agent: number; conmon: number; container: number } = {
    agent: 0,
    conmon: 0,
    container: 0,
  };
  readonly #random = seededRandom(SEED);
  readonly #runtimeDir: string;
  #agent: Server;
  readonly #again: () => Promise<Server>;

  constructor(agent: Server, { runtimeDir, again }: { runtimeDir: string; again: () => Promise<Server> }) {
    this.#agent = agent;
    this.#runtimeDir = join(runtimeDir, "containers");
    this.#again = again;
  }

  async killOne(): Promise<void> {
    const roll = this.#random() * 100;
    if (roll < SHARE.agent) {
      await this.#agent.child.stop("SIGKILL");
      this.#agent = await this.#again();
      this.killed.agent++;
      return;
    }
    const containers = readdirSync(this.#runtimeDir);
    const chosen = containers[Math.floor(this.#random() * containers.length)];
    const record = chosen === undefined ? undefined : readLinuxRecord(join(this.#runtimeDir, chosen));
    const victim = roll < SHARE.agent + SHARE.conmon ? "conmon" : "container";
    if (kill(victim === "conmon" ? record?.conmon?.pid : record?.leader?.pid)) this.killed[victim]++;
  }
}

async function clusterOf(
  t: TestContext,
): Promise<{ master: Server; agent: Server; victims: Victims; cgroupsRoot: string }> {
  const cgroupsRoot = `mezzo-soak-${process.pid}`;
  t.after(() => removeCgroups(cgroupsRoot));
  const story = new Story(t);
  const master = await startMaster(story);
  const flags = [
    "--launcher=linux",
    `--isolation=${ISOLATION}`,
    `--cgroups_root=${cgroupsRoot}`,
    "--resources=cpus:64;mem:8192;disk:1024",
  ];
  const agent = await startAgent(story, master, { flags });
  const again = (): Promise<Server> => startAgent(story, master, { flags, port: agent.port });
  const victims = new Victims(agent, { runtimeDir: join(story.folder, "agent-run"), again });
  return { master, agent, victims, cgroupsRoot };
}

void test(`whatever is killed, every task ends once and nothing is left (seed ${SEED})`, async (t) => {
  const before = machineState();
  const { master, victims, cgroupsRoot } = await clusterOf(t);
  const stream = new TaskStream(master.address, { parallel: 6 });
  t.after(() => stream.close());
  const endsAt = performance.now() + MINUTES * 60_000;
  while (performance.now() < endsAt) {
    const goal = stream.statuses + 3;
    await until("tasks are told about", () => stream.statuses >= goal);
    await victims.killOne();
  }
  await stream.drain();
  for (const [id, ends] of stream.ends)
    assert.equal(ends.size, 1, `${id} ended as ${[...ends.values()].join()}`);
  assert.equal(stream.ends.size, stream.launched);
  const { agent, conmon, container } = victims.killed;
  t.diagnostic(
    `${stream.launched} tasks; killed: agent ${agent}, conmon ${conmon}, containers ${container}; ${stream.summary()}`,
  );
  await until("no cgroup is left", () => cgroupsOf(cgroupsRoot).length === 0);
  assert.deepEqual(machineState(), before);
});

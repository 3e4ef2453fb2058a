// Tasks come and go while the agent, conmon and containers are killed at random: every task has exactly one terminal
// status, and the machine is as clean as before. `MEZZO_SOAK_MINUTES=10` makes it last; `MEZZO_SOAK_SEED` repeats its dice.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { globSync, mkdirSync, readFileSync, readdirSync, renameSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { test, type TestContext } from "node:test";
import { isDeepStrictEqual } from "node:util";
import { readLinuxRecord } from "../../packages/cluster/src/agent/containerizer/linux/container-record.ts";
import {
  isAlive,
  type ProcessIdentity,
} from "../../packages/cluster/src/agent/containerizer/posix/container-record.ts";
import { bootId } from "../../packages/cluster/src/agent/containerizer/posix/processes.ts";
import { seededRandom } from "../../packages/cluster/src/allocator/testing/test-cluster.ts";
import { Network } from "../masters/support/network.ts";
import { type Server, startAgent, startMaster } from "../stories/support/cluster.ts";
import { Story } from "../stories/support/story.ts";
import { until } from "../stories/support/until.ts";
import { filesBelow, type Leftovers, leftoversOf } from "./support/leftovers.ts";
import { cgroupsOf, machineState, removeCgroups } from "./support/machine.ts";
import { makeImage } from "./support/make-image.ts";
import { SOAK_IMAGE, SOAK_NETWORK } from "./support/task-kinds.ts";
import { TaskStream } from "./support/task-stream.ts";

const MINUTES = Number(process.env["MEZZO_SOAK_MINUTES"] ?? 0.2);
const SEED = Number(process.env["MEZZO_SOAK_SEED"] ?? Date.now() % 100_000);
const ISOLATION =
  "cgroups/cpu,cgroups/mem,cgroups/pids,cgroups/devices,namespaces/pid,filesystem/linux,docker/runtime";
/** Of a hundred kills so many are of the agent and of a conmon; the others are of a container's first process. */
const SHARE = { agent: 10, conmon: 30 };

/** Ended containers stay in the runtime directory for a minute, so that a crash does not lose how they ended. */
const KEPT_MS = 60_000;
/** A machine under load is late. */
const LATE_MS = 15_000;

function kill(identity: ProcessIdentity | undefined): boolean {
  try {
    return identity !== undefined && isAlive(identity, bootId) && process.kill(identity.pid, "SIGKILL");
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
  readonly #containers: string;
  #agent: Server;
  readonly #again: () => Promise<Server>;

  constructor(agent: Server, { containers, again }: { containers: string; again: () => Promise<Server> }) {
    this.#agent = agent;
    this.#containers = containers;
    this.#again = again;
  }

  async killAgent(): Promise<void> {
    await this.#agent.child.stop("SIGKILL");
    this.#agent = await this.#again();
    this.killed.agent++;
  }

  async killOne(): Promise<void> {
    const roll = this.#random() * 100;
    if (roll < SHARE.agent) return this.killAgent();
    // Those of groups lie below their group's.
    const records = filesBelow(this.#containers)
      .filter((path) => basename(path) === "record")
      .flatMap((path) => readLinuxRecord(dirname(join(this.#containers, path))) ?? [])
      .filter(({ leader }) => leader !== undefined && isAlive(leader, bootId));
    const chosen = records[Math.floor(this.#random() * records.length)];
    const victim = roll < SHARE.agent + SHARE.conmon ? "conmon" : "container";
    if (kill(victim === "conmon" ? chosen?.conmon : chosen?.leader)) this.killed[victim]++;
  }
}

/** What tasks are made of, below the story's folder. */
async function writeMaterials({ folder }: Story): Promise<void> {
  for (const name of ["archives", "cni", "tmp"]) mkdirSync(join(folder, name));
  await makeImage(folder, "app", {}, { target: `docker-archive:${folder}/app.tar:${SOAK_IMAGE}` });
  renameSync(join(folder, "app.tar"), join(folder, `archives/${SOAK_IMAGE}.tar`));
  const ipam = {
    type: "host-local",
    dataDir: `${folder}/addresses`,
    ranges: [[{ subnet: "10.218.0.0/24" }]],
  };
  const bridge = { type: "bridge", bridge: "soak0", isGateway: true, ipMasq: true, ipam };
  const list = { cniVersion: "0.4.0", name: SOAK_NETWORK, plugins: [bridge] };
  writeFileSync(join(folder, "cni/soak.conflist"), JSON.stringify(list));
}

interface Cluster {
  master: Server;
  /** What master and agents logged about a task. */
  logged: (task: string) => string[];
  victims: Victims;
  cgroupsRoot: string;
  leftovers: () => Leftovers;
  /** Sandboxes and checkpoints of executors, whose time is short here. */
  executors: () => string[];
  /** Containers in the runtime directory, and those that should have left it. */
  ended: () => string[];
  overdue: () => string[];
}

async function clusterOf(t: TestContext): Promise<Cluster> {
  const cgroupsRoot = `mezzo-soak-${process.pid}`;
  t.after(() => removeCgroups(cgroupsRoot));
  const story = new Story(t);
  await writeMaterials(story);
  const { folder } = story;
  // A machine of its own, so that its interfaces are only the story's.
  const network = new Network(story);
  const machine = network.addMachine();
  // Made here, because the plugin makes it once and leaves it.
  execFileSync("env", [...machine.within, "ip", "link", "add", "soak0", "type", "bridge"]);
  const logs = `--log_dir=${folder}/logs`;
  const master = await startMaster(story, { machine: network.addMachine(), flags: [logs] });
  const flags = [
    logs,
    "--launcher=linux",
    `--isolation=${ISOLATION}`,
    `--cgroups_root=${cgroupsRoot}`,
    "--resources=cpus:64;mem:8192;disk:8192",
    ...["--gc_delay=1secs", "--disk_watch_interval=1secs"],
    ...[
      "--image_providers=docker",
      `--docker_store_dir=${folder}/store`,
      `--docker_registry=${folder}/archives`,
    ],
    ...[`--network_cni_config_dir=${folder}/cni`, "--network_cni_plugins_dir=/usr/lib/cni"],
  ];
  const options = { flags, machine, env: { TMPDIR: join(folder, "tmp") } };
  const agent = await startAgent(story, master, options);
  const again = (): Promise<Server> => startAgent(story, master, { ...options, port: agent.port });
  const containers = join(folder, "agent-run/containers");
  const folders = ["agent-run", "addresses", "store/containers", "store/staging", "tmp"];
  return {
    master,
    logged: (task) =>
      globSync(`${folder}/logs/*`).flatMap((path) => {
        const lines = readFileSync(path, "utf8").split("\n");
        return lines.filter((line) => new RegExp(`\\b${task}\\b`).test(line));
      }),
    victims: new Victims(agent, { containers, again }),
    cgroupsRoot,
    leftovers: () => leftoversOf({ folder, cgroupsRoot, within: machine.within, folders }),
    executors: () => globSync(`${folder}/agent/{,meta/}slaves/*/frameworks/*/executors/*`),
    ended: () => readdirSync(containers),
    overdue: () =>
      readdirSync(containers).filter(
        (name) => Date.now() - statSync(join(containers, name)).mtimeMs > KEPT_MS + LATE_MS,
      ),
  };
}

/** What an agent and a CNI plugin make once, and the ended containers that are kept for a while. */
const STAYS =
  /^agent-run\/(isolators(\/network(\/cni)?)?|sessions|containers\/.*)$|^addresses\/soak(\/last_reserved_ip\.0|\/lock)?$/;

function withoutWhatStays({ files, ...others }: Leftovers): Leftovers {
  return { ...others, files: files.filter((path) => !STAYS.test(path)) };
}

/** Waits until `look` finds what is expected; fails with the difference. */
async function settles<T>(look: () => T, expected: T): Promise<void> {
  await until("it is as before", () => isDeepStrictEqual(look(), expected)).catch(() =>
    assert.deepEqual(look(), expected),
  );
}

void test(`whatever is killed, every task ends once and nothing is left (seed ${SEED})`, async (t) => {
  const { devices } = machineState();
  const { master, logged, victims, cgroupsRoot, leftovers, executors, ended, overdue } = await clusterOf(t);
  const before = leftovers();
  const stream = new TaskStream(master.address, { parallel: 8 });
  t.after(() => stream.close());
  await stream.firstRoundEnds();
  const first = [...stream.firstRound.keys()].map((id) => [id, [...(stream.ends.get(id)?.values() ?? [])]]);
  assert.deepEqual(
    first,
    [...stream.firstRound].map(([id, end]) => [id, [end]]),
  );
  const endsAt = performance.now() + MINUTES * 60_000;
  while (performance.now() < endsAt) {
    const goal = stream.statuses + 3;
    await until("tasks are told about", () => stream.statuses >= goal);
    await victims.killOne();
    assert.deepEqual(overdue(), []);
  }
  const accountOf = (id: string): string => [id, ...(stream.told.get(id) ?? []), ...logged(id)].join("\n");
  await stream.drain().catch((error: unknown) => {
    throw new Error(`Without an end: ${stream.open.map(accountOf).join("\n\n")}`, { cause: error });
  });
  const several = [...stream.ends].flatMap(([id, ends]) => (ends.size > 1 ? accountOf(id) : []));
  assert.equal(several.join("\n\n"), "");
  assert.equal(stream.ends.size, stream.launched);
  const { agent, conmon, container } = victims.killed;
  t.diagnostic(
    `${stream.launched} tasks; killed: agent ${agent}, conmon ${conmon}, containers ${container}; ${stream.summary()}`,
  );
  await settles(() => cgroupsOf(cgroupsRoot), []);
  await settles(() => withoutWhatStays(leftovers()), before);
  await settles(executors, []);
  // An agent that starts keeps nothing of containers that nobody waits for.
  await victims.killAgent();
  await settles(ended, []);
  await settles(() => withoutWhatStays(leftovers()), before);
  assert.deepEqual(machineState().devices, devices);
});

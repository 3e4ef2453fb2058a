// Measures short containers, several at a time: plain processes, containers without and with an image, and the same programs
// that the linux launcher uses called from a shell, in turns, so that all of them meet the same noise; and the same as tasks of
// real agents. Fails when the linux launcher takes more than MAX_RATIO times as long as the shell. Run as root:
// `node --conditions=source test/containers/bench.ts [containers] [at a time]`.
import { execFile } from "node:child_process";
import { globSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { ContainerInfo } from "@mezzo/wire";
import type { Containerizer } from "../../packages/cluster/src/agent/containerizer/containerizer.ts";
import { createLinuxContainerizer } from "../../packages/cluster/src/agent/containerizer/linux/create-linux-containerizer.ts";
import { PosixContainerizer } from "../../packages/cluster/src/agent/containerizer/posix/posix-containerizer.ts";
import { ImageStore } from "../../packages/cluster/src/agent/images/image-store.ts";
import { AGENT_DEFAULTS } from "../../packages/cluster/src/agent/options.ts";
import { systemClock } from "../../packages/cluster/src/core/clock.ts";
import { silentLogger } from "../../packages/cluster/src/core/logger.ts";
import { BenchCluster } from "./support/bench-cluster.ts";
import { removeCgroups } from "./support/machine.ts";
import { makeImage } from "./support/make-image.ts";

const execute = promisify(execFile);
const count = Number(process.argv[2] ?? 1000);
const atATime = Number(process.argv[3] ?? 4);
const folder = mkdtempSync(join(tmpdir(), "mezzo-bench-"));
const cgroupsRoot = `mezzo-bench-${process.pid}`;
const environment = { PATH: "/usr/sbin:/usr/bin:/sbin:/bin" };

/** One after the other of what is measured, so many times. */
const TURNS = 10;

/** So much longer than the programs it uses the launcher may take, at the median. */
const MAX_RATIO = 1.5;

interface Measured {
  name: string;
  /** Milliseconds of one. */
  one: (index: number) => Promise<number>;
  /** Milliseconds of each. */
  took: number[];
  totalMs: number;
}

/** Runs a turn's share of them. */
async function run(measured: Measured, turn: number): Promise<void> {
  const end = Math.round((count * (turn + 1)) / TURNS);
  let next = Math.round((count * turn) / TURNS);
  const startedAt = performance.now();
  const work = async (): Promise<void> => {
    while (next < end) {
      const index = next++;
      measured.took.push(await measured.one(index));
    }
  };
  await Promise.all(Array.from({ length: atATime }, work));
  measured.totalMs += performance.now() - startedAt;
}

function quantile({ took }: Measured, share: number): number {
  return took.toSorted((a, b) => a - b)[Math.floor((took.length - 1) * share)] ?? 0;
}

function report(one: Measured): void {
  const at = (share: number): string => quantile(one, share).toFixed(0);
  const rate = ((one.took.length / one.totalMs) * 1000).toFixed(1);
  process.stdout.write(`${one.name}: p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, ${rate}/s\n`);
}

/** Says how much longer one takes than another; false when that is too much. */
function compare(one: Measured, other: Measured): boolean {
  const ratio = quantile(one, 0.5) / quantile(other, 0.5);
  const isFine = ratio <= MAX_RATIO;
  const verdict = isFine ? "" : `, more than ${MAX_RATIO}`;
  process.stdout.write(`${one.name} / ${other.name}: ${ratio.toFixed(2)}${verdict}\n`);
  return isFine;
}

function runWith(
  driver: Containerizer,
  prefix: string,
  container?: ContainerInfo,
): (index: number) => Promise<void> {
  const ends = new Map<string, () => void>();
  driver.onExit(({ containerId }) => ends.get(containerId)?.());
  return async (index) => {
    const containerId = `${prefix}${index}`;
    const sandbox = join(folder, "sandboxes", containerId);
    mkdirSync(sandbox, { recursive: true });
    const ended = new Promise<void>((resolve) => ends.set(containerId, resolve));
    await driver.launch({
      containerId,
      command: { value: "true" },
      environment,
      ...(container && { container }),
      sandbox,
      runtimeDir: join(folder, prefix, "containers", containerId),
      resources: [
        { name: "cpus", type: "SCALAR", scalar: { value: 0.1 } },
        { name: "mem", type: "SCALAR", scalar: { value: 32 } },
      ],
    });
    await ended;
    ends.delete(containerId);
  };
}

/** The same programs; \$3 is the folder of an image's only layer, or nothing. */
const SHELL = `
set -e
d=$1/shell/$2
mkdir -p "$d/rootfs" "$d/upper" "$d/work"
if [ -n "$3" ]; then
  mount -t overlay overlay -o "lowerdir=$3,upperdir=$d/upper,workdir=$d/work" "$d/rootfs"
  sed "s/@ID@/$2/; s|@ROOT@|$d/rootfs|" "$1/image.json" > "$d/config.json"
else
  sed "s/@ID@/$2/" "$1/config.json" > "$d/config.json"
fi
mkfifo "$d/sync"
_OCI_SYNCPIPE=3 conmon --api-version 1 --sync -c $2 -u $2 -n $2 -r /usr/sbin/runc -b "$d" -p "$d/pidfile" --exit-dir "$d" \\
  --persist-dir "$d" -l passthrough --full-attach --runtime-arg --root --runtime-arg "$1/runc" 3>"$d/sync" >"$d/out" 2>&1 &
read -r line < "$d/sync"
runc --root "$1/runc" start $2
wait || true
runc --root "$1/runc" delete $2
[ -z "$3" ] || umount "$d/rootfs"
`;

/** The specification that the driver wrote for a container, for another name and root. */
function writeShellBundle(file: string, runtimeDir: string): void {
  const spec = JSON.parse(readFileSync(join(runtimeDir, "config.json"), "utf8")) as {
    root: { path: string };
    linux: { cgroupsPath: string };
  };
  spec.linux.cgroupsPath = `/${cgroupsRoot}/@ID@`;
  if (spec.root.path.startsWith("/")) spec.root.path = "@ROOT@";
  writeFileSync(join(folder, file), JSON.stringify(spec));
}

const dependencies = { clock: systemClock, logger: silentLogger };
const options = {
  ...AGENT_DEFAULTS,
  ip: "127.0.0.1",
  hostname: "localhost",
  master: "127.0.0.1:5050",
  workDir: folder,
  resources: [],
  runtimeDir: join(folder, "linux"),
  isolation: "cgroups/cpu,cgroups/mem,namespaces/pid,filesystem/linux",
  cgroupsRoot,
};
const store = join(folder, "store");
const provisioner = new ImageStore(
  { directory: store, registry: join(folder, "archives"), backend: "overlay", stallTimeoutMs: 60_000 },
  dependencies,
);
const posix = new PosixContainerizer({ runtimeDir: join(folder, "posix") }, dependencies);
const linux = createLinuxContainerizer(options, { ...dependencies, provisioner });
const image: ContainerInfo = {
  type: "MESOS",
  mesos: { image: { type: "DOCKER", docker: { name: "app:1" } } },
};

function measured(name: string, one: Measured["one"]): Measured {
  return { name, one, took: [], totalMs: 0 };
}

/** For what does not take its own time. */
function timed(run: (index: number) => Promise<void>): Measured["one"] {
  return async (index) => {
    const from = performance.now();
    await run(index);
    return performance.now() - from;
  };
}

function megabytes(launcher: string, value: number): void {
  process.stdout.write(
    `resident memory of the agent with the ${launcher} launcher: ${value.toFixed(0)} MB\n`,
  );
}

/** A container whose files stay until the specification is read. */
async function probe(prefix: string, container?: ContainerInfo): Promise<string> {
  await runWith(linux, prefix, container)(0);
  return join(folder, prefix, "containers", `${prefix}0`);
}

let cluster: BenchCluster | undefined;
try {
  mkdirSync(join(folder, "archives"));
  await makeImage(folder, "app", {}, { target: `docker-archive:${join(folder, "app.tar")}:app:1` });
  renameSync(join(folder, "app.tar"), join(folder, "archives/app:1.tar"));
  writeShellBundle("config.json", await probe("plain"));
  writeShellBundle("image.json", await probe("imaged", image));
  const [layer = ""] = globSync(join(store, "images/*/rootfs"));
  const shell = async (id: string, root: string): Promise<void> => {
    await execute("sh", ["-c", SHELL, "sh", folder, id, root]);
  };
  const { isolation } = options;
  cluster = await BenchCluster.start({
    archives: join(folder, "archives"),
    isolation: `${isolation},docker/runtime`,
    cgroupsRoot: `${cgroupsRoot}-agent`,
  });
  const agents = cluster;
  const one = {
    posix: measured("posix", timed(runWith(posix, "posix"))),
    linux: measured("linux", timed(runWith(linux, "linux"))),
    shell: measured(
      "shell",
      timed((index) => shell(`shell${index}`, "")),
    ),
    image: measured("linux with image", timed(runWith(linux, "image", image))),
    shellImage: measured(
      "shell with image",
      timed((index) => shell(`shellimage${index}`, layer)),
    ),
    agentPosix: measured("agent, posix", (index) => agents.runTrue(`posix-${index}`, "posix")),
    agentLinux: measured("agent, linux", (index) => agents.runTrue(`linux-${index}`, "linux")),
    agentImage: measured("agent, linux with image", (index) =>
      agents.runTrue(`image-${index}`, "linux", image),
    ),
  };
  for (let turn = 0; turn < TURNS; turn++) for (const each of Object.values(one)) await run(each, turn);
  for (const each of Object.values(one)) report(each);
  for (const launcher of ["posix", "linux"] as const) {
    megabytes(launcher, agents.residentMegabytes(launcher));
  }
  const verdicts = [
    compare(one.linux, one.shell),
    compare(one.agentLinux, one.shell),
    compare(one.image, one.shellImage),
    compare(one.agentImage, one.shellImage),
  ];
  process.exitCode = verdicts.every(Boolean) ? 0 : 1;
} finally {
  await cluster?.close();
  await linux.recover([]);
  await posix.close();
  await linux.close();
  removeCgroups(cgroupsRoot);
  rmSync(folder, { recursive: true });
}

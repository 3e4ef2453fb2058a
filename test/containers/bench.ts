// Measures short containers one after the other and several at a time: plain processes, containers, and the same programs
// that the linux launcher uses called from a shell. Run as root: `node --conditions=source
// test/containers/bench.ts [containers] [at a time]`.
import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Containerizer } from "../../packages/cluster/src/agent/containerizer/containerizer.ts";
import { createLinuxContainerizer } from "../../packages/cluster/src/agent/containerizer/linux/create-linux-containerizer.ts";
import { PosixContainerizer } from "../../packages/cluster/src/agent/containerizer/posix/posix-containerizer.ts";
import { AGENT_DEFAULTS } from "../../packages/cluster/src/agent/options.ts";
import { systemClock } from "../../packages/cluster/src/core/clock.ts";
import { silentLogger } from "../../packages/cluster/src/core/logger.ts";

const execute = promisify(execFile);
const count = Number(process.argv[2] ?? 1000);
const atATime = Number(process.argv[3] ?? 4);
const folder = mkdtempSync(join(tmpdir(), "mezzo-bench-"));
const cgroupsRoot = `mezzo-bench-${process.pid}`;
const environment = { PATH: "/usr/sbin:/usr/bin:/sbin:/bin" };

/** Runs them all; returns the milliseconds each took. */
async function runAll(one: (index: number) => Promise<void>): Promise<{ took: number[]; totalMs: number }> {
  const took: number[] = [];
  let next = 0;
  const startedAt = performance.now();
  const work = async (): Promise<void> => {
    while (next < count) {
      const index = next++;
      const from = performance.now();
      await one(index);
      took.push(performance.now() - from);
    }
  };
  await Promise.all(Array.from({ length: atATime }, work));
  return { took, totalMs: performance.now() - startedAt };
}

async function report(name: string, one: (index: number) => Promise<void>): Promise<void> {
  const { took, totalMs } = await runAll(one);
  took.sort((a, b) => a - b);
  const at = (share: number): string => (took[Math.floor((took.length - 1) * share)] ?? 0).toFixed(0);
  const rate = ((count / totalMs) * 1000).toFixed(1);
  const memory = (process.memoryUsage().rss / 1024 / 1024).toFixed(0);
  process.stdout.write(`${name}: p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, ${rate}/s, agent ${memory} MB\n`);
}

function runWith(driver: Containerizer, prefix: string): (index: number) => Promise<void> {
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

const SHELL = `
set -e
d=$1/shell/$2
mkdir -p "$d/rootfs"
sed "s/@ID@/$2/" "$1/config.json" > "$d/config.json"
mkfifo "$d/sync"
_OCI_SYNCPIPE=3 conmon --api-version 1 --sync -c $2 -u $2 -n $2 -r /usr/sbin/runc -b "$d" -p "$d/pidfile" --exit-dir "$d" \\
  --persist-dir "$d" -l passthrough --full-attach --runtime-arg --root --runtime-arg "$1/runc" 3>"$d/sync" >"$d/out" 2>&1 &
read -r line < "$d/sync"
runc --root "$1/runc" start $2
wait || true
runc --root "$1/runc" delete $2
`;

/** The specification that the driver wrote for its last container, with another name. */
function writeShellBundle(runtimeDir: string, containerId: string): void {
  const text = readFileSync(join(runtimeDir, "config.json"), "utf8").replaceAll(
    `/${cgroupsRoot}/${containerId}`,
    `/${cgroupsRoot}/@ID@`,
  );
  writeFileSync(join(folder, "config.json"), text);
}

const dependencies = { clock: systemClock, logger: silentLogger };
const posix = new PosixContainerizer({ runtimeDir: join(folder, "posix") }, dependencies);
const linux = createLinuxContainerizer(
  {
    ...AGENT_DEFAULTS,
    ip: "127.0.0.1",
    hostname: "localhost",
    master: "127.0.0.1:5050",
    workDir: folder,
    resources: [],
    runtimeDir: join(folder, "linux"),
    isolation: "cgroups/cpu,cgroups/mem,namespaces/pid,filesystem/linux",
    cgroupsRoot,
  },
  dependencies,
);
try {
  await report("posix", runWith(posix, "posix"));
  await report("linux", runWith(linux, "linux"));
  writeShellBundle(join(folder, "linux", "containers", `linux${count - 1}`), `linux${count - 1}`);
  await report("shell", async (index) => {
    await execute("sh", ["-c", SHELL, "sh", folder, `shell${index}`]);
  });
} finally {
  await linux.recover([]);
  await posix.close();
  await linux.close();
  rmSync(folder, { recursive: true });
}

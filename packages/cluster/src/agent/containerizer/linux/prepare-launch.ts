// Puts together what a container will be: its root, its specification, what its isolators make of it.
import { mkdirSync, writeFileSync } from "node:fs";
import { lstat, mkdir, readdir, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { describeSystemError } from "../../../core/describe-system-error.ts";
import { enterSandbox } from "../../sandbox/enter-sandbox.ts";
import type { HeldFolder } from "../../sandbox/held-folder.ts";
import { switchUser } from "../../sandbox/switch-user.ts";
import type { ContainerAmounts, ContainerConfig } from "../containerizer.ts";
import type { ImageProvisioner } from "../image-provisioner.ts";
import { imageCommand, imageEnvironment } from "../../images/image-command.ts";
import { commandLine } from "../posix/command-line.ts";
import { baseSpec } from "./base-spec.ts";
import { assertMounted, assertStandsIn } from "./assert-mounted.ts";
import type { Isolator, Launch } from "./isolator.ts";
import { ownCapabilities } from "./kernel-capabilities.ts";
import { placeInit } from "./init-program.ts";
import { refuseUnsupported } from "./refuse-unsupported.ts";
import type { JoinDependencies } from "./join-terminal.ts";
import { openStdio, type Stdio } from "./open-stdio.ts";

export interface PrepareOptions extends JoinDependencies {
  isolators: readonly Isolator[];
  provisioner: ImageProvisioner | undefined;
  /** Where a container with an image sees its sandbox. */
  sandboxDirectory: string;
  cgroup: string;
  /** What it is bound to; absent: what the container around it is bound to binds it. */
  amounts: ContainerAmounts | undefined;
  parent: { containerId: string; pid?: number } | undefined;
  /** The program that waits for the command within. */
  init: string | undefined;
  /** Whether the runtime mounts the machine's root by itself; otherwise it is there when the runtime starts. */
  mountsRoot: boolean;
}

/** A container that may be created. */
export interface Prepared extends Stdio {
  /** Throws, once it is created and before `started`, when it is not what was prepared. */
  check(pid: number): void;
}

/** Writes the bundle into the runtime directory, which exists. Whoever calls cleans up after a rejection. */
export async function prepareLaunch(config: ContainerConfig, options: PrepareOptions): Promise<Prepared> {
  const { isolators, provisioner, sandboxDirectory, cgroup, amounts, parent, init, mountsRoot } = options;
  const { containerId, container, runtimeDir } = config;
  refuseUnsupported(container, isolators);
  const identity = await switchUser(config.user);
  await assertDirectory(config.sandbox);
  const image = container?.mesos?.image;
  if (image && !provisioner) throw new Error("No image providers are configured: set --image_providers");
  const provisioned = image && (await provisioner?.provision({ image, containerId }));
  const rootfs = provisioned?.rootfs;
  const hasOwnTmp = rootfs === undefined || (await isFilled(join(rootfs, "tmp")));
  if (!hasOwnTmp) await ensureTmp(rootfs);
  const sandbox = rootfs === undefined ? config.sandbox : sandboxDirectory;
  const says = followsImage(isolators) ? (provisioned?.config ?? {}) : {};
  const ownDirectory = says.WorkingDir ? says.WorkingDir : sandbox;
  const workingDirectory = rootfs === undefined ? (config.workingDirectory ?? sandbox) : ownDirectory;
  const command = rootfs === undefined ? config.command : imageCommand(config.command, says);
  const environment =
    rootfs === undefined
      ? config.environment
      : seenFrom(imageEnvironment(config.environment, { command, config: says }), sandbox);
  const plain = commandLine(command, {
    sandbox: workingDirectory,
    environment,
    ...(rootfs !== undefined && { root: rootfs }),
  });
  const stdio = await openStdio(config, { line: plain, identity, hasImage: rootfs !== undefined }, options);
  const held: HeldFolder[] = [];
  const release = (): void => held.splice(0).forEach((folder) => folder.close());
  try {
    const folder = enterSandbox(config.sandbox);
    held.push(folder);
    const tied = config.survivesAgent === false || config.attached === true;
    const { terminal = false } = stdio;
    const placed = placeInit(init, { hasImage: rootfs !== undefined, identity });
    const launch: Launch = {
      config,
      spec: baseSpec({
        config,
        line: stdio.line,
        init: placed && { ...placed, mode: tied ? "init-tied" : "init" },
        environment,
        identity,
        rootfs,
        hasOwnTmp,
        sandbox,
        sandboxSource: folder.realPath,
        workingDirectory,
        cgroup,
        capabilities: ownCapabilities(),
        terminal,
      }),
      ...(provisioned && { rootfs: provisioned.rootfs, image: provisioned.config }),
      ...(identity && { identity }),
      sandbox,
      held,
      expected: rootfs === undefined ? [] : [{ at: join("/", basename(sandbox)), of: folder }],
      ...(parent && { parent }),
    };
    if (placed?.mount) launch.spec.mounts.push(placed.mount);
    bind(launch, isolators, amounts);
    for (const isolator of isolators) await isolator.prepare?.(launch);
    if (rootfs === undefined) mkdirSync(join(runtimeDir, "rootfs"), { recursive: true });
    if (!mountsRoot) launch.spec.mounts = launch.spec.mounts.filter(({ destination }) => destination !== "/");
    writeFileSync(join(runtimeDir, "config.json"), JSON.stringify(launch.spec), { mode: 0o600 });
    return {
      ...stdio,
      check: (pid) => {
        assertMounted(pid, launch.expected);
        if (workingDirectory === sandbox) assertStandsIn(pid, folder);
      },
      started: () => {
        release();
        return stdio.started();
      },
      discard: () => {
        release();
        stdio.discard();
      },
    };
  } catch (error) {
    release();
    stdio.discard();
    throw error;
  }
}

/** One that is bound by the container around it only has its share of the processors there. */
function bind({ config, spec }: Launch, isolators: readonly Isolator[], amounts?: ContainerAmounts): void {
  for (const isolator of isolators) {
    const { cpu, memory } = isolator.bounds?.(amounts ?? config) ?? {};
    if (cpu) spec.linux.resources.cpu = amounts ? cpu : { shares: cpu.shares ?? 0 };
    if (memory && amounts) spec.linux.resources.memory = memory;
  }
}

/** Whether an image brings something there that a container should see. */
async function isFilled(path: string): Promise<boolean> {
  const found = await lstat(path).catch(() => undefined);
  return found !== undefined && (!found.isDirectory() || (await readdir(path)).length > 0);
}

/** Images of a single program often have none, and something is to be mounted there. */
async function ensureTmp(rootfs: string): Promise<void> {
  await mkdir(join(rootfs, "tmp"), { recursive: true });
}

/** Whether what images say about how to run them counts: `docker/runtime` in `--isolation`. */
function followsImage(isolators: readonly Isolator[]): boolean {
  return isolators.some(({ name }) => name === "docker/runtime");
}

async function assertDirectory(path: string): Promise<void> {
  const found = await stat(path).catch((error: unknown) => describeSystemError(error));
  if (typeof found !== "string" && found.isDirectory()) return;
  const why = typeof found === "string" ? found : "Not a directory";
  throw new Error(`Failed to chdir into current working directory '${path}': ${why}`);
}

/** Variables that name the sandbox name it as the container sees it. */
function seenFrom(environment: Record<string, string>, sandbox: string): Record<string, string> {
  return { ...environment, ...("MESOS_SANDBOX" in environment && { MESOS_SANDBOX: sandbox }) };
}

// The linux driver on its own, with real containers of a story.
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";
import type {
  ContainerConfig,
  Termination,
} from "../../../packages/cluster/src/agent/containerizer/containerizer.ts";
import { createLinuxContainerizer } from "../../../packages/cluster/src/agent/containerizer/linux/create-linux-containerizer.ts";
import type { Isolator } from "../../../packages/cluster/src/agent/containerizer/linux/isolator.ts";
import type { LinuxContainerizer } from "../../../packages/cluster/src/agent/containerizer/linux/linux-containerizer.ts";
import { AGENT_DEFAULTS, type AgentOptions } from "../../../packages/cluster/src/agent/options.ts";
import { systemClock } from "../../../packages/cluster/src/core/clock.ts";
import { silentLogger } from "../../../packages/cluster/src/core/logger.ts";
import { cgroupsOf, removeCgroups } from "./machine.ts";

export const ALL_ISOLATORS =
  "cgroups/all,namespaces/pid,namespaces/ipc,filesystem/linux,linux/capabilities,linux/nnp,posix/rlimits";

/** What a container was started with and how it ended. */
export interface Launched {
  containerId: string;
  sandbox: string;
  pid: number;
  ended: Promise<Termination>;
  /** The text of a file in its sandbox. */
  read: (name: string) => string;
}

export class Containers {
  /** What runs them. */
  static runtime: "runc" | "crun" = "runc";
  readonly directory: string = mkdtempSync(join(tmpdir(), "mezzo-containers-"));
  readonly cgroupsRoot: string;
  readonly #ends = new Map<string, PromiseWithResolvers<Termination>>();
  readonly #options: Partial<AgentOptions>;
  driver: LinuxContainerizer;
  readonly #listeners: ((termination: Termination) => void)[] = [];
  #serial = 0;

  /** Cleans up after the test; fails it when a cgroup is left. */
  constructor(t: TestContext, options: Partial<AgentOptions> = {}) {
    this.cgroupsRoot = `mezzo-test-${process.pid}-${Math.trunc(performance.now())}`;
    this.#options = options;
    this.driver = this.#create();
    t.after(async () => {
      await this.driver.close();
      const last = this.#create();
      await last.recover([]);
      await last.close();
      const left = cgroupsOf(this.cgroupsRoot);
      removeCgroups(this.cgroupsRoot);
      rmSync(this.directory, { recursive: true });
      if (left.length > 0) throw new Error(`Cgroups are left: ${left.join(", ")}`);
    });
  }

  /** Hears of every end, of later drivers too. */
  onExit(listener: (termination: Termination) => void): void {
    this.#listeners.push(listener);
  }

  get runtimeDir(): string {
    return join(this.directory, "run");
  }

  /** `isolator`: one more. */
  #create(isolator?: Isolator): LinuxContainerizer {
    const driver = createLinuxContainerizer(
      {
        ...AGENT_DEFAULTS,
        ip: "127.0.0.1",
        hostname: "localhost",
        master: "127.0.0.1:5050",
        workDir: this.directory,
        resources: [],
        runtimeDir: this.runtimeDir,
        cgroupsRoot: this.cgroupsRoot,
        isolation: ALL_ISOLATORS,
        ...this.#options,
      },
      {
        clock: systemClock,
        logger: silentLogger,
        runtimes: [Containers.runtime],
        isolators: isolator ? [isolator] : [],
      },
    );
    driver.onExit((termination) => {
      this.#endOf(termination.containerId).resolve(termination);
      for (const listener of this.#listeners) listener(termination);
    });
    return driver;
  }

  #endOf(containerId: string): PromiseWithResolvers<Termination> {
    const end = this.#ends.get(containerId) ?? Promise.withResolvers<Termination>();
    this.#ends.set(containerId, end);
    return end;
  }

  async launch(value: string, extra: Partial<ContainerConfig> = {}): Promise<Launched> {
    const containerId = extra.containerId ?? `c${++this.#serial}`;
    const sandbox = join(this.directory, "sandboxes", containerId);
    mkdirSync(sandbox, { recursive: true });
    const { pid } = await this.driver.launch({
      containerId,
      command: { value },
      environment: { PATH: "/usr/sbin:/usr/bin:/sbin:/bin" },
      sandbox,
      runtimeDir: this.runtimeDirOf(containerId),
      resources: [],
      ...extra,
    });
    const read = (name: string): string => readFileSync(join(sandbox, name), "utf8");
    return { containerId, sandbox, pid, ended: this.#endOf(containerId).promise, read };
  }

  runtimeDirOf(containerId: string): string {
    return join(this.runtimeDir, "containers", containerId);
  }

  /** Lets go of everything, as an agent that dies does, and starts anew with the containers named. */
  async restart(containerIds: readonly string[], isolator?: Isolator): Promise<string[]> {
    await this.driver.close();
    this.driver = this.#create(isolator);
    return this.driver.recover(
      containerIds.map((containerId) => ({ containerId, runtimeDir: this.runtimeDirOf(containerId) })),
    );
  }
}

/** Resources of a container. */
export function resources(amounts: Readonly<Record<string, number>>): ContainerConfig["resources"] {
  return Object.entries(amounts).map(([name, value]) => ({ name, type: "SCALAR", scalar: { value } }));
}

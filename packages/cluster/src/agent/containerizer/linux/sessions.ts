// Sessions: processes in a running container whose streams the agent holds. The runtime that brings them there is a plain
// process of the agent's, so the posix driver looks after it: pipes, terminals, the end.
//
//   <runtime_dir>/sessions/<n>.json       the process, as the runtime takes it
//   <runtime_dir>/sessions/<n>.json.pid   its pid
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import type { Clock } from "../../../core/clock.ts";
import type { Logger } from "../../../core/logger.ts";
import type { ContainerConfig, LaunchedProcess, Termination } from "../containerizer.ts";
import { DEFAULT_PATH } from "../posix/command-line.ts";
import { PosixContainerizer } from "../posix/posix-containerizer.ts";
import { writeExecProcess } from "./exec-process.ts";
import type { RunningContainer } from "./isolator.ts";
import type { Runtime } from "./runtime.ts";
import { splitExitCode } from "./split-exit-code.ts";

interface Session {
  file: string;
  inside: RunningContainer;
}

export class Sessions {
  readonly #directory: string;
  readonly #runtime: Runtime;
  readonly #posix: PosixContainerizer;
  readonly #sessions = new Map<string, Session>();
  #serial = 0;

  constructor(
    { runtimeDir }: { runtimeDir: string },
    { clock, logger, runtime }: { clock: Clock; logger: Logger; runtime: Runtime },
  ) {
    this.#directory = join(runtimeDir, "sessions");
    this.#runtime = runtime;
    this.#posix = new PosixContainerizer({ runtimeDir: this.#directory }, { clock, logger });
  }

  has(containerId: string): boolean {
    return this.#sessions.has(containerId);
  }

  /** A file of its own for one process inside a container. */
  nextFile(): string {
    mkdirSync(this.#directory, { recursive: true, mode: 0o700 });
    this.#serial += 1;
    return join(this.#directory, `${this.#serial}.json`);
  }

  async launch(config: ContainerConfig, inside: RunningContainer): Promise<LaunchedProcess> {
    const { containerId, command, environment, user, container } = config;
    const tty = container?.tty_info;
    const file = this.nextFile();
    await writeExecProcess(file, { command, environment, user }, { runtimeDir: inside.runtimeDir, tty });
    this.#sessions.set(containerId, { file, inside });
    const { program, root } = this.#runtime;
    const args = ["--root", root, "exec", "--process", file, "--pid-file", `${file}.pid`];
    try {
      return await this.#posix.launch({
        containerId,
        command: { shell: false, value: program, arguments: [program, ...args, inside.containerId] },
        environment: { PATH: DEFAULT_PATH },
        sandbox: config.sandbox,
        runtimeDir: join(this.#directory, "containers", basename(config.runtimeDir)),
        resources: [],
        ...(tty && { container: { type: "MESOS", tty_info: tty } }),
        attached: true,
      });
    } catch (error) {
      this.#forget(containerId);
      throw error;
    }
  }

  onExit(listener: (termination: Termination) => void): void {
    this.#posix.onExit(({ exitCode, ...termination }) => {
      this.#forget(termination.containerId);
      listener({ ...termination, ...(exitCode !== undefined && splitExitCode(exitCode)) });
    });
  }

  kill(containerId: string, signal: NodeJS.Signals): boolean {
    const pid = this.#pidOf(this.#sessions.get(containerId));
    return pid !== undefined && process.kill(pid, signal);
  }

  async destroy(containerId: string): Promise<void> {
    this.kill(containerId, "SIGKILL");
    await this.#posix.destroy(containerId);
  }

  /** Ends what an earlier agent process left of its sessions; their containers may run on. */
  async recover(): Promise<void> {
    await this.#posix.recover([]);
    rmSync(this.#directory, { recursive: true, force: true });
  }

  close(): Promise<void> {
    return this.#posix.close();
  }

  #forget(containerId: string): void {
    const session = this.#sessions.get(containerId);
    const pid = this.#pidOf(session);
    if (pid !== undefined) process.kill(pid, "SIGKILL");
    if (session) for (const path of [session.file, `${session.file}.pid`]) rmSync(path, { force: true });
    this.#sessions.delete(containerId);
  }

  /** The process within, as long as it lives: a pid that is not in the container's cgroup is another's by now. */
  #pidOf(session: Session | undefined): number | undefined {
    if (!session) return undefined;
    try {
      const pid = Number(readFileSync(`${session.file}.pid`, "utf8"));
      return session.inside.cgroup.ownProcesses().includes(pid) ? pid : undefined;
    } catch {
      return undefined;
    }
  }
}

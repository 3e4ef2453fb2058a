// A Docker daemon of a story: its own folders and socket, no bridge, nothing of the machine's firewall touched.
import { execFile } from "node:child_process";
import { copyFileSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Child } from "../../stories/support/child.ts";
import type { Story } from "../../stories/support/story.ts";
import { until } from "../../stories/support/until.ts";

const execute = promisify(execFile);

/** Where programs are that are not in `/bin`. */
const PATHS: Record<string, string> = {
  test: "/usr/bin/test",
  tail: "/usr/bin/tail",
  node: process.execPath,
};

export class DockerDaemon {
  readonly socket: string;
  readonly #folder: string;
  readonly #story: Story;
  #child: Child;

  private constructor(story: Story) {
    this.#story = story;
    this.#folder = join(story.folder, "docker");
    this.socket = join(story.folder, "docker.sock");
    mkdirSync(this.#folder);
    this.#child = this.#spawn();
  }

  static async start(story: Story): Promise<DockerDaemon> {
    const daemon = new DockerDaemon(story);
    story.closes(() => daemon.stop());
    await daemon.#answers();
    return daemon;
  }

  #spawn(): Child {
    return this.#story.start([
      "dockerd",
      "--iptables=false",
      "--bridge=none",
      // What runs goes on while the daemon is away.
      "--live-restore",
      "--host",
      `unix://${this.socket}`,
      "--data-root",
      join(this.#folder, "data"),
      "--exec-root",
      join(this.#folder, "exec"),
      "--pidfile",
      join(this.#folder, "pid"),
    ]);
  }

  async #answers(): Promise<void> {
    await until("Docker answers", async () => (await this.run("version")) !== "").catch((error: unknown) => {
      throw new Error(`It printed ${this.#child.errors.slice(-2000)}`, { cause: error });
    });
  }

  /** The docker command with this daemon. */
  async run(...args: string[]): Promise<string> {
    const { stdout } = await execute("docker", ["-H", `unix://${this.socket}`, ...args]);
    return stdout.trim();
  }

  /** Makes an image of programs of this machine; `changes` are instructions as in a Dockerfile. */
  async makeImage(name: string, changes: readonly string[] = []): Promise<void> {
    const root = join(this.#folder, "root");
    mkdirSync(join(root, "bin"), { recursive: true });
    mkdirSync(join(root, "tmp"), { recursive: true });
    for (const program of ["sh", "cat", "sleep", "echo", "ls", "tail", "test", "true", "node"]) {
      const path = PATHS[program] ?? `/bin/${program}`;
      copyFileSync(path, join(root, "bin", program));
      const { stdout } = await execute("ldd", [path]);
      for (const [library] of stdout.matchAll(/\/\S+\.so\S*/g)) {
        mkdirSync(join(root, library, ".."), { recursive: true });
        copyFileSync(library, join(root, library));
      }
    }
    const archive = join(this.#folder, "root.tar");
    await execute("tar", ["-C", root, "-cf", archive, "."]);
    await this.run("import", ...changes.flatMap((change) => ["--change", change]), archive, name);
  }

  async restart(): Promise<void> {
    await this.#child.stop();
    this.#child = this.#spawn();
    await this.#answers();
  }

  /** Ends the daemon's containers and the daemon. */
  async stop(): Promise<void> {
    if (!this.#child.isRunning) return;
    const ids = (await this.run("ps", "--all", "--quiet")).split("\n").filter((id) => id !== "");
    if (ids.length > 0) await this.run("rm", "--force", ...ids);
    // It would leave their bridges on the machine.
    await this.run("network", "prune", "--force");
    await this.#child.stop();
    // It leaves the network namespace of the machine bound to a file.
    for (const line of readFileSync("/proc/self/mountinfo", "utf8").split("\n")) {
      const path = line.split(" ")[4];
      if (path?.startsWith(this.#folder) === true) await execute("umount", [path]);
    }
  }
}
